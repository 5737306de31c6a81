"""Departments, staff, roles, absences."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "organization"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from core import navigation
        from core.models import Holiday
        from core.permissions import register_principals
        from organization import models, rules  # noqa: F401  importing declares the permissions
        from organization.policies import IDLE_MINUTES
        from organization.selectors import principals
        from policies.models import PolicyValue

        register_principals(principals)
        navigation.register_idle(lambda: IDLE_MINUTES.current() * 60)
        auditlog.register(models.User, exclude_fields=["password", "last_login"])
        for model in (
            models.Department, models.Posting, models.RoleAssignment, models.Absence, Holiday, PolicyValue,
        ):
            auditlog.register(model)
