from core.apps import HouseApp


class KnowledgeConfig(HouseApp):
    name = "knowledge"
