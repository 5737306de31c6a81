"""Notices, to-do list, mail outbox."""

from core.apps import HouseApp


class NotificationsConfig(HouseApp):
    name = "notifications"
