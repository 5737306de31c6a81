"""Notices, to-do list, mail outbox."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from core import jobs, navigation
        from notifications import rules  # noqa: F401  importing declares the permissions
        from notifications.services import tell_of_job, tell_substitute, unread_count
        from organization import registry

        navigation.register_unread(unread_count)
        navigation.register_menu(navigation.MenuItem("home", _("내 할 일"), "home", order=0))
        jobs.register_listener(tell_of_job)
        registry.on_absence(tell_substitute)
