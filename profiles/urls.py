"""Addresses of profiles."""

from django.urls import path

from profiles import views

urlpatterns = [
    path("manage/profiles/", views.ProfileList.as_view(), name="profiles"),
    path("manage/profiles/<slug:name>/", views.ProfileApply.as_view(), name="profile"),
]
