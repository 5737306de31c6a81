"""Sessions in the database, read by hand: every request does."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from core import rows

_OPEN = "SELECT {columns} FROM {sessions} WHERE session_key = {key} AND expire_date > {now}"


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Any:
        """The session's row; None where there is none or it has ended."""
        parts = {"columns": rows.columns(Session), "sessions": Session}
        for found in rows.fetch(_OPEN, key=self.session_key, now=timezone.now(), **parts):
            return rows.instance(Session, found)
        self._session_key = None
        return None
