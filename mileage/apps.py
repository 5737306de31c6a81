"""Mileage: points and hours that people earn (M)."""

from django.apps import AppConfig


class MileageConfig(AppConfig):
    name = "mileage"

    def ready(self) -> None:
        from core.ledger.verify import Ledger, register
        from mileage import catalogue, navigation, policies, rules  # noqa: F401  importing declares them
        from mileage.models import Account, Entry
        from mileage.services import totals

        register(Ledger(Entry, Account, checks=(totals.check,), repairs=(totals.repair,)))
