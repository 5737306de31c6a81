"""Departments' reviews."""

from core.apps import HouseApp


class ReviewsConfig(HouseApp):
    name = "reviews"
