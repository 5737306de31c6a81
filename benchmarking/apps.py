"""Benchmarking: practices of others, reviewed by departments (B)."""

from django.apps import AppConfig


class BenchmarkingConfig(AppConfig):
    name = "benchmarking"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from benchmarking import models, rules, workflow  # noqa: F401  importing declares them

        for model in (models.Case, models.Review, models.FollowUp, models.FieldVisit):
            auditlog.register(model)
