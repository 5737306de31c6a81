"""Mileage: points and hours that people earn (M)."""

from django.apps import AppConfig


class MileageConfig(AppConfig):
    name = "mileage"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from core import duties
        from core.ledger.verify import Ledger, register
        from mileage import catalogue, models, navigation, policies, rules, workflow  # noqa: F401  importing declares them
        from mileage.models import Account, Entry
        from mileage.selectors.rankings import todos
        from mileage.services import rankings, totals
        from notifications import todo

        register(Ledger(Entry, Account, checks=(totals.check,), repairs=(totals.repair,)))
        for model in (models.Ranking, models.Prize, models.Handover):
            auditlog.register(model)
        todo.register(todos)
        duties.register("rankings", rankings.draft_due)
