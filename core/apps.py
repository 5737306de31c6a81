"""The ground: mechanisms without any domain."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from celery.signals import task_prerun
        from django.core.signals import request_started
        from django.db.models.signals import post_migrate, pre_migrate

        from core import attachments, duties, exports, jobs
        from core.calendar import clear_calendar_cache
        from core.ledger.protection import guard, protect_after_migration, unprotect_before_migration
        from core.ledger.verify import take_checkpoint
        from core.models import Draft, Job, LedgerCheckpoint

        request_started.connect(clear_calendar_cache, dispatch_uid="calendar")
        pre_migrate.connect(unprotect_before_migration, dispatch_uid="guards")
        post_migrate.connect(protect_after_migration, dispatch_uid="guards")
        task_prerun.connect(clear_calendar_cache, dispatch_uid="calendar", weak=False)
        guard(LedgerCheckpoint, message="checkpoints of a ledger are never changed")
        duties.register("checkpoints", lambda day: take_checkpoint())
        jobs.register("core.export", exports.run_export)
        attachments.register(Job, lambda user, job: job.created_by_id == user.pk)
        attachments.register(Draft, lambda user, draft: draft.user_id == user.pk)
