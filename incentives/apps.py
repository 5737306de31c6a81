from core.apps import HouseApp


class IncentivesConfig(HouseApp):
    name = "incentives"
