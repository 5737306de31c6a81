"""Reminders (B5), the call for re-review (B6), reminders of follow-ups: each once, whatever happens."""

import datetime as dt

import pytest
from django.db import transaction

from basis.errors import Rejected
from benchmarking.enums import Decision
from benchmarking.models import FollowUp, Review
from benchmarking.policies import REMIND_BEFORE, REREVIEW_MONTHS
from benchmarking.services import follow_ups, rereview
from core.duties import run_due
from core.models import Done, DutyLock
from core.now import pretend
from notifications.models import Mail, Notice
from notifications.policies import REMIND_FROM
from organization.enums import Role
from organization.models import User
from policies import services as policies
from reviews.services import clocks, reviews
from tests.factories import (
    CaseFactory,
    DepartmentFactory,
    ReviewFactory,
    UserFactory,
    answered,
    away,
    fresh,
    head,
    moved,
    planner,
)
from tests.shared import lived_on
from tests.threads import at_once

pytestmark = pytest.mark.django_db
SENT = dt.date(2026, 11, 20)
DUE = dt.date(2026, 12, 4)
_today = lived_on(SENT)


def day(offset: int) -> dt.date:
    """So many days after the deadline."""
    return DUE + dt.timedelta(days=offset)


def assigned(**case: object) -> tuple[Review, User]:
    review = ReviewFactory(case=CaseFactory(**case))
    reviewer = UserFactory(department=review.department)
    return reviews.assign(review, reviewer, actor=head(review)), reviewer


def tick(on: dt.date) -> int:
    """The schedule's tick on this day; the number of reminders made."""
    return run_due(on)["reminders"]


def reminded() -> list[tuple[User, str]]:
    """(who, what) in the order made."""
    rows = Notice.objects.filter(kind="notifications.reminder").order_by("pk")
    return [(notice.recipient, notice.title) for notice in rows]


def mails() -> list[Mail]:
    rows = Mail.objects.filter(kind="notifications.reminder")
    return list(rows.select_related("email", "recipient").order_by("pk"))


def told(review: Review, who: User, reviewer: User, state: str) -> tuple[User, str]:
    place = "" if who == reviewer else f"{review.department_name} · "
    return who, f"{review.case.code} {review.case.title} · {place}기한 2026. 12. 4.(금) ({state})"


# ------------------------------------------------------------------------------------------ when and to whom


def test_b5_each_reminder_comes_on_its_day_to_whom_it_concerns() -> None:
    review, reviewer = assigned()
    expected = {
        -7: (reviewer, "D-7"),
        -3: (reviewer, "D-3"),
        -1: (reviewer, "D-1"),
        0: (reviewer, "오늘 마감"),
        3: (reviewer, "3일 지남"),  # a Monday: the one of Saturday, worded for today
        7: (planner(), "7일 지남"),
    }
    for offset in range(-14, 30):
        before = len(reminded())
        made = tick(day(offset))
        new = reminded()[before:]
        assert made == len(new) == (offset in expected) + (offset == 3), offset
        if offset in expected:
            who, state = expected[offset]
            assert new[0] == told(review, who, reviewer, state)
        if offset == 3:
            assert new[1] == told(review, head(review), reviewer, "3일 지남")
    assert [mail.recipient for mail in mails()] == [*[reviewer] * 5, head(review), planner()]


def test_b5_ticks_that_repeat_double_nothing() -> None:
    assigned()
    for offset in (-7, -7, -6, 0, 0):
        tick(day(offset))
    assert len(reminded()) == 2  # the three of the last week in one
    assert len(mails()) == 2


def test_b5_after_weeks_off_each_is_told_once_of_each_thing_in_the_words_of_today() -> None:
    """The machine was off from the dispatch until eleven days after the deadline."""
    review, reviewer = assigned()
    other = reviews.assign(ReviewFactory(department=review.department), reviewer, actor=head(review))
    people = [reviewer, head(review), planner()]
    assert tick(day(11)) == 6
    assert reminded() == [
        told(each, who, reviewer, "11일 지남") for who in people for each in (review, other)
    ]
    by_person = {mail.recipient: mail.email for mail in mails()}
    assert len(mails()) == len(by_person) == 3
    text = by_person[reviewer].message
    for case in (review.case, other.case):
        assert text.count(case.title) == 1 + (case == review.case)  # as subject too
    assert text.count("11일 지남") == 3
    first = f"{review.case.code} {review.case.title} · 기한 2026. 12. 4.(금) (11일 지남)"
    assert by_person[reviewer].subject == f"[창의구정] {first} 외 1건"
    assert tick(day(11)) == tick(day(12)) == 0


@pytest.mark.parametrize(
    ("moment", "made"),
    [
        ("2026-11-27 07:59", 0),
        ("2026-11-27 08:00", 1),
        ("2026-11-27 17:59", 1),
        ("2026-11-27 18:00", 0),
        ("2026-11-28 10:00", 0),  # a Saturday
        ("2026-11-30 10:00", 1),
        ("2027-01-01 10:00", 0),  # a holiday
    ],
)
def test_b5_reminders_leave_in_office_hours_alone_and_wait_for_them(moment: str, made: int) -> None:
    _review, reviewer = assigned()
    at = dt.datetime.fromisoformat(f"{moment}+09:00")
    with pretend(at):
        assert (run_due()["reminders"] > 0) == bool(made)
    assert (reviewer in [who for who, _what in reminded()]) == bool(made)
    assert Done.objects.filter(key__startswith="remind:").exists() == bool(made)


def test_b5_the_office_hours_of_reminders_are_a_policy() -> None:
    assigned()
    policies.change(
        REMIND_FROM, value=10, effective_from=SENT, document="기획예산과-1", reason="늦춤", author=planner()
    )
    assert tick(day(-7)) == 0  # the tick is at nine
    with pretend(dt.datetime.fromisoformat("2026-11-27 10:00+09:00")):
        assert run_due()["reminders"] == 1


def test_b5_one_mail_a_person_and_day_however_many_cases() -> None:
    review, reviewer = assigned()
    for _n in range(3):
        reviews.assign(ReviewFactory(department=review.department), reviewer, actor=head(review))
    tick(day(-7))
    (mail,) = mails()
    assert (mail.recipient, len(reminded())) == (reviewer, 4)
    assert mail.email.message.count("D-7") == 5  # the first as subject too


def test_b5_the_policy_of_the_day_of_dispatch_says_when() -> None:
    old, _reviewer = assigned()
    policies.change(
        REMIND_BEFORE,
        value=[5],
        effective_from=SENT + dt.timedelta(days=1),
        document="기획예산과-1",
        reason="줄임",
        author=planner(),
    )
    with pretend(SENT + dt.timedelta(days=1)):
        new, _reviewer = assigned()
    for offset in range(-10, 1):
        tick(day(offset))
    told = [title.split()[0] for _who, title in reminded()]
    assert told.count(old.case.code) == 4
    assert told.count(new.case.code) == 1


def test_b5_nothing_is_reminded_before_the_day_after_the_notice() -> None:
    with pretend(SENT):
        policies.change(
            REMIND_BEFORE, value=[14, 13], effective_from=SENT, document="기획예산과-1", reason="늘림",
            author=planner(),
        )  # fmt: skip
        assigned()
    assert (tick(SENT), tick(SENT + dt.timedelta(days=3))) == (0, 1)  # after the weekend


# --------------------------------------------------------------------------------------- moved and paused


def test_b5_a_moved_deadline_is_reminded_anew() -> None:
    review, _reviewer = assigned()
    assert tick(day(-3)) == 1
    with pretend(day(-3)):
        asked = clocks.ask_extension(review, until=day(7), reason="자료", actor=head(review))
        clocks.decide(asked, approve=True, note="", actor=planner())
    assert [tick(day(offset)) for offset in range(-2, 8)] == [0, 0, 1, 0, 0, 0, 1, 0, 1, 1]
    assert "기한 2026. 12. 11.(금)" in reminded()[-1][1]


def test_b5_a_paused_clock_reminds_nobody_and_a_resumed_one_again() -> None:
    review, _reviewer = assigned()
    with pretend(day(-5)):
        asked = clocks.ask_pause(review, start=day(-5), end=None, reason="회신 대기", actor=head(review))
        clocks.decide(asked, approve=True, note="", actor=planner())
    assert [tick(day(offset)) for offset in (-4, 0, 7, 30)] == [0] * 4
    with pretend(day(31)):
        clocks.resume(review, actor=head(review))
    assert tick(day(31)) == 1  # seven days before the new deadline have passed
    assert tick(Review.objects.get().clock.due) == 1


@pytest.mark.parametrize("how", ["answered", "recalled"])
def test_b5_what_is_done_or_recalled_is_not_reminded(how: str) -> None:
    review, _reviewer = assigned()
    if how == "answered":
        answered(review)
    else:
        reviews.recall(review, reason="잘못", actor=planner())
    assert tick(day(7)) == 0


# ------------------------------------------------------------------------------------- people who are away


def test_b5_the_head_is_reminded_when_the_reviewer_has_moved_away() -> None:
    review, reviewer = assigned()
    moved(reviewer, DepartmentFactory())
    tick(day(-7))
    assert [who for who, _what in reminded()] == [head(review)]


def test_b5_the_head_is_reminded_when_nobody_is_named_or_the_account_is_closed() -> None:
    waiting = ReviewFactory()
    review, reviewer = assigned()
    User.objects.filter(pk=reviewer.pk).update(is_active=False)
    tick(day(-7))
    assert {who for who, _what in reminded()} == {head(waiting), head(review)}


def test_o5_who_stands_in_is_reminded_too_along_the_chain() -> None:
    _review, reviewer = assigned()
    first, second = UserFactory.create_batch(2)
    away(reviewer, first, day(-7), day(-7))
    away(first, second, day(-7), day(-5))
    tick(day(-7))
    assert {who for who, _what in reminded()} == {reviewer, second}
    assert {mail.recipient for mail in mails()} == {reviewer, second}
    tick(day(-3))
    assert [who for who, _what in reminded()[2:]] == [reviewer]


def test_o5_a_substitute_with_the_same_work_gets_one_mail() -> None:
    review, reviewer = assigned()
    away(reviewer, head(review), day(-7), day(3))
    tick(day(3))
    assert sorted(mail.recipient.pk for mail in mails()) == sorted([reviewer.pk, head(review).pk])


def test_b5_everyone_in_planning_hears_of_the_late_ones() -> None:
    assigned()
    second = UserFactory(roles=[Role.PLANNING])
    former = UserFactory(roles=[Role.PLANNING])
    former.role_assignments.update(valid_to=day(6))
    tick(day(7))
    heard = {who for who, _what in reminded()}
    assert {planner(), second} <= heard
    assert former not in heard


# ------------------------------------------------------------------------------------------- two at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_b5_two_schedulers_at_once_make_each_reminder_once() -> None:
    for _n in range(3):
        assigned()
    made = at_once(*[lambda: tick(day(7))] * 4)
    assert sorted(made) == [0, 0, 0, 9]
    assert (len(reminded()), Done.objects.filter(key__startswith="remind:").count()) == (9, 21)
    assert len(mails()) == 7


def test_b5_a_tick_that_breaks_off_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assigned()

    def fail(*_args: object, **_values: object) -> None:
        raise ValueError("broken off")

    with monkeypatch.context() as patch:
        patch.setattr("notifications.reminders.queue_mail", fail)
        with pytest.raises(ValueError, match="broken off"):
            tick(day(-7))
        assert (reminded(), mails()) == ([], [])
        assert DutyLock.objects.get(name="rereview").last_day == day(-7)  # the other duties were done
    assert tick(day(-7)) == 1
    assert (len(reminded()), len(mails())) == (1, 1)


# -------------------------------------------------------------------------------------- re-review (B6)


def long_term(on: dt.date) -> None:
    with pretend(on):
        answered(ReviewFactory(), Decision.LONG_TERM)


def calls() -> list[str]:
    rows = Notice.objects.filter(kind="benchmarking.rereview", recipient=planner()).order_by("pk")
    return [notice.title for notice in rows]


def call(on: dt.date) -> int:
    with pretend(on), transaction.atomic():
        return rereview.call_for_rereview(on)


def test_b6_planning_is_called_once_in_each_july_and_january() -> None:
    long_term(dt.date(2026, 3, 2))
    long_term(dt.date(2026, 6, 30))
    days = [dt.date(2026, 6, 30), *[dt.date(2026, 7, n) for n in (1, 2, 31)], dt.date(2026, 10, 1)]
    assert [call(on) for on in days] == [0, 1, 0, 0, 0]
    assert [call(dt.date(2027, 1, n)) for n in (1, 4)] == [1, 0]
    assert calls() == ["장기검토 사례 2건을 다시 검토할 때입니다"] * 2


def test_b6_what_was_decided_in_the_month_itself_waits_for_the_next_half_year() -> None:
    long_term(dt.date(2026, 7, 1))
    assert call(dt.date(2026, 7, 2)) == 0
    assert call(dt.date(2027, 1, 2)) == 1


def test_b6_a_call_missed_for_the_whole_month_is_made_at_the_next_start() -> None:
    long_term(dt.date(2026, 3, 2))
    assert [call(dt.date(2026, 9, 15)), call(dt.date(2026, 9, 16))] == [1, 0]
    assert call(dt.date(2027, 1, 2)) == 1


def test_b6_only_long_term_cases_that_still_wait_are_counted() -> None:
    long_term(dt.date(2026, 3, 2))
    with pretend(dt.date(2026, 3, 2)):
        for decision in (Decision.KEEP, Decision.IN_FORCE, Decision.ADOPT):
            answered(ReviewFactory(), decision)
        again = answered(ReviewFactory(), Decision.LONG_TERM)
        ReviewFactory(case=again.case)
    assert call(dt.date(2026, 7, 1)) == 1
    assert calls() == ["장기검토 사례 1건을 다시 검토할 때입니다"]
    assert call(dt.date(2025, 7, 1)) == 0


def test_b6_the_months_are_a_policy() -> None:
    long_term(dt.date(2026, 3, 2))
    policies.change(
        REREVIEW_MONTHS,
        value=[12],
        effective_from=SENT,
        document="기획예산과-1",
        reason="변경",
        author=planner(),
    )
    assert call(dt.date(2026, 12, 1)) == 1
    assert call(dt.date(2027, 1, 2)) == 0


# ---------------------------------------------------------------------------------- follow-ups (B7)


def adopted(planned: dt.date) -> FollowUp:
    review = answered(ReviewFactory(), Decision.ADOPT, plan_on=planned)
    return FollowUp.objects.select_related("review__case").get(review=review)


def test_b7_the_planned_day_is_reminded_30_and_7_days_before_and_on_the_day() -> None:
    planned = dt.date(2027, 3, 2)
    follow_up = adopted(planned)
    on = {
        offset: tick(planned + dt.timedelta(days=offset)) for offset in (-31, -30, -29, -8, -7, -1, 0, 1, 9)
    }
    assert {offset for offset, made in on.items() if made} == {
        -29,
        -7,
        0,
    }  # the first on a Monday: the day before is a Sunday
    assert {who for who, _what in reminded()} == {head(follow_up.review)}
    assert "업무반영 예정" in reminded()[0][1]


def test_b7_a_moved_day_is_reminded_anew_and_what_is_reported_no_more() -> None:
    planned = dt.date(2027, 3, 2)
    follow_up = adopted(planned)
    assert tick(planned) == 1
    with pretend(planned):
        later = planned + dt.timedelta(days=7)
        follow_ups.move(follow_up, planned_on=later, reason="지연", actor=fresh(head(follow_up.review)))
    assert tick(planned) == 1
    follow_ups.drop(follow_up, reason="중단", actor=head(follow_up.review))
    assert tick(later) == 0


@pytest.mark.parametrize("months", [[13], [7, 0]])
def test_b6_re_review_is_called_for_in_months_that_exist(months: list[int]) -> None:
    with pytest.raises(Rejected) as rejected:
        policies.check(REREVIEW_MONTHS, months)
    assert rejected.value.field == "value"
    assert policies.check(REREVIEW_MONTHS, [12, 1]) == [1, 12]
