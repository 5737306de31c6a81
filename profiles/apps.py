"""Profiles: what makes this system the one of a certain office."""

from core.apps import HouseApp


class ProfilesConfig(HouseApp):
    name = "profiles"
