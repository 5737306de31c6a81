"""What everybody reads of what came of a round: what was judged, by which criteria, by whom in numbers, how scores were
reckoned, and who was awarded; no score of who was not, and nobody's name (E4)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from basis.formats import date_weekday, days_between
from core.now import today
from evaluations.enums import Body, SheetState
from evaluations.kinds import KINDS, kind_of
from evaluations.models import Correction, Division, Grade, Judge, Result, Round, Stage
from evaluations.selectors import outcome
from evaluations.selectors.corrected import made_of
from evaluations.selectors.scores import decides
from meetings.selectors import composition
from organization.rules import is_staff


@dataclass(frozen=True)
class Awardee:
    """`grade`: as it was confirmed; `corrections`: what was corrected since, beside it; `url`: where everybody reads
    the thing."""

    number: int
    title: str
    place: int | None
    grade: Grade | None
    reason: str
    corrections: list[Correction]
    url: str


@dataclass(frozen=True)
class OfDivision:
    division: Division
    count: int
    awardees: list[Awardee]
    empty: list[str]  # grades that nobody got


@dataclass(frozen=True)
class OfStage:
    stage: Stage
    facts: list[tuple[Any, Any]]


def told_rounds() -> QuerySet[Round]:
    """For everybody: those of staff alone stand on the pages of staff."""
    open_ = [kind.key for kind in KINDS if kind.is_public]
    return Round.objects.told().filter(kind__in=open_).order_by("-last_on", "-pk")


def known_to(user: Any) -> QuerySet[Round]:
    """For staff those of staff alone as well; who comes from outside, those for everybody."""
    return Round.objects.told().order_by("-last_on", "-pk") if is_staff(user) else told_rounds()


def divisions_of(round: Round) -> list[OfDivision]:
    """A few queries, however many entries there are."""
    corrections = made_of(round)
    results = {one.pk: one for one in outcome.awarded_of(round)}
    late = set(corrections) - set(results)
    if late:
        rows = Result.objects.filter(pk__in=late).select_related("entry__division", "grade")
        results |= {one.pk: one for one in rows}
    pages = kind_of(round).public_pages([one.entry for one in results.values()])
    counts = dict(round.entries.filter(out=False).order_by().values_list("division").annotate(n=Count("pk")))
    found = []
    for division in round.divisions.prefetch_related("grades"):
        if not counts.get(division.pk):
            continue
        mine = [one for one in results.values() if one.entry.division_id == division.pk]
        given = {one.grade_id for one in mine}
        found.append(
            OfDivision(
                division,
                counts.get(division.pk, 0),
                [_awardee(one, corrections.get(one.pk, []), pages.get(one.entry_id, "")) for one in mine],
                [one.name for one in division.grades.all() if one.at_most and one.pk not in given],
            )
        )
    return found


def _awardee(one: Result, corrections: list[Correction], url: str) -> Awardee:
    return Awardee(one.entry.number, one.entry.title, one.place, one.grade, one.reason, corrections, url)


def stages_of(round: Round) -> list[OfStage]:
    found = []
    for stage in round.stages.select_related("panel").prefetch_related("criteria").order_by("order"):
        found.append(OfStage(stage, _facts(stage)))
    return found


def _facts(stage: Stage) -> list[tuple[Any, Any]]:
    done = Judge.objects.filter(stage=stage, sheets__state=SheetState.DONE).distinct().count()
    who = _("구민 평가단 %(count)d명") if stage.body == Body.RESIDENTS else _("위원 %(count)d명")
    facts: list[tuple[Any, Any]] = [(_("심사"), who % {"count": done})]
    if stage.panel is not None:
        facts.append((_("위원회 구성"), "\n".join(composition(stage.panel, stage.opens_on or today()).lines)))
    if stage.opens_on and stage.closes_on:
        facts.append((_("채점 기간"), days_between(stage.opens_on, stage.closes_on)))
    if not decides(stage):
        facts.append((_("결과"), _("다음 단계로 올릴 대상만 정함")))
    else:
        facts.append((_("반영 비율"), f"{stage.share}%"))
    criteria = ", ".join(f"{one.title} {one.weight}" for one in stage.criteria.all())
    return [*facts, (_("심사 기준과 비중"), criteria), (_("점수 계산"), _way(stage))]


def _way(stage: Stage) -> str:
    """How the sheets became one score; why another way than usual, and what it was before somebody changed it."""
    now = stage.get_way_display()
    if not stage.way_before:
        return f"{now} ({stage.way_reason})" if stage.way_reason else str(now)
    return _("%(now)s (처음에는 %(before)s, 바꾼 사유: %(reason)s)") % {
        "now": now,
        "before": stage.get_way_before_display(),
        "reason": stage.way_reason,
    }


def before_of(round: Round) -> list[tuple[Result, str]]:
    """Where a way was changed: the places the awarded would have had before (E2)."""
    return [
        (one, str(one.by_way_before.get("place", "")))
        for one in outcome.awarded_of(round)
        if one.by_way_before
    ]


def page(round: Round) -> dict[str, Any]:
    session = round.session
    facts: list[tuple[Any, Any]] = [
        (_("종류"), kind_of(round).label),
        (_("기간"), days_between(round.first_on, round.last_on)),
    ]
    if session is not None:
        facts.append((_("의결"), f"{session.panel}, {date_weekday(session.held_on)}"))
    if not round.is_confirmed and round.objections_until:
        facts.append((_("이의 신청"), _("%(day)s까지") % {"day": date_weekday(round.objections_until)}))
    if round.confirmed_at:
        facts.append((_("확정일"), date_weekday(localdate(round.confirmed_at))))
    return {
        "round": round,
        "title": round.title,
        "facts": facts,
        "divisions": divisions_of(round),
        "stages": stages_of(round),
        "before": before_of(round),
    }
