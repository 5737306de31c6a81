"""Policy values with their source and their days."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "policies"
