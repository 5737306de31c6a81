"""Addresses of the own calendar."""

from django.urls import path

from calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.Mine.as_view(), name="mine"),
    path("make/", views.Make.as_view(), name="make"),
    path("stop/", views.Stop.as_view(), name="stop"),
    path("<str:token>.ics", views.Feed.as_view(), name="feed"),
]
