"""Benchmarking: practices of others, reviewed by departments (B)."""

from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "benchmarking"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from benchmarking import (  # noqa: F401  importing declares them
            excel,
            models,
            navigation,
            rules,
            visit_rules,
            visit_workflow,
            workflow,
        )
        from benchmarking.selectors import visits as visit_selectors
        from benchmarking.selectors.reviews import todos
        from benchmarking.services import clocks, mergers, reminders, visit_reports
        from benchmarking.similar import TITLES
        from core import attachments, deadlines, duties, similar
        from core.excel.importer import register
        from core.ledger import verify
        from notifications import todo
        from organization import registry

        for model in (models.Case, models.Review, models.FollowUp, models.FieldVisit):
            auditlog.register(model)
            attachments.register(model, _sees)
        auditlog.register(models.TravelBudget, exclude_fields=["balance", "length", "seal"])
        verify.register(verify.Ledger(models.BudgetEntry, models.TravelBudget))
        for part in (models.VisitMember, models.VisitLine, models.VisitReport, models.VisitExpense):
            auditlog.register(part)
        attachments.register(models.VisitReport, visit_selectors.may_fetch)
        attachments.register(models.VisitExpense, visit_selectors.may_fetch)
        register(excel.CaseImporter)
        similar.register(TITLES)
        excel.register_exports()
        todo.register(todos)
        todo.register(visit_selectors.todos)
        registry.register_import(excel.CaseImporter.kind, "benchmarking.plan", "benchmarking:cases")
        registry.on_merge(mergers.department_merged)
        registry.open_work(
            lambda department: models.Review.objects.open().filter(department=department).count()
        )
        registry.open_work(visit_selectors.open_of)
        deadlines.register("benchmarking.review", clocks.due_moved, clocks.lock_open)
        duties.register("deadlines", lambda day: deadlines.refresh_paused())
        deadlines.register(visit_reports.CLOCK, visit_reports.due_moved, visit_reports.lock_open)
        duties.register("visits", visit_reports.mark_travelled)
        duties.register("reminders", reminders.remind)
        duties.register("rereview", reminders.call_for_rereview)


def _sees(user: object, obj: object) -> bool:
    """Files of a thing go to whoever may see the thing."""
    return type(obj).objects.visible_to(user).filter(pk=obj.pk).exists()  # type: ignore[attr-defined]
