"""Addresses of Excel intake."""

from django.urls import path

from imports.views import pages

urlpatterns = [
    path("import/<slug:kind>/", pages.ImportStart.as_view(), name="import_start"),
    path("import/<slug:kind>/template/", pages.ImportTemplate.as_view(), name="import_template"),
    path("import/<slug:kind>/<int:pk>/", pages.ImportResultPage.as_view(), name="import_result"),
]
