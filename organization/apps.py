"""Departments, staff, roles, absences."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "organization"

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from core import duties, jobs
        from core.excel.importer import register
        from core.models import Holiday
        from core.navigation import register_idle
        from core.permissions import register_principals
        from organization import excel, models, navigation, rules  # noqa: F401  importing declares them
        from organization.policies import IDLE_MINUTES
        from organization.registry import register_import
        from organization.selectors import principals
        from organization.services import departments, imports, staff
        from policies.models import PolicyValue

        register_principals(principals)
        register_idle(lambda: IDLE_MINUTES.current() * 60)
        auditlog.register(models.User, exclude_fields=["password", "last_login"])
        for model in (
            models.Department,
            models.Posting,
            models.RoleAssignment,
            models.Absence,
            Holiday,
            PolicyValue,
        ):
            auditlog.register(model)
        duties.register("postings", staff.apply_postings, first=True)
        duties.register("departments", departments.apply_department_changes, first=True)
        jobs.register(imports.KIND, imports.run_import)
        register(excel.DepartmentImporter)
        register(excel.StaffImporter)
        excel.register_exports()
        register_import("departments", "organization.manage", "departments")
        register_import("staff", "organization.manage", "staff")
