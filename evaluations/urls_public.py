"""Addresses for everybody: what came of contests."""

from django.urls import path

from evaluations.views import told

app_name = "outcomes"
urlpatterns = [
    path("", told.PublicList.as_view(), name="list"),
    path("<int:pk>/", told.PublicRound.as_view(), name="round"),
]
