"""The demonstration stands above all processes: they know nothing of it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
