"""Addresses of learning clubs."""

from django.urls import path

from clubs.views import club, home

app_name = "clubs"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("<int:pk>/", club.ClubPage.as_view(), name="club"),
]
