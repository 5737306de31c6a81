"""The addresses of the system and of the process that exists in the tests alone."""

from django.urls import include, path

from config.urls import urlpatterns as ours

urlpatterns = [*ours, path("throwaway/", include("tests.throwaway.urls"))]
