"""Benchmarking: practices of others, reviewed by departments (B)."""

from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "benchmarking"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from benchmarking import excel, models, navigation, rules, workflow  # noqa: F401  importing declares them
        from benchmarking.selectors.reviews import todos
        from benchmarking.services import clocks, mergers, reminders
        from core import attachments, deadlines, duties
        from core.excel.importer import register
        from core.ledger import verify
        from notifications import todo
        from organization import registry

        for model in (models.Case, models.Review, models.FollowUp, models.FieldVisit):
            auditlog.register(model)
            attachments.register(model, _sees)
        auditlog.register(models.TravelBudget, exclude_fields=["balance", "length", "seal"])
        verify.register(verify.Ledger(models.BudgetEntry, models.TravelBudget))
        register(excel.CaseImporter)
        excel.register_exports()
        todo.register(todos)
        registry.register_import(excel.CaseImporter.kind, "benchmarking.plan", "benchmarking:cases")
        registry.on_merge(mergers.department_merged)
        registry.open_work(
            lambda department: models.Review.objects.open().filter(department=department).count()
        )
        deadlines.register("benchmarking.review", clocks.due_moved, clocks.lock_open)
        duties.register("deadlines", lambda day: deadlines.refresh_paused())
        duties.register("reminders", reminders.remind)
        duties.register("rereview", reminders.call_for_rereview)


def _sees(user: object, obj: object) -> bool:
    """Files of a thing go to whoever may see the thing."""
    return type(obj).objects.visible_to(user).filter(pk=obj.pk).exists()  # type: ignore[attr-defined]
