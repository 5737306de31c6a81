"""Notices, to-do list, mail outbox."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from notifications import rules  # noqa: F401  importing declares the permissions
