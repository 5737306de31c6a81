"""Extending, pausing and moving the deadline of a review (O9)."""

import datetime as dt

import pytest

from basis.errors import Refused, Rejected
from benchmarking.models import Review
from benchmarking.policies import EXTENSION_CAP_DAYS
from core import deadlines
from core.models import ClockAdjustment, Holiday
from core.now import pretend
from core.transition import history
from notifications.models import Mail, Notice
from notifications.selectors import todos_of as todos
from organization.services import holidays
from policies import services as policies
from reviews.services import clocks, reviews
from tests.benchmarking.reviewing import DAY, DUE, LATEST, again, approve, ask, ask_pause, told
from tests.factories import (
    DepartmentFactory,
    ReviewFactory,
    UserFactory,
    answered,
    away,
    fresh,
    head,
    head_of,
    planner,
)
from tests.shared import lived_on
from tests.threads import at_once

pytestmark = pytest.mark.django_db
_today = lived_on(DAY)


@pytest.fixture
def review() -> Review:
    return ReviewFactory()


def steps(review: Review) -> list[str]:
    return [row.name for row in history(review)]


# ------------------------------------------------------------------------------------------ extension


def test_o9_an_approved_extension_moves_the_deadline_and_keeps_the_first(review: Review) -> None:
    asked = ask(review, dt.date(2026, 12, 11))
    assert (again(review).clock.due, told("clock_asked")) == (DUE, [planner()])
    assert [t.verb for t in todos(planner())] == ["기한 연장 승인하기"]
    with pretend(DAY + dt.timedelta(days=3)):
        approve(asked, "인정")
    review = again(review)
    assert (review.clock.due, review.clock.original_due) == (dt.date(2026, 12, 11), DUE)
    assert review.case.next_due == dt.date(2026, 12, 11)
    change = review.clock.changes.get()
    assert (change.old_due, change.new_due, change.cause, change.actor) == (
        DUE, dt.date(2026, 12, 11), "기한 연장", planner(),
    )  # fmt: skip
    asked.refresh_from_db()
    assert (asked.state, asked.start, asked.decided_by) == ("approved", dt.date(2026, 11, 23), planner())
    assert steps(review) == ["ask_extension", "approve_extension"]
    assert deadlines.steps(review.clock) == [
        "통보 11. 20.(금) + 14일 = 12. 4.(금)",
        "기한 연장(11. 23.(월) 승인): 12. 11.(금)까지 · 사유: 자료 확인",
    ]
    assert set(told("clock_decided")) == {head(review)}
    assert list(todos(planner())) == []


@pytest.mark.parametrize(
    ("to", "says"),
    [
        (LATEST + dt.timedelta(days=3), r"2026. 12. 18.\(금\)까지만"),
        (dt.date(2026, 12, 12), "토요일이나 공휴일"),
        (dt.date(2026, 12, 13), "토요일이나 공휴일"),
        (dt.date(2026, 12, 25), "토요일이나 공휴일"),
        (DUE, "현재 기한"),
        (DAY - dt.timedelta(days=1), "빠릅니다"),
    ],
)
def test_o9_an_extension_ends_on_a_weekday_after_the_deadline_within_the_cap(
    review: Review, to: dt.date, says: str
) -> None:
    with pytest.raises(Rejected, match=says) as rejected:
        ask(review, to)
    assert rejected.value.field == "end"
    assert not ClockAdjustment.objects.exists()


def test_o9_the_cap_is_exact_and_that_of_the_day_the_work_began(review: Review) -> None:
    policies.change(
        EXTENSION_CAP_DAYS,
        value=3,
        effective_from=DAY + dt.timedelta(days=1),
        document="기획예산과-1",
        reason="단축",
        author=planner(),
    )
    with pretend(DAY + dt.timedelta(days=2)):
        later = ReviewFactory()
        approve(ask(review, LATEST))
        with pytest.raises(Rejected, match=r"12. 10.\(목\)까지만"):
            ask(later, later.clock.original_due + dt.timedelta(days=4))
    assert again(review).clock.due == LATEST


def test_o9_a_second_extension_counts_from_the_original_deadline(review: Review) -> None:
    approve(ask(review, dt.date(2026, 12, 11)))
    approve(ask(review, LATEST))
    with pytest.raises(Rejected, match="까지만 연장"):
        ask(review, LATEST + dt.timedelta(days=3))
    assert (again(review).clock.due, again(review).clock.original_due) == (LATEST, DUE)


def test_o9_a_pause_does_not_eat_up_the_extension(review: Review) -> None:
    """Ten days of waiting before the deadline put off what may be granted by ten days; so do those after it."""
    approve(ask_pause(review, DAY, DAY + dt.timedelta(days=10)))
    assert again(review).clock.due == dt.date(2026, 12, 14)
    with pytest.raises(Rejected, match=r"12. 28.\(월\)까지만"):
        ask(review, dt.date(2026, 12, 29))
    with pretend(dt.date(2026, 12, 1)):
        approve(ask(review, dt.date(2026, 12, 21)))
    with pretend(dt.date(2026, 12, 21)):
        approve(ask_pause(review, dt.date(2026, 12, 17), dt.date(2026, 12, 20)))
        assert again(review).clock.due == dt.date(2026, 12, 28)  # 25 December is Christmas, a Friday
        approve(ask(review, dt.date(2026, 12, 31)))
        with pretend(dt.date(2026, 12, 22)), pytest.raises(Rejected, match=r"2027. 1. 1.\(금\)까지만"):
            ask(review, dt.date(2027, 1, 4))
    assert again(review).clock.original_due == DUE


def test_o9_one_letter_tells_of_the_decision_and_of_the_deadline_it_moved(review: Review) -> None:
    officer = UserFactory(department=review.department)
    review = reviews.assign(review, officer, actor=head(review))
    asked = clocks.ask_extension(review, until=LATEST, reason="자료", actor=officer)
    before = Mail.objects.count()
    approve(asked, "자료를 갖추어 주세요.")
    assert (told("due_moved"), told("clock_decided")) == ([], [officer, head(review)])
    letters = Mail.objects.order_by("pk")[before:]
    assert [letter.recipient for letter in letters] == [officer, head(review)]
    assert Notice.objects.filter(kind="benchmarking.clock_decided")[0].body == (
        "2026. 12. 4.(금) → 2026. 12. 18.(금)\n자료를 갖추어 주세요."
    )
    assert "2026. 12. 18.(금)" in letters[0].email.message


def test_o9_a_reason_is_needed_to_ask_and_to_refuse(review: Review) -> None:
    with pytest.raises(Rejected) as rejected:
        ask(review, reason=" ")
    assert rejected.value.field == "reason"
    asked = ask(review)
    with pytest.raises(Rejected) as rejected:
        clocks.decide(asked, approve=False, note=" ", actor=planner())
    assert rejected.value.field == "note"
    clocks.decide(asked, approve=False, note="기한 안에 할 수 있습니다.", actor=planner())
    asked.refresh_from_db()
    assert (asked.state, asked.decision_note) == ("rejected", "기한 안에 할 수 있습니다.")
    assert (again(review).clock.due, steps(review)) == (DUE, ["ask_extension", "reject_extension"])
    assert Notice.objects.get(kind="benchmarking.clock_decided").body == "기한 안에 할 수 있습니다."


def test_o9_two_requests_of_a_kind_do_not_wait_at_once(review: Review) -> None:
    first = ask(review)
    with pytest.raises(Rejected, match="이미 있습니다"):
        ask(review, dt.date(2026, 12, 11))
    ask_pause(review, DAY)
    with pytest.raises(Rejected, match="이미 있습니다"):
        ask_pause(review, DAY)
    clocks.withdraw(first, actor=head(review))
    ask(review, dt.date(2026, 12, 11))
    assert sorted(ClockAdjustment.objects.values_list("kind", "state")) == [
        ("extension", "requested"), ("extension", "withdrawn"), ("pause", "requested"),
    ]  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_o9_one_request_is_decided_once_by_two_planners(review: Review) -> None:
    asked = ask(review)

    def decide(yes: bool) -> bool:
        try:
            with pretend(DAY):
                clocks.decide(asked, approve=yes, note="처리", actor=planner())
        except Rejected:
            return False
        return True

    results = at_once(lambda: decide(True), lambda: decide(False))
    assert sorted(results) == [False, True]
    assert (again(review).clock.due == LATEST) is results[0]


def test_o9_what_was_decided_is_neither_decided_again_nor_withdrawn(review: Review) -> None:
    asked = ask(review)
    approve(asked)
    for again_ in (True, False):
        with pytest.raises(Rejected, match="이미 처리된"):
            clocks.decide(asked, approve=again_, note="다시", actor=planner())
    with pytest.raises(Rejected, match="취하할 수 없습니다"):
        clocks.withdraw(asked, actor=head(review))


def test_o9_a_withdrawn_request_moves_nothing(review: Review) -> None:
    asked = ask(review)
    clocks.withdraw(asked, actor=head(review))
    asked.refresh_from_db()
    assert (asked.state, again(review).clock.due) == ("withdrawn", DUE)
    assert steps(review) == ["ask_extension", "withdraw_extension"]
    with pytest.raises(Rejected, match="이미 처리된"):
        approve(asked)


@pytest.mark.parametrize("who", ["colleague", "another department", "planner"])
def test_o9_the_reviewer_and_the_head_ask_planning_decides(review: Review, who: str) -> None:
    person = {
        "colleague": lambda: UserFactory(department=review.department),
        "another department": lambda: head_of(DepartmentFactory()),
        "planner": planner,
    }[who]()
    with pytest.raises(Refused, match="검토자와 부서장"):
        clocks.ask_extension(review, until=LATEST, reason="자료", actor=person)
    asked = ask(review)
    for other in {head(review), person} - {planner()}:
        with pytest.raises(Refused, match="기획예산과"):
            clocks.decide(asked, approve=True, note="", actor=other)
    if who != "planner":
        with pytest.raises(Refused):
            clocks.withdraw(asked, actor=person)


def test_o5_who_stands_in_for_the_reviewer_asks_and_it_is_recorded_so(review: Review) -> None:
    officer = UserFactory(department=review.department)
    review = reviews.assign(review, officer, actor=head(review))
    substitute = UserFactory()
    away(officer, substitute, DAY, DAY)
    clocks.ask_extension(review, until=LATEST, reason="자료", actor=fresh(substitute))
    row = history(review).last()
    assert (row.name, row.actor, row.principal) == ("ask_extension", substitute, officer)


# ---------------------------------------------------------------------------------------------- pause


def test_o9_a_pause_without_end_stops_the_clock_until_it_is_ended(review: Review) -> None:
    approve(ask_pause(review, DAY))
    with pretend(dt.date(2026, 12, 1)):
        deadlines.refresh_paused()
        review = again(review)
        assert review.clock.paused
        assert review.clock.due == dt.date(2026, 12, 15)  # 21 November to today: eleven days
        assert (again(review).case.next_due, told("due_moved")) == (None, [])
        clocks.resume(review, actor=head(review))
        with pytest.raises(Rejected, match="정지 중인 기한이 아닙니다"):
            clocks.resume(again(review), actor=head(review))
    review = again(review)
    assert (review.clock.paused, review.clock.due) == (False, dt.date(2026, 12, 14))
    assert review.case.next_due == dt.date(2026, 12, 14)
    pause = review.clock.adjustments.get()
    assert (pause.start, pause.end) == (DAY, dt.date(2026, 11, 30))
    assert told("due_moved") == [head(review)]
    assert steps(review) == ["ask_pause", "approve_pause", "resume"]


def test_o9_a_pause_with_an_end_adds_its_days_at_once(review: Review) -> None:
    approve(ask_pause(review, DAY, DAY + dt.timedelta(days=2)))
    clock = again(review).clock
    assert (clock.paused, clock.due, clock.original_due) == (False, dt.date(2026, 12, 7), DUE)


def test_o9_begun_and_ended_on_one_day_nothing_was_paused(review: Review) -> None:
    with pretend(DAY + dt.timedelta(days=3)):
        approve(ask_pause(review, DAY + dt.timedelta(days=3)))
        assert again(review).clock.due == dt.date(2026, 12, 7)  # 5 December is a Saturday
        clocks.resume(again(review), actor=planner())
    clock = again(review).clock
    assert (clock.paused, clock.due, clock.adjustments.get().state) == (False, DUE, "withdrawn")


def test_o9_a_withdrawn_or_refused_pause_stops_nothing(review: Review) -> None:
    clocks.withdraw(ask_pause(review, DAY), actor=head(review))
    clocks.decide(ask_pause(review, DAY), approve=False, note="필요 없음", actor=planner())
    assert (again(review).clock.paused, again(review).clock.due) == (False, DUE)


@pytest.mark.parametrize(
    ("start", "end", "field", "says"),
    [
        (1, None, "start", "오늘보다 늦습니다"),
        (-1, None, "start", "기산일"),
        (0, -1, "end", "시작일보다 빠릅니다"),
    ],
)
def test_o9_a_pause_begins_neither_before_the_clock_nor_in_the_future(
    review: Review, start: int, end: int | None, field: str, says: str
) -> None:
    days = [None if n is None else DAY + dt.timedelta(days=n) for n in (start, end)]
    with pytest.raises(Rejected, match=says) as rejected:
        ask_pause(review, days[0], days[1])  # type: ignore[arg-type]  # as the test needs it
    assert rejected.value.field == field


def test_o9_pauses_do_not_overlap_and_come_before_the_deadline(review: Review) -> None:
    approve(ask_pause(review, DAY, DAY + dt.timedelta(days=4)))
    with pytest.raises(Rejected, match="겹칩니다"):
        ask_pause(review, DAY, DAY)
    with pretend(dt.date(2026, 12, 20)), pytest.raises(Rejected, match="이미 지나"):
        ask_pause(review, dt.date(2026, 12, 20))


def test_o9_a_request_that_has_become_impossible_is_not_approved(review: Review) -> None:
    asked = ask_pause(review, DAY, DAY + dt.timedelta(days=4))
    other = ClockAdjustment.objects.create(
        clock=review.clock, kind="pause", state="approved", start=DAY, end=DAY, reason="먼저",
        requested_by=planner(),
    )  # fmt: skip
    with pytest.raises(Rejected, match="겹칩니다"):
        approve(asked)
    other.delete()
    answered(review)
    with pytest.raises(Rejected, match="이미 완료된"):
        approve(asked)


def test_o9_who_waits_or_planning_ends_a_pause_and_nobody_else(review: Review) -> None:
    approve(ask_pause(review, DAY))
    with pytest.raises(Refused):
        clocks.resume(review, actor=UserFactory(department=review.department))
    with pretend(DAY + dt.timedelta(days=1)):
        clocks.resume(review, actor=planner())
    assert not again(review).clock.paused


# ------------------------------------------------------------------------------- done, and open again


def test_o9_the_clock_stops_when_the_answer_is_complete(review: Review) -> None:
    with pretend(DUE):
        review = answered(review)
    clock = review.clock
    for act in (
        lambda: ask(review),
        lambda: ask_pause(review, DAY),
        lambda: clocks.resume(review, actor=head(review)),
    ):
        with pytest.raises(Rejected):
            act()
    holidays.declare(actor=planner(), day=DUE, name="임시공휴일", kind=Holiday.Kind.TEMPORARY)
    assert (again(review).clock.due, clock.closed_on) == (DUE, DUE)


def test_o9_an_answer_given_while_the_clock_stands_is_in_time(review: Review) -> None:
    """Also when the schedule has not moved the deadline since: the machine was off."""
    approve(ask_pause(review, DAY))
    with pretend(dt.date(2027, 1, 20)):
        review = answered(again(review))
    assert review.in_time is True
    assert (review.clock.paused, review.clock.due >= dt.date(2027, 1, 20)) == (False, True)
    assert review.clock.adjustments.get().end == dt.date(2027, 1, 19)


def test_o9_a_corrected_answer_has_the_time_left_that_it_had(review: Review) -> None:
    with pretend(DUE - dt.timedelta(days=4)):
        review = answered(review)
    mails = Mail.objects.count()
    with pretend(dt.date(2027, 3, 2)):
        reviews.reopen(review, reason="정정", actor=planner())
        assert again(review).clock.due == dt.date(2027, 3, 8)  # four days on is a Saturday
        assert answered(again(review)).in_time is True
    assert Mail.objects.count() == mails + 1
    assert "2027. 3. 8.(월)" in Mail.objects.latest("pk").email.message


def test_o9_a_late_answer_that_is_corrected_stays_late(review: Review) -> None:
    with pretend(DUE + dt.timedelta(days=1)):
        review = answered(review)
    with pretend(DUE + dt.timedelta(days=30)):
        reviews.reopen(review, reason="정정", actor=planner())
        assert again(review).clock.due == DUE
        assert answered(again(review)).in_time is False


def test_o9_a_correction_on_the_day_itself_moves_nothing(review: Review) -> None:
    review = answered(review)
    reviews.reopen(review, reason="정정", actor=planner())
    assert (again(review).clock.due, again(review).clock.adjustments.count()) == (DUE, 0)
