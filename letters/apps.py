from core.apps import HouseApp


class LettersConfig(HouseApp):
    name = "letters"
