"""Addresses of learning clubs."""

from django.urls import path

from clubs.views import club, home, sessions

app_name = "clubs"
urlpatterns = [
    path("", home.Home.as_view(), name="home"),
    path("meetings/", sessions.ClubSessions.as_view(), name="sessions"),
    path("<int:pk>/", club.ClubPage.as_view(), name="club"),
]
