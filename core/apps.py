"""The ground: mechanisms without any domain."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig


class HouseApp(AppConfig):
    """An app of ours: when Django starts, what its `process.py` declares is plugged in."""

    default = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.default = True  # or Django would not know which of the module's classes is meant

    def ready(self) -> None:
        import_module(f"{self.name}.process").PROCESS.plug()


class CoreConfig(HouseApp):
    name = "core"

    def ready(self) -> None:
        from celery.signals import task_prerun
        from django.core.signals import request_started
        from django.db.models.signals import post_migrate, pre_migrate

        from core.calendar import clear_calendar_cache
        from core.finding.database import forget_before_migration, make_after_migration
        from core.ledger.protection import protect_after_migration, unprotect_before_migration

        super().ready()
        request_started.connect(clear_calendar_cache, dispatch_uid="calendar")
        task_prerun.connect(clear_calendar_cache, dispatch_uid="calendar", weak=False)
        pre_migrate.connect(unprotect_before_migration, dispatch_uid="guards")
        post_migrate.connect(protect_after_migration, dispatch_uid="guards")
        pre_migrate.connect(forget_before_migration, dispatch_uid="finding")
        post_migrate.connect(make_after_migration, dispatch_uid="finding")
