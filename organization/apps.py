"""Departments, staff, roles, absences."""

from core.apps import HouseApp


class OrganizationConfig(HouseApp):
    name = "organization"
