from core.apps import HouseApp


class CalendarsConfig(HouseApp):
    name = "calendars"
