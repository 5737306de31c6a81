"""Many made-up proposals for measuring: ten years of citizens' and staff's, most decided, some on their way."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from core import deadlines
from core.models import Clock, Gram, TransitionLog
from core.now import today
from core.once import next_numbers
from demo.bulk_cases import BATCH, LOG, YEARS, Office, insert, moment, stored
from demo.titles import SEED, generate_titles
from organization.models import Department
from proposals.enums import DECIDED, Channel, Field, Kind, State
from proposals.models import Decision, Proposal, ProposalReview, Proposer
from proposals.policies import REVIEW_FIGURES, decision_length
from proposals.services.receiving import CLOCK
from proposals.services.reviewing import REVIEWS
from proposals.similar import TITLES
from reviews.enums import ReviewState

CHANNELS: dict[Kind, list[Channel]] = {
    Kind.CITIZEN: [channel for channel in Channel if channel != Channel.BOARD],
    Kind.STAFF: [Channel.BOARD],
}
PROBLEM = "{title}이(가) 없어 이웃이 불편을 겪습니다. 비가 오거나 어두워지면 더 그렇고, 여러 번 이야기가 나왔습니다."
CHANGE = "다른 구에서 하는 것처럼 가까운 곳부터 {title}을(를) 마련하고, 쓰임을 보아 늘려 주세요."
PRESENT = "관련 조례와 올해 계획을 살펴보고 담당 부서가 현장을 보았습니다."


class _Writer:
    """Makes the rows of one batch."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance, self.day = office, chance, today()
        self.kind = ContentType.objects.get_for_model(Proposal).pk

    def proposal(self, number: int, day: date, title: str) -> Proposal:
        kind: Kind = self.chance.choices(list(Kind), (2, 1))[0]
        found = Proposal(
            year=day.year,
            number=number,
            kind=kind,
            channel=self.chance.choice(CHANNELS[kind]),
            title=title[:100],
            field=self.chance.choice(Field.values),
            problem=PROBLEM.format(title=title),
            improvement=CHANGE.format(title=title),
            hidden=self.chance.random() < 0.05,
            received_at=moment(day),
            received_on=day,
            supports=int(self.chance.expovariate(0.2)),
        )
        found.closed_on = day + timedelta(days=int(self.chance.triangular(3, 45, 24)))
        if found.closed_on > self.day:
            found.closed_on, found.state = None, self.chance.choice([State.RECEIVED, State.REVIEW])
        else:
            found.state = self.chance.choices([*DECIDED, State.NO_PROPOSAL], (2, 6, 2))[0]
        return found

    def write(self, batch: Sequence[Proposal]) -> None:
        clocks = Clock.objects.bulk_create(_clock(one.kind, one.received_on, one.closed_on) for one in batch)
        for one, clock in zip(batch, clocks, strict=True):
            one.clock, one.in_time = clock, None if one.closed_on is None else one.closed_on <= clock.due
        Proposal.objects.bulk_create(batch)
        grams = ((self.kind, one.pk, gram) for one in batch for gram in TITLES.entries_of(one))
        insert(Gram, ("content_type_id", "object_id", "gram"), grams)
        Proposer.objects.bulk_create(self._proposer(one) for one in batch)
        departments = [self.chance.choices(self.office.departments, self.office.weights)[0] for _one in batch]
        asked = list(zip(batch, departments, strict=True))
        Decision.objects.bulk_create(self._decision(one, place) for one, place in asked if one.closed_on)
        self._review([(one, place) for one, place in asked if one.state != State.RECEIVED])
        insert(TransitionLog, LOG, self._logs(batch))

    def _proposer(self, one: Proposal) -> Proposer:
        if one.kind == Kind.STAFF:
            staff = self.chance.choice(list(self.office.staff.values()))
            return Proposer(proposal=one, user=self.chance.choice(staff))
        return Proposer(proposal=one, name=f"구민{one.pk}", phone="010-0000-0000")

    def _decision(self, one: Proposal, department: Department) -> Decision:
        adopted = one.state == State.ADOPTED
        return Decision(
            proposal=one,
            outcome=one.state,
            present=PRESENT,
            taken="시범으로 한 곳에 마련합니다." if adopted else "",
            reason="" if adopted else "비슷한 일을 이미 하고 있습니다.",
            department=department if adopted else None,
            carry_out_on=one.closed_on + timedelta(days=90) if adopted and one.closed_on else None,
            decided_on=one.closed_on,
            decided_by=self.office.planner,
        )

    def _review(self, asked: Sequence[tuple[Proposal, Department]]) -> None:
        days = REVIEW_FIGURES.days
        clocks = Clock.objects.bulk_create(
            Clock(
                kind=REVIEWS.clock,
                start=one.received_on,
                length=days.on(one.received_on),
                due=_due(one.received_on, days.on(one.received_on)),
                original_due=_due(one.received_on, days.on(one.received_on)),
                closed_on=one.closed_on,
            )
            for one, _department in asked
        )
        ProposalReview.objects.bulk_create(
            ProposalReview(
                proposal=one,
                department=department,
                department_name=department.name,
                clock=clock,
                notified_on=one.received_on,
                state=ReviewState.COMPLETED if one.closed_on else ReviewState.WAITING,
                outcome=one.state if one.closed_on else "",
                present=PRESENT if one.closed_on else "",
                completed_on=one.closed_on,
                in_time=one.in_time,
            )
            for (one, department), clock in zip(asked, clocks, strict=True)
        )

    def _logs(self, batch: Sequence[Proposal]) -> Iterator[tuple[Any, ...]]:
        """Rows under the columns of LOG."""
        planner = self.office.planner.pk
        for one in batch:
            yield (
                self.kind,
                one.pk,
                "receive",
                "received",
                "received",
                None,
                stored(one.received_on),
                "",
                "{}",
            )
            if one.closed_on:
                name = {State.ADOPTED: "adopt", State.REJECTED: "reject"}.get(State(one.state), "dismiss")
                yield self.kind, one.pk, name, "received", one.state, planner, stored(one.closed_on), "", "{}"


@cache
def _due(start: date, days: int) -> date:
    return deadlines.preview(start, days).due


@cache
def _decision_due(kind: str, start: date) -> tuple[int, str, date]:
    length, unit = decision_length(kind, start)
    return length, unit, deadlines.preview(start, length, unit=unit).due


def _clock(kind: str, start: date, closed: date | None) -> Clock:
    length, unit, due = _decision_due(kind, start)
    return Clock(
        kind=CLOCK, start=start, length=length, unit=unit, due=due, original_due=due, closed_on=closed
    )


def generate_proposals(
    count: int, *, seed: int = SEED, progress: Callable[[int], None] | None = None
) -> None:
    """`count` proposals of the last ten years, more in later ones. Rejected without departments."""
    chance = random.Random(seed)  # noqa: S311  no secrets
    writer = _Writer(Office.read(), chance)
    days = sorted(
        writer.day - timedelta(days=int(chance.random() ** 1.3 * YEARS * 365)) for _n in range(count)
    )
    titles = generate_titles(count, seed + 1)
    written = 0
    for year, group in groupby(days, key=lambda day: day.year):
        of_year = list(group)
        numbers = next_numbers(f"proposals.{year}", len(of_year))
        rows = zip(numbers, of_year, titles, strict=False)  # titles come last: none is lost at a year's end
        while batch := [writer.proposal(*row) for row in islice(rows, BATCH)]:
            with transaction.atomic():
                writer.write(batch)
            written += len(batch)
            if progress:
                progress(written)
