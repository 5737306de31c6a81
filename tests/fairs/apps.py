from core.apps import HouseApp


class FairsConfig(HouseApp):
    name = "tests.fairs"
    label = "fairs"
