"""Who is asking: fetched with every request, so with it comes what every page wants to know."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Exists, OuterRef

from core.models import SavedFilter
from core.now import today
from organization.models import User
from organization.selectors import absences_on


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        """With `stands_in`: whether somebody is absent today whose substitute this is (O5); with `saves_filters`:
        whether any list has saved filters of this person."""
        absent = absences_on(today()).filter(substitute=OuterRef("pk"))
        saved = SavedFilter.objects.filter(owner=OuterRef("pk"))
        user = (
            User.objects.filter(pk=user_id)
            .annotate(stands_in=Exists(absent), saves_filters=Exists(saved))
            .first()
        )
        return user if user and self.user_can_authenticate(user) else None
