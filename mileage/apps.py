"""Mileage: points and hours that people earn (M)."""

from django.apps import AppConfig


class MileageConfig(AppConfig):
    name = "mileage"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from core import attachments, duties
        from core.ledger.verify import Ledger, register
        from mileage import (  # noqa: F401  importing declares them
            catalogue,
            guards,
            models,
            navigation,
            policies,
            rules,
            workflow,
        )
        from mileage.models import Account, Entry
        from mileage.selectors import confirmed, glance, requests
        from mileage.selectors.rankings import todos
        from mileage.services import rankings, totals
        from notifications import todo

        register(Ledger(Entry, Account, checks=(totals.check, confirmed.check), repairs=(totals.repair,)))
        for model in (models.Ranking, models.Prize, models.Handover, models.Request):
            auditlog.register(model)
        attachments.register(models.Request, _sees)
        todo.register(todos)
        todo.register(requests.todos)
        todo.register_facts(glance.facts)
        duties.register("rankings", rankings.draft_due)


def _sees(user: object, obj: object) -> bool:
    """What was handed in with a request goes to whoever may see the request."""
    return type(obj).objects.visible_to(user).filter(pk=obj.pk).exists()  # type: ignore[attr-defined]
