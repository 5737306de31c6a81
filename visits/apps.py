"""Field visits: a department goes to see what it reviews, and what that costs and earns (V)."""

from core.apps import HouseApp


class VisitsConfig(HouseApp):
    name = "visits"
