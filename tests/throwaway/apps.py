from core.apps import HouseApp


class ThrowawayConfig(HouseApp):
    name = "tests.throwaway"
    label = "throwaway"
