"""What stands between the results of a round and its confirmation: open ties, the committee's session, the days of
objections (E4, E7)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localdate

from core.deadlines import preview
from core.now import today
from core.transition import history
from evaluations.enums import RoundState
from evaluations.kinds import KINDS, Party, kind_of
from evaluations.models import Division, Entry, Grade, Result, Round
from evaluations.policies import VERIFICATION_FROM
from evaluations.reckoning.grades import awarded
from evaluations.selectors.scores import grades_of, plans
from meetings.enums import VOTING, SessionState
from meetings.models import Item, Seat
from meetings.selectors import resolved

DRAFTED = ("draft", "cancel")  # from then on a session can resolve on the results as they are


@dataclass(frozen=True)
class OpenTie:
    """Entries of one place for which there are too few of a grade. `among`: how many of each grade fall to them."""

    division: Division
    results: Sequence[Result]
    among: Sequence[tuple[Grade | None, int]]

    @property
    def is_decided(self) -> bool:
        """Whoever the committee took or passed over, it said why."""
        return all(one.reason for one in self.results)


def divisions_of(round: Round) -> list[Division]:
    """With their grades; those that came with the round, where they did."""
    if "divisions" in getattr(round, "_prefetched_objects_cache", ()):
        return list(round.divisions.all())
    return list(round.divisions.prefetch_related("grades"))


def open_ties(round: Round, divisions: Iterable[Division] | None = None) -> list[OpenTie]:
    """The ties over the last place of a grade: no rule breaks them, the committee does."""
    found, plan = [], divisions_of(round) if divisions is None else list(divisions)
    heads = _heads(plan)
    for division in plan:
        grades = {str(grade.pk): grade for grade in grades_of(division)}
        most = sum(grade.at_most for grade in grades.values())
        groups: dict[int, list[Result]] = {}
        for one in heads.get(division.pk, ()):
            if one.place is not None and one.place <= most:
                groups.setdefault(one.place, []).append(one)
        ranked = [
            (rows[0].score, [one.pk for one in rows]) for rows in groups.values() if rows[0].score is not None
        ]
        _outcomes, undecided = awarded(ranked, plans(division), round.least)
        by_pk = {one.pk: one for rows in groups.values() for one in rows}
        for tie in undecided:
            among = [(grades[key] if key else None, count) for key, count in tie.among.items()]
            found.append(OpenTie(division, [by_pk[pk] for pk in tie.entries], among))
    return found


def _heads(divisions: Sequence[Division]) -> dict[int, list[Result]]:
    """Whoever may come to a grade by the order, by division; one query."""
    most = max((sum(grade.at_most for grade in grades_of(one)) for one in divisions), default=0)
    rows = Result.objects.filter(entry__division__in=[one.pk for one in divisions], place__lte=most)
    found: dict[int, list[Result]] = {}
    for one in rows.select_related("entry").order_by("place", "entry__number"):
        found.setdefault(one.entry.division_id, []).append(one)
    return found


def session_item(round: Round) -> Item | None:
    """The resolution on the results as they are: of a session on or after the day they became a draft."""
    item = resolved(round)
    if item is None:
        return None
    day = drafted_on(round)
    return item if day is None or item.session.held_on >= day else None


def drafted_on(round: Round) -> date | None:
    last = history(round).filter(name__in=DRAFTED).order_by("-at", "-pk").first()
    return localdate(last.at) if last else None


def is_resolved(round: Round) -> bool:
    """The committee has resolved on the grades, where it has to, and on every tie over a grade's line."""
    if round.session_id is None and kind_of(round).needs_session:
        return False
    return all(tie.is_decided for tie in open_ties(round))


def largest_prize(round: Round) -> int:
    return max(
        (grade.prize for one in divisions_of(round) for grade in grades_of(one) if grade.at_most), default=0
    )


def may_announce(round: Round) -> bool:
    """Whether there is a time of 예정 at all: not where only staff take part (E4)."""
    return not kind_of(round).of_staff and round.verification_days > 0


def must_announce(round: Round) -> bool:
    """Whether nothing is confirmed without: small prizes may be (E4)."""
    return may_announce(round) and largest_prize(round) > VERIFICATION_FROM.on(round.made_on)


def until(round: Round, start: date | None = None) -> date:
    """The last day of objections, if it is announced on this day."""
    return preview(start or today(), round.verification_days).due


def is_ready(round: Round) -> bool:
    """Whether it can be confirmed today, by somebody else than who ran it."""
    if round.state == RoundState.DRAFT:
        return not must_announce(round) and is_resolved(round)
    last = round.objections_until
    over = last is not None and today() > last
    return round.state == RoundState.ANNOUNCED and over and not round.open_objections()


def awarded_of(round: Round) -> list[Result]:
    """Results with a grade, in the order of divisions, grades and places."""
    rows = Result.objects.filter(entry__round=round, grade__isnull=False)
    found = rows.select_related("entry__division", "entry__department", "entry__round", "grade", "by_order")
    return sorted(
        found,
        key=lambda one: (
            one.entry.division.order,
            one.grade.order if one.grade else 0,
            one.place or len(found),
            one.entry.number,
        ),
    )


def parties_of(round: Round, entries: Collection[Entry]) -> dict[int, Sequence[Party]]:
    return dict(kind_of(round).parties(entries)) if entries else {}


def gaining(round: Round) -> list[int]:
    """The staff to whom anything of the result goes: they do not confirm it (D9)."""
    if round.kind not in {kind.key for kind in KINDS}:
        return []
    entries = [one.entry for one in awarded_of(round)]
    return staff_of(parties_of(round, entries).values())


def entrants(round: Round) -> list[int]:
    """All staff who have an entry in the round (D9)."""
    entries = list(round.entries.filter(out=False))
    return staff_of(parties_of(round, entries).values())


def staff_of(parties: Iterable[Sequence[Party]]) -> list[int]:
    return sorted({one.user_id for of in parties for one in of if one.user_id is not None})


def in_session(user_pk: int, round: Round) -> bool:
    """Whether this member of a panel has the results before them: a session that is not called off has the round on
    its agenda, and they have a seat that day (E8)."""
    kind = ContentType.objects.get_for_model(Round)
    items = Item.objects.filter(content_type=kind, object_id=round.pk)
    days = items.exclude(session__state=SessionState.CANCELLED).values_list(
        "session__panel", "session__held_on"
    )
    return any(
        Seat.objects.on(day).filter(panel=panel, user=user_pk, chair__in=VOTING).exists()
        for panel, day in set(days)
    )
