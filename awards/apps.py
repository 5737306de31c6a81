from core.apps import HouseApp


class AwardsConfig(HouseApp):
    name = "awards"
