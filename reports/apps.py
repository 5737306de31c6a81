"""Dashboard, statistics, and reports by schedule (R)."""

from core.apps import HouseApp


class ReportsConfig(HouseApp):
    name = "reports"
