from core.apps import HouseApp


class ContestsConfig(HouseApp):
    name = "contests"
