"""A private address for the own calendar, for programs that know no log-in (R4a)."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from basis.clock.rules import Unit, period_end
from calendars.policies import VALID_MONTHS
from calendars.selectors import FEED, feed_of
from core import passes
from core.now import today
from core.permissions import ensure
from organization.models import User


@transaction.atomic
def make(*, actor: User) -> str:
    """A new address' token, told this once; the one before opens nothing any more.

    Locks: the person. Raises: Refused.
    """
    ensure(actor, "calendars.own")
    user = User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    _stop(user)
    last = period_end(today(), VALID_MONTHS.current(), Unit.MONTHS, None)
    until = make_aware(dt.datetime.combine(last, dt.time.max))
    _pass, token = passes.issue(user, kind=FEED, label=_("일정 주소"), until=until, actor=actor)
    return token


@transaction.atomic
def stop(*, actor: User) -> None:
    """Locks: the person. Raises: Refused."""
    ensure(actor, "calendars.own")
    _stop(User.objects.select_for_update(of=("self",)).get(pk=actor.pk))


def _stop(user: User) -> None:
    while held := feed_of(user):
        passes.revoke(held)


def owner_of(token: str) -> User | None:
    """Whose calendar this address shows; nobody's once replaced, past its day, or with the account closed (D4)."""
    bearer = passes.bearer_of(token)
    if bearer is None or bearer.held.kind != FEED:
        return None
    user = bearer.subject
    return user if isinstance(user, User) and user.is_active else None
