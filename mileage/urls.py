"""Addresses of points and hours."""

from django.urls import path

from mileage.views import statement

app_name = "mileage"
urlpatterns = [
    path("", statement.Statement.as_view(), name="statement"),
]
