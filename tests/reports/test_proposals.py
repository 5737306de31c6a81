"""The figures of proposals and the rows behind them; P10 through reports, page and dashboard (P6, P10, P14, R4)."""

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from basis.documents.model import Table
from basis.documents.response import FORMATS
from basis.periods import PeriodKind, parse
from core.models import Clock
from core.now import pretend
from organization.enums import Role
from organization.models import Department
from proposals.enums import OPEN, RECORDS, Channel, Field, InterimState, Kind, State, Verdict
from proposals.models import Decision, Interim, Proposal, ProposalReview, Undertaking
from proposals.selectors import statistics
from proposals.selectors.statistics import ANSWERS, GROUPS
from reports.definitions import DEFINITIONS
from reports.proposal_blocks import intake_table
from reports.proposal_statistics import ProposalStatistics
from reviews.enums import ReviewState
from tests import b9
from tests.factories import DepartmentFactory, UserFactory, head_of, planner

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 9, 10)
BACKEND = "organization.backends.Backend"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    cache.clear()
    with pretend(DAY):
        yield


def clock_of(on: dt.date, r: random.Random, closed: bool) -> Clock:
    due = on + dt.timedelta(days=30)
    return Clock.objects.create(
        kind="proposals.decision", start=on, length=30, original_due=due, due=due,
        paused=not closed and r.random() < 0.2, closed_on=due if closed else None,
    )  # fmt: skip


def random_office(seed: int, many: int = 60) -> list[Department]:
    """Proposals, decisions, reviews and interim answers in every combination the database allows."""
    r = random.Random(seed)
    offices = [DepartmentFactory() for _n in range(4)]
    for n in range(many):
        on = dt.date(2025, 1, 1) + dt.timedelta(days=r.randrange(600))
        state = r.choice(State.values)
        record = state in RECORDS and (state == State.RECORDED or r.random() < 0.2)
        if state == State.LINKED:
            state = State.LAPSED
        ended = state not in OPEN
        timed = ended and not record
        clock = None if record else clock_of(on, r, ended)
        if clock and state in (State.SUPPLEMENT, State.OPINION):
            clock.paused = True
            clock.save()
        elif clock and state in OPEN:
            clock.paused = False
            clock.save()
        proposal = Proposal.objects.create(
            year=on.year, number=n + 1, title=f"무작위 제안 {n}", kind=r.choice(Kind.values),
            channel=r.choice([*Channel.values, ""]) if record else r.choice(Channel.values),
            field=r.choice([*Field.values, ""]) if record else r.choice(Field.values), problem="문제",
            improvement="개선", received_on=on, state=state, clock=clock,
            closed_on=on + dt.timedelta(days=r.randrange(50)) if ended else None,
            in_time=r.random() < 0.7 if timed else None,
        )  # fmt: skip
        office = r.choice(offices)
        if state in ANSWERS:
            Decision.objects.create(
                proposal=proposal, outcome=state, department=office, department_name=office.name,
                decided_on=proposal.closed_on,
            )  # fmt: skip
        if state == State.ADOPTED:
            Undertaking.objects.create(
                proposal=proposal, department=office, department_name=office.name, begun_on=proposal.closed_on,
                until=on + dt.timedelta(days=1095), first_on=on, planned_on=on,
                state=r.choice(["planned", "dropped"]), verdict=r.choice([*Verdict.values, ""]),
            )  # fmt: skip
        for office in r.sample(offices, r.randrange(3)):
            review_state = r.choice(ReviewState.values)
            done = review_state == ReviewState.COMPLETED
            ProposalReview.objects.create(
                proposal=proposal, department=office, department_name=office.name, state=review_state,
                clock=clock_of(on, r, done or review_state == ReviewState.RECALLED), notified_on=on,
                outcome=r.choice(ANSWERS) if done else "",
                completed_on=on + dt.timedelta(days=r.randrange(30)) if done else None,
                in_time=r.random() < 0.7 if done else None,
            )  # fmt: skip
        if r.random() < 0.4:
            Interim.objects.create(
                proposal=proposal, number=1, due_on=on + dt.timedelta(days=30), state=r.choice(InterimState.values),
                reason="검토가 길어집니다.", answer_on=on + dt.timedelta(days=44),
            )  # fmt: skip
    return offices


def test_p10_every_state_stands_in_one_group() -> None:
    grouped = [state for states in GROUPS.values() for state in states]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) == set(State.values) - {State.HELD}
    assert set(GROUPS["open"]) == set(OPEN) - {State.HELD}


@pytest.mark.parametrize(
    ("slug", "period"),
    [("proposals-halfyear", "2026-H1"), ("proposals-halfyear", "2025-H2"), ("proposals-year", "2025")],
)
def test_r4_reports_on_proposals_lead_to_exactly_their_rows(slug: str, period: str) -> None:
    random_office(11)
    document = DEFINITIONS[slug].document(parse(period), DAY)
    figures = b9.linked(document.blocks)
    assert len(figures) > 20
    assert [(n, url) for n, url in figures if b9.rows_behind(url, planner()) != n] == []


@pytest.mark.parametrize(
    "narrow", [{}, {"kind": "staff"}, {"charge": True}, {"kind": "citizen", "charge": True}]
)
def test_r4_statistics_of_proposals_lead_to_exactly_their_rows(narrow: dict[str, object]) -> None:
    offices = random_office(5, 150)
    chosen = {**narrow, **({"charge": offices[0]} if narrow.get("charge") else {})}
    found = ProposalStatistics(unit=PeriodKind.YEAR, first=2025, last=2026, day=DAY, **chosen)  # type: ignore[arg-type]  # of many kinds, on purpose
    figures = b9.linked([found.table(), *found.details()])
    assert len(figures) > 10
    assert [(n, url) for n, url in figures if b9.rows_behind(url, planner()) != n] == []


def test_r4_the_panel_of_the_dashboard_leads_to_exactly_its_rows(client: Client) -> None:
    random_office(12)
    client.force_login(planner(), backend=BACKEND)
    context = client.get("/dashboard/").context
    shown = context["proposal_figures"]
    figures = [(int(f.value.replace(",", "")), f.url) for f in shown[:3]]
    figures += [(int(shown[3].delta.partition("/")[0]), shown[3].url)] if shown[3].url else []
    figures += [cell for row in context["proposal_heat"] for cell in row.cells]
    assert sum(n for n, _url in figures) > 10
    assert [(n, url) for n, url in figures if b9.rows_behind(url, planner()) != n] == []


def test_r5_a_head_sees_what_the_department_has_in_hand(client: Client) -> None:
    """In the period: 2 answered, 1 of them in time; in hand: 2, 1 of them late; an answer of last year counts not."""
    place, r = DepartmentFactory(), random.Random(0)
    for n, (on, state, in_time) in enumerate(
        [
            ("2026-08-03", "completed", True), ("2026-08-03", "completed", False), ("2026-07-06", "waiting", None),
            ("2026-09-07", "assigned", None), ("2025-08-03", "completed", True), ("2026-08-03", "recalled", None),
        ], 1,
    ):  # fmt: skip
        day = dt.date.fromisoformat(on)
        clock = clock_of(day, r, state in ("completed", "recalled"))
        clock.paused = False
        clock.save()
        proposal = Proposal.objects.create(
            year=2026, number=n, title=f"제안 {n}", kind="citizen", channel="web", field="other", problem="문제",
            improvement="개선", received_on=day, clock=clock_of(day, r, False),
        )  # fmt: skip
        ProposalReview.objects.create(
            proposal=proposal, department=place, department_name=place.name, state=state, clock=clock,
            notified_on=day, outcome="adopted" if state == "completed" else "", in_time=in_time,
            completed_on=day if state == "completed" else None,
        )  # fmt: skip
    head = head_of(place)
    client.force_login(head, backend=BACKEND)
    (headline,) = client.get("/").context["headlines"]
    open_, late, rate = headline.figures
    assert [open_.value, late.value, rate.value] == ["2", "1", "50.0%"]
    assert [b9.rows_behind(one.url, head) for one in headline.figures] == [2, 1, 1]
    client.force_login(UserFactory(department=place), backend=BACKEND)
    assert not client.get("/").context["headlines"]


def test_p6_what_a_robot_may_have_sent_is_not_counted() -> None:
    random_office(3)
    months = statistics.by_month((dt.date(2025, 1, 1), dt.date(2026, 12, 31)), DAY)
    held = Proposal.objects.filter(state=State.HELD).count()
    assert held
    assert statistics.whole(months.values()).total == Proposal.objects.count() - held


def test_p6_rate_and_days_count_decisions_alone() -> None:
    """In time: 2 of 3 decided; one is late and open; a withdrawn one and a record count for nothing."""
    r, on = random.Random(0), dt.date(2026, 2, 2)
    for n, (state, in_time, after) in enumerate(
        [(State.ADOPTED, True, 10), (State.REJECTED, True, 20), (State.NO_PROPOSAL, False, 45),
         (State.WITHDRAWN, True, 1), (State.RECEIVED, None, 0), (State.REJECTED, None, 3)], 1,
    ):  # fmt: skip
        record = n == 6
        ended = state != State.RECEIVED
        clock = None if record else clock_of(on, r, ended)
        if clock:
            clock.paused = False
            clock.save()
        Proposal.objects.create(
            year=2026, number=n, title=f"제안 {n}", kind="citizen", channel="web", field="other", problem="문제",
            improvement="개선", received_on=on, state=state, clock=clock, in_time=in_time,
            closed_on=on + dt.timedelta(days=after) if ended else None,
        )  # fmt: skip
    (counts,) = statistics.by_month((on, on), DAY).values()
    handled = counts.handling()
    assert (handled.answered, handled.in_time, handled.late) == (3, 2, 1)
    assert handled.rate == 0.5
    assert handled.days == 25.0


def test_p8_what_was_adopted_is_told_by_state_and_by_what_the_proposers_say() -> None:
    random_office(9, 150)
    document = DEFINITIONS["proposals-halfyear"].document(parse("2026-H1"), DAY)
    tables = {block.caption: block for block in document.blocks if isinstance(block, Table)}
    begun = Undertaking.objects.filter(begun_on__range=parse("2026-H1").days).count()
    assert begun
    for caption in ("채택한 제안의 이행", "제안자가 답한 이행 결과"):
        (line,) = tables[caption].rows
        assert sum(int(cell.value or 0) for cell in line[1:]) == begun  # type: ignore[arg-type]  # a number here


@pytest.mark.parametrize("fmt", ["html", "xlsx", "hwpx"])
def test_p14_the_reports_are_papers_in_every_form(fmt: str) -> None:
    random_office(8, 20)
    for slug, period in (("proposals-halfyear", "2026-H1"), ("proposals-year", "2025")):
        assert FORMATS[fmt].render(DEFINITIONS[slug].document(parse(period), DAY))


@pytest.mark.parametrize(
    ("slug", "period", "day"),
    [
        ("proposals-halfyear", "2026-H1", dt.date(2026, 7, 10)),
        ("proposals-halfyear", "2026-H2", dt.date(2026, 12, 20)),
        ("proposals-year", "2026", dt.date(2027, 1, 20)),
    ],
)
def test_p14_the_days_on_which_they_are_made(slug: str, period: str, day: dt.date) -> None:
    assert DEFINITIONS[slug].due_on(parse(period)) == day


def test_r4_the_page_is_for_all_staff_and_narrows(client: Client) -> None:
    offices = random_office(2)
    client.force_login(UserFactory(), backend=BACKEND)
    page = client.get("/statistics/proposals/", {"kind": "staff", "charge": offices[0].pk})
    assert page.status_code == 200
    assert offices[0].name in page.content.decode()
    assert "received_from" not in page.content.decode(), "others may not see all rows"
    assert client.get("/statistics/proposals/", {"charge": "99999999999999999999"}).status_code == 422
    assert client.get("/statistics/proposals/", {"format": "xlsx"})["Content-Disposition"].startswith(
        "attachment"
    )
    client.force_login(planner(), backend=BACKEND)
    assert "received_from" in client.get("/statistics/proposals/").content.decode()


def test_r4_questions_do_not_grow_with_the_rows(client: Client) -> None:
    client.force_login(UserFactory(roles=[Role.EXECUTIVE]), backend=BACKEND)
    counts = []
    for seed, many in ((1, 1), (4, 80)):
        Interim.objects.all().delete()
        ProposalReview.objects.all().delete()
        Undertaking.objects.all().delete()
        Decision.objects.all().delete()
        Proposal.objects.all().delete()
        random_office(seed, many)
        cache.clear()
        for path in ("/dashboard/", "/statistics/proposals/"):
            client.get(path)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                client.get(path)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 11


def test_p10_the_table_of_intake_names_every_channel() -> None:
    random_office(6)
    found = ProposalStatistics(unit=PeriodKind.YEAR, first=2025, last=2026, day=DAY)
    table = intake_table(found.lines[-1])
    assert isinstance(table, Table)
    assert [column.label for column in table.columns][2:9] == [str(c.label) for c in Channel]
    for line in (*table.rows, *table.totals):
        assert line[1].value == sum(int(cell.value or 0) for cell in line[2:])  # type: ignore[arg-type]  # a number here
