"""Who is asking: fetched with every request, so with it comes what every page wants to know."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Aggregate, CharField, Exists, OuterRef, Subquery

from core.models import SavedFilter
from core.now import today
from organization.models import RoleAssignment, User
from organization.selectors import absences_on


class Listed(Aggregate):
    """`planning,judge`: the values of several rows in one field."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            function="STRING_AGG",
            template="%(function)s(%(expressions)s, ',')",
            **context,
        )


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """With `stands_in`: whether somebody is absent today whose substitute this is (O5); with `saves_filters`:
        whether any list has saved filters of this person; with the `roles` in force today."""
        absent = absences_on(today()).filter(substitute=OuterRef("pk"))
        held = RoleAssignment.objects.in_force(today()).filter(user=OuterRef("pk")).values("user")
        saved = SavedFilter.objects.filter(owner=OuterRef("pk"))
        user = (
            User.objects.filter(pk=user_id)
            .annotate(
                stands_in=Exists(absent),
                saves_filters=Exists(saved),
                held=Subquery(held.annotate(all=Listed("role")).values("all")),
            )
            .first()
        )
        if user is None or not self.user_can_authenticate(user):
            return None
        user.__dict__["roles"] = frozenset(user.held.split(",") if user.held else ())
        return user
