"""Sessions in the database, read by hand: every request does."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from core import rows
from core.models import Session

_OPEN = "SELECT {columns} FROM {sessions} WHERE session_key = {key} AND expire_date > {now}"


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.user_id = data.get(SESSION_KEY)
        return session

    def _get_session_from_db(self) -> Any:
        """The session's row; None where there is none or it has ended."""
        parts = {"columns": rows.columns(Session), "sessions": Session}
        for found in rows.fetch(_OPEN, key=self.session_key, now=timezone.now(), **parts):
            return rows.instance(Session, found)
        self._session_key = None
        return None


def end(user: Any, *, but: str | None = None) -> int:
    """End the sessions of somebody for good (all, or all but that of this key); how many."""
    return Session.objects.filter(user=user).exclude(session_key=but).delete()[0]


def clear_ended() -> int:
    """Those whose time is over are of no use to anybody."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
