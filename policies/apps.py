"""Policy values with their source and their days."""

from core.apps import HouseApp


class PoliciesConfig(HouseApp):
    name = "policies"
