"""The proposer's private link: given out, given out anew (P3). What opens a proposal is a pass (core.passes)."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy

from basis.official import office_text
from core import passes
from core.actors import SYSTEM
from core.now import now
from proposals.models import Follower, Proposal
from proposals.policies import LINK_YEARS
from proposals.rules import FOLLOW, LINK

PROPOSER, FOLLOWER = gettext_lazy("제안자"), gettext_lazy("소식을 받는 사람")
YEAR = 366  # days: never shorter than was promised


def give(proposal: Proposal, time: timedelta | None = None, *, token: str = "") -> str:
    """One more token that opens it, for as long as links last where nothing else is said; a random one, if none is
    given."""
    until = now() + (time or timedelta(days=YEAR * LINK_YEARS.current()))
    _held, given = passes.issue(
        proposal, kind=LINK, label=office_text(PROPOSER), until=until, actor=SYSTEM, token=token
    )
    return given


def give_follower(follower: Follower) -> str:
    """A token with which an address is confirmed, or taken off again."""
    until = now() + timedelta(days=YEAR * LINK_YEARS.current())
    _held, token = passes.issue(follower, kind=FOLLOW, label=office_text(FOLLOWER), until=until, actor=SYSTEM)
    return token


def take_back(address: str) -> None:
    """What stood in a letter that reached nobody opens nothing any more."""
    if bearer := passes.bearer_of(address.rstrip("/").rpartition("/")[2]):
        passes.revoke(bearer.held)


def address_of(token: str) -> str:
    """As it stands in a letter."""
    return f"{settings.SITE_URL.rstrip('/')}{passes.path_of(token)}"
