"""Who stands where at a period's end (M5), read from the totals; what a frozen ranking differs in today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from awards.models import Award
from awards.selectors import of_things
from basis.periods import Period
from core.models import TransitionLog
from core.permissions import can
from core.transition import history
from mileage.catalogue import OPENINGS
from mileage.contests import Contest
from mileage.models import Entry, Ranking, RankingRow, Total
from mileage.selectors.served import with_posting
from mileage.sockets import exclusions
from organization.enums import Position, position_text
from organization.models import Department, Posting

RUNNERS_UP = 7  # shown after the winners, for planning to see how close it was
WIDER = 4  # so many times more are read when too many of the first are left out


@dataclass(frozen=True)
class Standing:
    """A person or a department (`user` None) as at the period's end; fields as of RankingRow."""

    user: int | None
    department: int
    number: str
    department_name: str
    position: str
    name: str
    total: int
    heads: int | None = None
    events: int | None = None
    last_at: datetime | None = None
    place: int | None = None
    wins: bool = False
    left_out: str = ""

    @property
    def key(self) -> int:
        return self.department if self.user is None else self.user

    @property
    def label(self) -> str:
        """`부서 직위 이름`: who is honoured is named."""
        return " ".join(filter(None, [self.department_name, self.position, self.name]))

    @property
    def score(self) -> Fraction:
        """Hundredths, by head where heads are counted."""
        return Fraction(self.total, self.heads or 1)

    @property
    def order(self) -> tuple[Any, ...]:
        """The tie rule: more points, more events, reached earlier, number. Criteria are equal where not asked for."""
        last = self.last_at.timestamp() if self.last_at else 0.0
        return -self.score, -(self.events or 0), last, self.number


def standings(contest: Contest, period: Period) -> list[Standing]:
    """The winners, those next to them, and who is left out though no lower than the last winner."""
    end = period.end
    winners, schemes = contest.winners.on(end), contest.schemes(end)
    wanted = winners + RUNNERS_UP
    if not schemes:
        return []
    if contest.of_departments:
        found = _departments(schemes, period, by_head=contest.by_head(end))
        found = _without(found, contest, period)
    else:
        found = _people(contest, schemes, period, wanted)
    staying = [one for one in found if not one.left_out]
    ranked = _placed(staying, schemes, period, wanted, winners)
    least = ranked[winners - 1].score if len(ranked) >= winners else 0
    out = sorted((one for one in found if one.left_out and one.score >= least), key=lambda one: one.order)
    return [*ranked, *out[:wanted]]


def _placed(
    staying: list[Standing], schemes: Sequence[str], period: Period, wanted: int, winners: int
) -> list[Standing]:
    staying.sort(key=lambda one: one.order)
    scores = [one.score for one in staying]
    reach = scores[min(wanted, len(scores)) - 1] if scores else 0
    tied = (
        {s for s in scores if s >= reach and scores.count(s) > 1} if len(set(scores)) < len(scores) else set()
    )
    if tied:
        criteria = _criteria([one for one in staying if one.score in tied], schemes, period)
        staying = [replace(one, **criteria.get(one.key, {})) if one.score in tied else one for one in staying]
        staying.sort(key=lambda one: one.order)
    return [replace(one, place=n, wins=n <= winners) for n, one in enumerate(staying[:wanted], 1)]


# ------------------------------------------------------------------------------------------------- people
def _people(contest: Contest, schemes: Sequence[str], period: Period, wanted: int) -> list[Standing]:
    """As many of the highest as are needed for `wanted` who are not left out, with all who equal the last."""
    rules = [(str(rule.label), rule.qualifying(period)) for rule in exclusions(contest.kind)]
    read = wanted
    while True:
        totals = dict(_highest(schemes, period, read))
        found = _marked(_staff(totals, period.end), rules)
        if len(totals) < read or sum(not one.left_out for one in found) >= wanted:
            return found
        read *= WIDER


def _highest(schemes: Sequence[str], period: Period, count: int) -> Iterable[tuple[int, int]]:
    """(user, total) of the `count` highest and of all who equal the last: a read of the totals' index."""
    rows = Total.objects.filter(scheme__in=schemes, period=period.key).values("account__user")
    total = F("amount") if len(schemes) == 1 else Sum("amount")  # of one scheme there is one total a person
    rows = rows.annotate(total=total).filter(total__gt=0)
    last = list(rows.order_by("-total").values_list("total", flat=True)[count - 1 : count])
    if last:
        rows = rows.filter(total__gte=last[0])
    return rows.order_by().values_list("account__user", "total")


def _staff(totals: dict[int, int], end: date) -> list[Standing]:
    """Those of them who served at the period's end and still do; never people from outside."""
    rows = Posting.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=end),
        user__in=list(totals),
        valid_from__lte=end,
        user__is_active=True,
    ).exclude(position=Position.EXTERNAL)
    found = {}  # postings in order: where two overlap the later one counts
    for user, number, name, department, department_name, position in rows.order_by(
        "valid_from", "pk"
    ).values_list(
        "user", "user__employee_number", "user__name", "department", "department__name", "position"
    ):
        found[user] = Standing(
            user, department, number, department_name, position_text(position), name, totals[user]
        )
    return list(found.values())


def _without(found: list[Standing], contest: Contest, period: Period) -> list[Standing]:
    return _marked(found, [(str(rule.label), rule.qualifying(period)) for rule in exclusions(contest.kind)])


def _marked(found: list[Standing], rules: list[tuple[str, set[int]]]) -> list[Standing]:
    """With the reasons of those who do not qualify."""

    def reasons(one: Standing) -> str:
        return ", ".join(label for label, qualified in rules if one.key not in qualified)

    return [replace(one, left_out=reasons(one)) for one in found] if rules else found


# -------------------------------------------------------------------------------------------- departments
def _departments(schemes: Sequence[str], period: Period, *, by_head: bool) -> list[Standing]:
    """Departments open at the period's end with the points of those who served there on the day (O2)."""
    sums = dict(
        _entries(schemes, period)
        .filter(served__department__in=Department.objects.open_on(period.end).reviewing())
        .order_by()
        .values("served__department")
        .annotate(total=Sum("amount"))
        .filter(total__gt=0)
        .values_list("served__department", "total")
    )
    heads = _heads(sums, period.end) if by_head else {}
    names = Department.objects.filter(pk__in=sums).values_list("pk", "code", "name")
    return [
        Standing(None, pk, code, name, "", "", sums[pk], heads.get(pk) if by_head else None)
        for pk, code, name in names
        if not by_head or heads.get(pk)
    ]


def _heads(departments: Iterable[int], day: date) -> dict[int, int]:
    rows = Posting.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day),
        department__in=list(departments),
        valid_from__lte=day,
        user__is_active=True,
    )
    counted = rows.order_by().values("department").annotate(people=Count("user", distinct=True))
    return dict(counted.values_list("department", "people"))


# --------------------------------------------------------------------------------------------------- ties
def _entries(schemes: Sequence[str], period: Period) -> QuerySet[Any]:
    rows = Entry.objects.filter(account__scheme__in=schemes, day__range=period.days)
    return with_posting(rows.exclude(rule__in=OPENINGS))


def _criteria(tied: list[Standing], schemes: Sequence[str], period: Period) -> dict[int, dict[str, Any]]:
    """How many events earned, and when the last of them was recorded; what was taken back counts for nothing."""
    path = "served__department" if tied[0].user is None else "account__user"
    rows = (
        _entries(schemes, period)
        .standing()  # type: ignore[attr-defined]  # of the queryset; or kept with the row for its page
        .filter(**{f"{path}__in": [one.key for one in tied]})
        .exclude(amount=0)
        .order_by()
        .values(path)
        .annotate(earned=Count("pk", filter=Q(amount__gt=0)), last=Max("recorded_at"))
    )
    return {
        key: {"events": earned, "last_at": last}
        for key, earned, last in rows.values_list(path, "earned", "last")
    }


# -------------------------------------------------------------------------------------------- the stored ones
STATED = ("schemes", "winners", "prize", "by_head", "exclusions", "tie_rule")
KEPT = (
    "place",
    "wins",
    "number",
    "department_name",
    "position",
    "name",
    "total",
    "heads",
    "events",
    "last_at",
)


def frozen(row: RankingRow) -> Standing:
    return Standing(
        user=row.user_id,
        department=row.department_id,
        left_out=row.left_out,
        **{name: getattr(row, name) for name in KEPT},
    )


@dataclass(frozen=True)
class Result:
    """A ranking as papers show it: the stored one, or one reckoned only now (`state` empty)."""

    contest: Contest
    period: Period
    schemes: list[str]
    winners: int
    prize: int
    by_head: bool
    exclusions: list[str]
    tie_rule: str
    standings: list[Standing]
    state: str = ""


def result_of(ranking: Ranking, rows: Iterable[RankingRow]) -> Result:
    return Result(
        contest=ranking.contest,
        period=ranking.span,
        standings=[frozen(row) for row in rows],
        state=ranking.state,
        **{name: getattr(ranking, name) for name in STATED},
    )


def has_points(contest: Contest, period: Period) -> bool:
    """Whether anybody has earned what this contest counts: without, there is nothing to report."""
    earned = Total.objects.filter(scheme__in=contest.schemes(period.end), period=period.key, amount__gt=0)
    return earned.exists()


def result_in(contest: Contest, period: Period) -> Result:
    """The stored ranking of the period, else what it would be now."""
    if ranking := Ranking.objects.filter(kind=contest.kind, period=period.key).first():
        return result_of(ranking, rows_of(ranking))
    figures = contest.figures(period.end)
    return Result(
        contest=contest,
        period=period,
        exclusions=[str(rule.label) for rule in exclusions(contest.kind)],
        tie_rule=contest.tie_rule(by_head=figures["by_head"]),
        standings=standings(contest, period),
        **figures,
    )


@dataclass(frozen=True)
class Change:
    """A row whose total or place is no longer what stands in the ranking. None: not among them (then or now)."""

    label: str
    then: Standing | None
    now: Standing | None


def changes(ranking: Ranking, rows: Iterable[RankingRow]) -> list[Change]:
    """What the ledger of today says differently; the ranking is not rewritten."""
    then = {row.department_id if row.user_id is None else row.user_id: row for row in rows}
    now = {one.key: one for one in standings(ranking.contest, ranking.span)}
    found = []
    for key in [*then, *(key for key in now if key not in then)]:
        old, new = then.get(key), now.get(key)
        before = frozen(old) if old else None
        if before is None or new is None or (before.score, before.place, before.left_out) != (
            new.score, new.place, new.left_out
        ):  # fmt: skip
            label = (before or new).label  # type: ignore[union-attr]  # one of the two is there
            found.append(Change(label, before, new))
    return found


def rows_of(ranking: Ranking, *, winners_only: bool = False) -> list[RankingRow]:
    rows = ranking.rows.select_related("user", "department", "given")
    return list(rows.filter(wins=True) if winners_only else rows)


def awards_of(ranking: Ranking) -> list[Award]:
    """The standing awards of its winners."""
    pks = ranking.rows.filter(wins=True).values_list("pk", flat=True)
    return [award for found in of_things(RankingRow, list(pks)).values() for award in found]


def honours(year: int) -> list[Ranking]:
    """Confirmed rankings of periods that ended in the year, newest first, each with `chosen`: its winners."""
    rankings = list(Ranking.objects.confirmed().filter(ends_on__year=year).order_by("-ends_on", "kind"))
    chosen: dict[int, list[RankingRow]] = {}
    for row in RankingRow.objects.filter(ranking__in=rankings, wins=True).order_by("ranking", "place"):
        chosen.setdefault(row.ranking_id, []).append(row)
    for ranking in rankings:
        ranking.chosen = chosen.get(ranking.pk, [])  # type: ignore[attr-defined]  # of the queryset; or kept with the row for its page
    return rankings


def honoured_years() -> list[int]:
    """Years with a confirmed ranking, the latest first."""
    days = Ranking.objects.confirmed().dates("ends_on", "year", order="DESC")
    return [day.year for day in days]


def gone(user: Any, pk: int) -> TransitionLog | None:
    """The step that took from sight a ranking this person knew of: planning and audit knew the draft that was thrown
    away, all staff what was confirmed before it was cancelled."""
    name = "discard" if can(user, "mileage.view_all") else "cancel"
    return history(Ranking(pk=pk)).filter(name=name).last()
