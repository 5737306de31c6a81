from core.apps import HouseApp


class DecidedConfig(HouseApp):
    name = "tests.decided"
