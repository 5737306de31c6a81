from core.apps import HouseApp


class EvaluationsConfig(HouseApp):
    name = "evaluations"
