"""Policy values with their source and their days."""

from core.apps import HouseApp


class PoliciesConfig(HouseApp):
    name = "policies"

    def ready(self) -> None:
        from celery.signals import task_prerun

        from policies.registry import refresh

        super().ready()
        task_prerun.connect(refresh, dispatch_uid="policies", weak=False)
