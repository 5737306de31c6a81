"""Dashboard, statistics, and reports by schedule (R)."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
