"""The ground: mechanisms without any domain."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
