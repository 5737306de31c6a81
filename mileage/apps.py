"""Mileage: points and hours that people earn (M)."""

from core.apps import HouseApp


class MileageConfig(HouseApp):
    name = "mileage"
