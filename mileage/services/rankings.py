"""Rankings: drafted by the schedule or by hand, confirmed and frozen by planning, their prizes granted (M5)."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.services.granting import grant
from awards.services.handing import locked_all
from awards.services.revoking import withdraw
from basis.errors import Rejected
from basis.formats import date_weekday
from basis.official import in_office_language
from basis.periods import Period
from core.actors import SYSTEM, user_of
from core.models import Done
from core.now import now, today
from core.once import not_yet_done
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from mileage import notifications
from mileage.contests import Contest, ended
from mileage.enums import Scheme
from mileage.models import Ranking, RankingRow, Total
from mileage.policies import RANKING_START
from mileage.publication import RANKINGS
from mileage.selectors import rankings as selectors
from mileage.selectors.rankings import awards_of
from mileage.services.prizes import gifts_of
from mileage.sockets import exclusions

DISCARDED = "mileage.discarded:"  # before kind and period of a draft that was thrown away


@transaction.atomic
def draft(contest: Contest, period: Period, *, actor: Any) -> Ranking:
    """Draft the ranking of a period that is over; SYSTEM is the schedule.

    Raises: Rejected for a period not yet over, one drafted before, and by hand also where nobody would be chosen.
    """
    if actor is not SYSTEM:
        ensure(actor, "mileage.rank")
    contest.check(period)
    if period.end >= today():
        raise Rejected(
            _("아직 끝나지 않은 기간입니다. %(day)s 다음 날부터 만들 수 있습니다.")
            % {"day": date_weekday(period.end)},
            field="which",
        )
    ranking, new = Ranking.objects.get_or_create(
        kind=contest.kind,
        period=period.key,
        defaults={"ends_on": period.end, "winners": 0, "made_at": now(), "made_by": user_of(actor)},
    )
    if not new:
        raise Rejected(_("이미 만든 순위입니다. 목록에서 열어 주세요."), field="which")
    _reckon(ranking)
    if actor is not SYSTEM and not ranking.rows.filter(wins=True).exists():
        raise Rejected(
            _("%(title)s은(는) 점수를 얻은 사람이 없거나 모두 제외되어 선정할 대상이 없습니다.")
            % {"title": ranking.title},
            field="which",
        )
    ranking.save()
    record(ranking, "make", actor=actor)
    return ranking


@transaction.atomic
def recompute(ranking: Ranking, *, actor: Any) -> Ranking:
    """Reckon a draft anew, by the points and policy values of now.

    Locks: the ranking.
    """
    ranking = RANKINGS.locked(ranking)
    perform(ranking, "recompute", actor=actor)
    _reckon(ranking)
    ranking.made_by = actor
    ranking.save()
    keep.refresh(ranking)
    return ranking


@in_office_language
def _reckon(ranking: Ranking) -> None:
    contest = ranking.contest
    for name, value in contest.figures(ranking.ends_on).items():
        setattr(ranking, name, value)
    ranking.exclusions = [str(rule.label) for rule in exclusions(contest.kind)]
    ranking.tie_rule, ranking.made_at = contest.tie_rule(by_head=ranking.by_head), now()
    ranking.rows.all().delete()
    RankingRow.objects.bulk_create(
        RankingRow(
            ranking=ranking,
            **{
                f"{name}_id" if name in ("user", "department") else name: value
                for name, value in asdict(one).items()
            },
        )
        for one in selectors.standings(contest, ranking.span)
    )


@transaction.atomic
def confirm(ranking: Ranking, *, actor: Any, version: int | None = None) -> Ranking:
    """Freeze the ranking, grant the winners their prizes and tell them.

    Locks: the ranking, then as `awards.services.granting.grant`. Raises: Outdated; Rejected when the
    points have moved since the draft was made.
    """
    ranking = RANKINGS.locked(ranking, version)
    RANKINGS.confirm(ranking, actor=actor)
    rows = selectors.rows_of(ranking)
    if not any(row.wins for row in rows):
        raise Rejected(_("선정할 대상이 없는 순위는 확정할 수 없습니다."))
    figures = ranking.contest.figures(ranking.ends_on)
    if figures != {name: getattr(ranking, name) for name in figures} or selectors.changes(ranking, rows):
        raise Rejected(_("초안을 만든 뒤 점수가 달라졌습니다. 다시 계산하여 확인한 뒤 확정해 주세요."))
    winners = [row for row in rows if row.wins]
    grant(gifts_of(ranking, winners), actor=actor)
    notifications.chosen(ranking, winners)
    return ranking


@transaction.atomic
def cancel(ranking: Ranking, *, reason: str, actor: Any, version: int | None = None) -> Ranking:
    """Make it a draft again, with the reason, until the first prize is handed out; what was granted is withdrawn. The
    winners are told.

    Locks: the ranking, its awards. Raises: Outdated, Rejected once a prize was handed out.
    """
    ranking = RANKINGS.locked(ranking, version)
    awards = locked_all(awards_of(ranking))
    RANKINGS.cancel(ranking, reason=reason, actor=actor)
    withdraw(awards, reason=reason, actor=actor)
    notifications.cancelled(ranking, selectors.rows_of(ranking, winners_only=True), reason)
    return ranking


@transaction.atomic
def discard(ranking: Ranking, *, actor: Any, version: int | None = None) -> None:
    """Throw away a draft that nobody needs, with its rows. The schedule does not make it again, by hand it can be.

    Locks: the ranking. Raises: Outdated.
    """
    ranking = RANKINGS.locked(ranking, version)
    perform(ranking, "discard", actor=actor, data={"title": ranking.title})
    not_yet_done([_discarded(ranking.kind, ranking.period)])
    ranking.rows.all().delete()
    keep.forget(ranking)
    ranking.delete()


def _discarded(kind: str, period: str) -> str:
    """The key of what is done."""
    return f"{DISCARDED}{kind}:{period}"


def draft_due(day: date) -> int:
    """Draft all periods that are over and have points but no ranking, nor one that was discarded; planning is told
    once of each. Gives how many.

    Called by: the schedule alone.
    """
    made = set(Ranking.objects.values_list("kind", "period"))
    gone = set(Done.objects.filter(key__startswith=DISCARDED).values_list("key", flat=True))
    missing = [
        (c, p)
        for c, p in ended(RANKING_START.on(day), day)
        if (c.kind, p.key) not in made and _discarded(c.kind, p.key) not in gone
    ]
    earned = _earned({period.key for _contest, period in missing})
    drafts = [
        draft(contest, period, actor=SYSTEM)
        for contest, period in missing
        if any((scheme, period.key) in earned for scheme in contest.schemes(period.end))
    ]
    notifications.drafted(drafts)
    return len(drafts)


def _earned(periods: set[str]) -> set[tuple[Scheme, str]]:
    """Schemes and periods in which anybody has points."""
    rows = Total.objects.filter(period__in=periods, amount__gt=0).order_by().values_list("scheme", "period")
    return {(Scheme(scheme), period) for scheme, period in rows.distinct()}
