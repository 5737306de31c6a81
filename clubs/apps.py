from core.apps import HouseApp


class ClubsConfig(HouseApp):
    name = "clubs"
