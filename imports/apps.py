"""Intake of workbooks, the same for every kind."""

from core.apps import HouseApp


class ImportsConfig(HouseApp):
    name = "imports"
