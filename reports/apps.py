"""Dashboard, statistics, and reports by schedule (R)."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from core import attachments, duties, jobs
        from core.permissions import can
        from notifications import todo
        from reports import glance, models, navigation, policies, rules, workflow  # noqa: F401  importing declares them
        from reports.services import making

        auditlog.register(models.Recipient)
        attachments.register(
            models.ReportRun,
            lambda user, run: (
                can(user, "reports.view")
                and models.ReportRun.objects.visible_to(user).filter(pk=run.pk).exists()
            ),
        )
        jobs.register(making.JOB, making.work)
        jobs.register_listener(making.settle_failed)
        todo.register_headline(glance.headline)
        duties.register("reports", making.make_due)
