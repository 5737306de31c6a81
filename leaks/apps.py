from core.apps import HouseApp


class LeaksConfig(HouseApp):
    name = "leaks"
