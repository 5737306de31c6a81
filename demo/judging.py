"""Contests of the demonstration, each step through its service (E1–E8, P9, P10): the two half-years of 2015 with what
the source says was awarded in them, one that is being judged now, and the citizens' contest (demo.finals)."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any

from awards.enums import AwardState
from awards.models import Award
from awards.services import handing
from core.now import today as now_day
from demo.days import workday_after, workday_from, workday_until
from demo.files import read
from demo.organization import person, planner
from demo.timeline import Timeline, do
from evaluations.enums import JudgeState, SheetState
from evaluations.models import Awarded, Criterion, Division, Judge, Result, Round, Sheet, Stage
from evaluations.selectors import outcome
from evaluations.services import confirming, drafts, judges, rounds, sheets, stages
from meetings.enums import Outcome
from meetings.models import Panel
from meetings.selectors import seated
from meetings.services import sessions
from proposals.models import Call

SECOND = "100014"  # the head of planning, who neither runs nor judges
SEED = 2016
AT, UNTIL, PLACE = time(14), time(16), "구청 3층 대회의실"
FIRST, STEP, SPREAD = 9.2, 0.6, 0.4  # marks: of the best, from one to the next, and how far judges are apart
FIRST_DAYS, SECOND_DAYS = 4, 6  # how long each stage is scored
TO_HAND = timedelta(days=12)


def add(timeline: Timeline, today: date) -> None:
    found = read("judging")
    for row in found["past"]:
        add_past(timeline, Contest(row))
    now = Contest(found["now"])
    opens = workday_until(today + timedelta(days=now.row["opens"]))
    closes = workday_from(today + timedelta(days=now.row["closes"]))
    first = workday_until(today + timedelta(days=now.row["first_opens"]))
    first_over = workday_after(workday_after(first))
    made = workday_until(today + timedelta(days=now.row["made"]))
    timeline.add(made, partial(now.call_together, first, first_over))
    timeline.add(first, now.begin)
    timeline.add(first, now.score)
    timeline.add(first_over, partial(now.go_on, opens, closes))
    timeline.add(opens, now.begin)
    timeline.add(workday_after(opens), now.score_half)


def add_past(timeline: Timeline, one: "Contest") -> None:
    """From its making to its prizes handed over."""
    made = one.row["made"]
    first = workday_from(made + timedelta(days=3))
    first_over = workday_from(first + timedelta(days=FIRST_DAYS))
    second = workday_after(first_over)
    second_over = workday_from(second + timedelta(days=SECOND_DAYS))
    met = workday_after(workday_after(second_over))
    timeline.add(made, partial(one.call_together, first, first_over))
    timeline.add(first, one.begin)
    timeline.add(first, one.score)
    timeline.add(first_over, partial(one.go_on, second, second_over))
    timeline.add(second, one.begin)
    timeline.add(second, one.score)
    timeline.add(second_over, one.close)
    timeline.add(second_over, partial(one.plan, met))
    timeline.add(met, one.meet)
    timeline.add(workday_after(met), one.announce)
    timeline.add(one.row["confirmed"], one.confirm)
    timeline.add(workday_from(one.row["confirmed"] + TO_HAND), one.hand_over)


class Contest:
    """One round, as its row in judging.toml has it."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row, self.round_id = row, 0
        self.chance = random.Random(SEED)  # noqa: S311  no secrets

    @property
    def round(self) -> Round:
        return Round.objects.get(pk=self.round_id)

    @property
    def stage(self) -> Stage:
        """The one that is judged."""
        return self.round.stages.exclude(state="closed").order_by("order")[0]

    def call_together(self, opens: date, closes: date) -> None:
        """Made, filled, and its judges asked, who sign at once."""
        subject, period = "", self.row.get("period", "")
        if title := self.row.get("call"):
            call = Call.objects.get(title=title)
            subject, period = f"call:{call.pk}", f"{call.closes_on:%Y}"
        made = do(rounds.make, self.row["kind"], period, subject, actor=planner())
        self.round_id = made.pk
        do(rounds.take_in, made, self._chosen(made), actor=planner())
        self._prepare(opens, closes, "first")
        do(rounds.open, self.round, actor=planner())
        self._sign()

    def _chosen(self, made: Round) -> set[rounds.Thing]:
        """The first few of each division of those that were adopted."""
        taken: dict[str, list[rounds.Thing]] = {}
        for one, key, _inside in rounds.candidates(made):
            if not one.why_not:
                taken.setdefault(one.division, []).append(key)
        return set(chain.from_iterable(keys[: self.row["most"]] for keys in taken.values()))

    def _prepare(self, opens: date, closes: date, key: str) -> None:
        """Too few entries to take the judges' severity out."""
        values: dict[str, Any] = {"opens_on": opens, "closes_on": closes, **self.row[key]}
        values["panel"] = Panel.objects.get(name=values["panel"])
        do(rounds.edit_stage, self.stage, values, actor=planner())

    def _sign(self) -> None:
        waiting = Judge.objects.filter(stage=self.stage, state=JudgeState.INVITED).select_related("user")
        for judge in waiting.order_by("number"):
            if judge.user and judge.user.employee_number not in self.row.get("unsigned", ()):
                do(judges.sign, judge, {}, agreed=True, actor=judge.user)

    def begin(self) -> None:
        do(stages.start, self.stage, actor=planner())

    def score(self) -> None:
        self._score(self._open())

    def score_half(self) -> None:
        self._score(self._open()[::2])

    def _open(self) -> list[Sheet]:
        rows = Sheet.objects.filter(judge__stage=self.stage, state=SheetState.OPEN)
        return list(rows.select_related("judge__user", "entry").order_by("entry__number", "judge__number"))

    def _score(self, open: Iterable[Sheet]) -> None:
        """By how good the entry is, and a little by who looks at it."""
        criteria, order = Criterion.objects.filter(stage=self.stage), self._order()
        for sheet in open:
            good = FIRST - STEP * order[sheet.entry_id]
            marks = {one.pk: self._mark(good, one.most) for one in criteria}
            do(sheets.finish, sheet, marks, actor=sheet.judge.user)

    def _order(self) -> dict[int, int]:
        """By the entry's key how many of its division are better."""
        found: dict[int, int] = {}
        for division in Division.objects.filter(round=self.round_id):
            keys = list(division.entries.order_by("number").values_list("pk", flat=True))
            random.Random(SEED + len(keys)).shuffle(keys)  # noqa: S311  no secrets
            found |= {key: place for place, key in enumerate(keys)}
        return found

    def _mark(self, good: float, most: int) -> Decimal:
        halves = round(2 * (good + self.chance.gauss(0, SPREAD)) * most / 10)
        return Decimal(min(max(halves, 0), 2 * most)) / 2

    def go_on(self, opens: date, closes: date, key: str = "second") -> None:
        """Others look at all that came through."""
        self.close()
        self._prepare(opens, closes, key)
        do(stages.invite, self.stage, actor=planner())
        self._sign()

    def close(self) -> None:
        do(stages.close, self.stage, actor=planner())

    def _panel(self) -> Panel:
        """Of the last stage that has one: it resolves."""
        last = self.round.stages.filter(panel__isnull=False).select_related("panel").order_by("order").last()
        assert last is not None
        assert last.panel is not None
        return last.panel

    def plan(self, day: date) -> None:
        do(
            sessions.plan,
            self._panel(),
            held_on=day,
            begins_at=AT,
            place=PLACE,
            items=[(f"{self.round.title} 시상 등급 심의", self.round)],
            actor=planner(),
        )

    def meet(self) -> None:
        session = self._panel().sessions.get(held_on=now_day())
        came = {seat.pk for seat in seated(session.panel, session.held_on)}
        resolved = (Outcome.PASSED, self.row["resolution"], None, None, None)
        do(
            sessions.hold,
            session,
            present=came,
            ends_at=UNTIL,
            minutes=self.row["minutes"],
            outcomes={session.items.get().pk: resolved},
            actor=planner(),
        )
        session.refresh_from_db()
        do(sessions.confirm, session, actor=person(SECOND))

    def announce(self) -> None:
        do(drafts.resolve, self.round, self._choices(), actor=planner())
        if outcome.may_announce(self.round):
            do(drafts.announce, self.round, actor=planner())

    def _choices(self) -> drafts.Choices:
        """Where the source has other grades than the order of scores gives, the committee says why."""
        found: dict[int, tuple[int | None, str]] = {}
        for division in Division.objects.filter(round=self.round_id):
            grades = {grade.slot: grade.pk for grade in division.grades.all()}
            rows = Result.objects.filter(entry__division=division, place__isnull=False)
            wanted = [grades[slot] for slot in _slots(self.row["awarded"][division.key])]
            for number, one in enumerate(rows.order_by("place", "entry__number")):
                grade = wanted[number] if number < len(wanted) else None
                if grade != one.by_order_id:
                    found[one.pk] = grade, self.row["reason"]
        return found

    def confirm(self) -> None:
        do(confirming.confirm, self.round, actor=person(SECOND))

    def hand_over(self) -> None:
        given = Awarded.objects.filter(result__entry__round=self.round_id).values("award")
        for award in Award.objects.filter(state=AwardState.GRANTED, pk__in=given).order_by("number"):
            receipt = f"{award.year}-{award.number:03d}"
            do(handing.hand_over, award, handed_on=now_day(), receipt=receipt, actor=planner())


def _slots(counts: dict[str, int]) -> Sequence[str]:
    return [slot for slot, count in counts.items() for _number in range(count)]
