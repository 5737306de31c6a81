"""Notices, to-do list, reminders, mail outbox."""

from core.apps import HouseApp


class NotificationsConfig(HouseApp):
    name = "notifications"
