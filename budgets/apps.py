"""Budgets of a year: given by decision documents, set aside, spent, never overdrawn (V5)."""

from core.apps import HouseApp


class BudgetsConfig(HouseApp):
    name = "budgets"
