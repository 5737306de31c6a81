"""What pages and services ask of contests and practices (E5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model
from django.utils.translation import gettext as _

from contests.enums import BonusState, ContestState, PracticeState
from contests.models import Bonus, Contest, Practice
from core.components import Badge
from core.now import today
from evaluations.enums import RoundState
from evaluations.models import Entry
from evaluations.reckoning.shares import split
from meetings.models import Panel

CONTEST_TONES: Mapping[Any, str] = {
    ContestState.DRAFT: "neutral",
    ContestState.OPEN: "info",
    ContestState.JUDGED: "success",
    ContestState.WITHDRAWN: "neutral",
}
PRACTICE_TONES: Mapping[Any, str] = {
    PracticeState.ASKED: "neutral",
    PracticeState.DRAFT: "info",
    PracticeState.WAITING: "warning",
    PracticeState.ENTERED: "success",
    PracticeState.MISSED: "danger",
}

BONUS_TONES: Mapping[Any, str] = {
    BonusState.DRAFT: "neutral",
    BonusState.NOMINATED: "info",
    BonusState.REVIEWED: "info",
    BonusState.DECIDED: "warning",
    BonusState.GRANTED: "success",
    BonusState.REJECTED: "danger",
    BonusState.DROPPED: "neutral",
}


@dataclass(frozen=True)
class Counts:
    """How many departments have come how far."""

    entered: int
    begun: int
    missing: int

    @property
    def all(self) -> int:
        return self.entered + self.begun + self.missing


def counts_of(contest: Contest) -> Counts:
    rows = contest.practices.order_by().values_list("state").annotate(count=Count("pk"))
    found: dict[str, int] = dict(rows)
    begun = found.get(PracticeState.DRAFT, 0) + found.get(PracticeState.WAITING, 0)
    missing = found.get(PracticeState.ASKED, 0) + found.get(PracticeState.MISSED, 0)
    return Counts(found.get(PracticeState.ENTERED, 0), begun, missing)


def contest_badge(contest: Contest) -> Badge:
    """Its state; of an open one, whether its days are running."""
    if contest.state == ContestState.OPEN and contest.opens_on <= today():
        return Badge(_("접수 마감"), "warning") if contest.is_closed else Badge(_("접수 중"), "info")
    return Badge(contest.get_state_display(), CONTEST_TONES[contest.state])


def is_being_judged(*practices: Practice) -> bool:
    """A round has taken in one of them, and was not given up."""
    kind = ContentType.objects.get_for_model(Practice)
    rows = Entry.objects.filter(content_type=kind, object_id__in=[one.pk for one in practices], out=False)
    return rows.exclude(round__state=RoundState.ABANDONED).exists()


def given_to(user: int, without: Bonus) -> int:
    """What this person was given, or is to be given, for other savings of that year."""
    states = (BonusState.DECIDED, BonusState.GRANTED)
    rows = Bonus.objects.filter(year=without.year, state__in=states, shares__user=user).exclude(pk=without.pk)
    found = 0
    for one in rows.prefetch_related("shares"):
        shares = list(one.shares.all())
        parts = split(one.amount or 0, [share.share for share in shares])
        found += sum(part for share, part in zip(shares, parts, strict=True) if share.user_id == user)
    return found


def offer(user: Any, panel: Panel) -> Iterable[tuple[Model, str]]:
    """Bonuses for the agenda of a panel: those to be reviewed, and those to be resolved on (E6)."""
    words = {
        BonusState.NOMINATED: _("%(title)s 예산성과금 실무심사"),
        BonusState.REVIEWED: _("%(title)s 예산성과금 심의"),
    }
    rows = Bonus.objects.visible_to(user).filter(state__in=words).exclude(panel_session__panel=panel)
    for one in rows.order_by("-year", "pk")[:MOST]:
        yield one, words[BonusState(one.state)] % {"title": one.title}


MOST = 20  # on an agenda
