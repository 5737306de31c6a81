"""Who is asking: fetched with every request, so with it comes what every page wants to know."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from organization.identity import identity
from organization.models import User


class Backend(ModelBackend):
    def get_user(self, user_id: Any) -> User | None:
        user = identity(user_id)
        return user if user and self.user_can_authenticate(user) else None
