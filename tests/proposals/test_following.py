"""What was adopted is followed: milestones, checks, the proposer's answer, the effect (P6, P8, P14, P16)."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from basis.formats import date_weekday
from core import duties
from core.now import pretend
from core.transition import history
from core.work.verify import differences
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.enums import Role
from proposals.enums import Grade, MilestoneKind, Progress, UndertakingState, Verdict
from proposals.models import Check, Effect, Milestone, Reply, Undertaking
from proposals.selectors import following as selectors
from proposals.services import following, receiving, replies, watching
from tests import factories as make
from tests.proposals.made import (
    CONTENT,
    adopted,
    browser_of,
    carried_out,
    entered,
    mine,
    proposer_of,
    sent,
)
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)
D, WEEK = dt.date, dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def again(undertaking: Undertaking) -> Undertaking:
    return Undertaking.objects.select_related("proposal", "department").get(pk=undertaking.pk)


def staff_of(undertaking: Undertaking) -> Any:
    return make.UserFactory(department=undertaking.department)


def titles_of(user: Any) -> list[str]:
    return [str(todo.verb) for todo in todos_of(make.fresh(user))]


def public_text(undertaking: Undertaking) -> str:
    one = undertaking.proposal
    return Client().get(reverse("proposals:public", args=[one.year, one.number])).content.decode()


# ----------------------------------------------------------------------------------------- days and slippage


def test_p8_an_adopted_proposal_is_followed_by_its_department_for_three_years() -> None:
    undertaking = adopted()
    assert (undertaking.state, undertaking.begun_on) == (UndertakingState.PLANNED, DAY)
    assert undertaking.until == D(2029, 11, 2)
    (step,) = undertaking.milestones.all()
    assert (step.kind, step.first_on, step.planned_on) == (
        MilestoneKind.CARRY_OUT,
        undertaking.planned_on,
        undertaking.first_on,
    )
    head = make.head_of(undertaking.department)
    assert "시행하고 보고하기" in titles_of(head)
    with pretend(D(2029, 11, 2)):
        assert watching.close_old(D(2029, 11, 2)) == 0
    with pretend(D(2029, 11, 3)):
        assert watching.close_old(D(2029, 11, 3)) == 1
        assert again(undertaking).state == UndertakingState.CLOSED
    assert not titles_of(head)


def test_p8_the_steps_before_have_days_of_their_own_and_are_done_first() -> None:
    undertaking = adopted()
    person = staff_of(undertaking)
    late = {"plan": undertaking.planned_on + WEEK, "budget": None}
    with pytest.raises(Rejected) as refused:
        following.schedule(undertaking, late, actor=person)
    assert refused.value.field == "plan"
    with pytest.raises(Rejected):
        following.schedule(undertaking, {"plan": None}, actor=person)
    following.schedule(undertaking, {"plan": DAY + WEEK, "budget": DAY + 3 * WEEK}, actor=person)
    with pytest.raises(Rejected):
        following.schedule(undertaking, {"plan": DAY + 2 * WEEK}, actor=person)
    head = make.head_of(undertaking.department)
    (todo,) = todos_of(make.fresh(head))
    assert (str(todo.verb), todo.due) == ("계획과 예산 단계 마치기", DAY + WEEK)
    following.reach(undertaking, MilestoneKind.PLAN, DAY, actor=person)
    with pytest.raises(Rejected) as refused:
        following.reach(undertaking, MilestoneKind.CARRY_OUT, DAY, actor=person)
    assert refused.value.field == "kind"
    with pytest.raises(Rejected):
        following.reach(undertaking, MilestoneKind.BUDGET, DAY + WEEK, actor=person)
    (todo,) = todos_of(make.fresh(head))
    assert todo.due == DAY + 3 * WEEK
    assert [step.name for step in selectors.steps_of(undertaking)] == ["계획", "예산", "시행"]
    assert not differences()


def test_p6_slippage_needs_a_new_day_and_a_reason_and_everybody_reads_both() -> None:
    person = make.UserFactory()
    made = receiving.propose(CONTENT, [{"user": person}], actor=person)
    undertaking = adopted(made)
    planned, actor = undertaking.planned_on, staff_of(undertaking)
    for day, reason, field in (
        (planned + WEEK, " ", "reason"),
        (planned, "사유", "day"),
        (DAY - WEEK, "사유", "day"),
    ):
        with pytest.raises(Rejected) as refused:
            following.move(undertaking, MilestoneKind.CARRY_OUT, day, reason=reason, actor=actor)
        assert refused.value.field == field
    with pytest.raises(Refused):
        following.move(
            undertaking, MilestoneKind.CARRY_OUT, planned + WEEK, reason="사유", actor=make.UserFactory()
        )
    following.move(undertaking, MilestoneKind.CARRY_OUT, planned + WEEK, reason="공사 지연", actor=actor)
    undertaking = again(undertaking)
    assert (undertaking.first_on, undertaking.planned_on) == (planned, planned + WEEK)
    text = public_text(undertaking)
    assert "7일 늦어짐" in text
    assert "공사 지연" in text
    assert Notice.objects.filter(recipient=person, kind="proposals.slipped").exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    moves=st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=6), done=st.integers(0, 500)
)
def test_p8_the_first_day_stays_whatever_moves_and_slippage_is_what_lies_between(
    moves: list[int], done: int
) -> None:
    first = DAY + dt.timedelta(days=100)
    undertaking = adopted(carry_out_on=first)
    actor, present = staff_of(undertaking), first
    for days in moves:
        day = DAY + dt.timedelta(days=days)
        if day == present:
            continue
        following.move(undertaking, MilestoneKind.CARRY_OUT, day, reason="사유", actor=actor)
        present = day
    step = Milestone.objects.get(undertaking=undertaking)
    assert (step.first_on, step.planned_on) == (first, present)
    slips = list(step.slips.all())
    assert [one.was_on for one in slips] == [first, *(one.now_on for one in slips)][: len(slips)]
    assert step.slipped == max((present - first).days, 0)
    with pretend(DAY + dt.timedelta(days=done)):
        following.report(undertaking, day=DAY + dt.timedelta(days=done), result="함", actor=actor)
        following.confirm(undertaking, actor=make.planner())
        step.refresh_from_db()
        assert step.slipped == max(done - 100, 0)
        assert not step.is_late


# ------------------------------------------------------------------------------------------ quarterly checks


def test_p8_every_quarter_is_checked_and_what_was_missed_while_the_machine_was_off_too() -> None:
    undertaking = adopted(carry_out_on=D(2027, 12, 1))
    head = make.head_of(undertaking.department)
    with pretend(D(2026, 12, 16)):
        assert watching.open_checks(D(2026, 12, 16)) == 0
    with pretend(D(2026, 12, 17)):
        assert watching.open_checks(D(2026, 12, 17)) == 1
        assert watching.open_checks(D(2026, 12, 17)) == 0
        assert "분기 이행 점검 답하기" in titles_of(head)
        with pytest.raises(Rejected) as refused:
            following.check(undertaking, progress=Progress.DELAYED, text="", actor=head)
        assert refused.value.field == "text"
        following.check(undertaking, progress=Progress.ON_PLAN, text="", actor=head)
        assert "분기 이행 점검 답하기" not in titles_of(head)
        with pytest.raises(Rejected):
            following.check(undertaking, progress=Progress.ON_PLAN, text="", actor=head)
    with pretend(D(2027, 9, 20)):
        assert watching.open_checks(D(2027, 9, 20)) == 3
        rows = Check.objects.filter(undertaking=undertaking)
        assert [(one.year, one.quarter, one.due) for one in rows] == [
            (2026, 4, D(2026, 12, 31)),
            (2027, 1, D(2027, 3, 31)),
            (2027, 2, D(2027, 6, 30)),
            (2027, 3, D(2027, 9, 30)),
        ]
        assert [one.is_missing for one in rows] == [False, True, True, False]
        assert Undertaking.objects.marked().get().lacks_check
        following.check(undertaking, progress=Progress.DELAYED, text="예산", actor=head)
        assert not differences()


def test_p8_a_machine_that_was_off_for_years_checks_no_further_than_the_following_went() -> None:
    undertaking = adopted()
    later = undertaking.until + dt.timedelta(days=1000)
    with pretend(later):
        made = watching.open_checks(later)
    assert made == undertaking.checks.count() == 12
    last = undertaking.checks.order_by("-opened_on").first()
    assert last is not None
    assert last.opened_on <= undertaking.until


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(0, 120), steps=st.lists(st.integers(0, 120), max_size=8))
def test_p8_whenever_the_schedule_runs_each_quarter_has_one_check(start: int, steps: list[int]) -> None:
    """Ticks missed or doubled: the same as ticking every day."""
    begun = DAY + dt.timedelta(days=start)
    with pretend(begun):
        undertaking = adopted()
    day = begun
    for days in [*steps, 0]:
        day += dt.timedelta(days=days)
        with pretend(day):
            watching.open_checks(day)
    opened = [one.opened_on for one in undertaking.checks.all()]
    assert all(begun < one <= day for one in opened)
    last = opened[-1] if opened else begun
    assert (day - last).days < 93 + 15
    assert all(80 <= (b - a).days <= 93 for a, b in pairwise(opened))


# ------------------------------------------------------------------------------------------ carried out, asked


def test_p8_the_first_page_says_what_is_done_and_what_is_still_to_come() -> None:
    undertaking = adopted()

    def said() -> str:
        return Client().get(reverse("proposals:home")).content.decode()

    assert f"{date_weekday(undertaking.planned_on)} 시행 예정" in said()
    carried_out(undertaking)
    assert "시행 예정" not in said()
    assert f"{date_weekday(DAY)} 시행" in said()


def test_d9_who_reported_or_proposed_does_not_confirm() -> None:
    planner, other = make.planner(), make.UserFactory(roles=[Role.PLANNING])
    undertaking = adopted()
    following.report(undertaking, day=DAY, result="함", actor=planner)
    with pytest.raises(Refused):
        following.confirm(undertaking, actor=make.fresh(planner))
    following.send_back(undertaking, reason="사진을 더", actor=make.fresh(other))
    assert again(undertaking).carried_out_on is None
    made = receiving.propose(CONTENT, [{"user": other}], actor=other)
    own = adopted(made)
    following.report(own, day=DAY, result="함", actor=staff_of(own))
    with pytest.raises(Refused):
        following.confirm(own, actor=make.fresh(other))


def test_p8_four_weeks_after_it_was_carried_out_the_proposer_is_asked_and_no_opens_it_anew() -> None:
    proposal, token = sent()
    undertaking = carried_out(adopted(proposal))
    head = make.head_of(undertaking.department)
    citizen, answer = browser_of(token), mine(proposal, "answer")
    with pretend(DAY + dt.timedelta(days=27)):
        assert watching.ask_proposers(DAY + dt.timedelta(days=27)) == 0
    day = DAY + dt.timedelta(days=28)
    with pretend(day):
        assert watching.ask_proposers(day) == 1
        assert watching.ask_proposers(day) == 0
        page = citizen.get(mine(proposal)).content.decode()
        assert answer in page
        assert citizen.get(answer).status_code == 200
        assert not Reply.objects.get().answered_on  # a GET says nothing
        told = citizen.post(answer, {"verdict": "not_done", "text": "벨이 울리지 않습니다. 010-1234-5678"})
        assert told.status_code == 302
        undertaking = again(undertaking)
        assert (undertaking.state, undertaking.verdict) == (UndertakingState.PLANNED, Verdict.NOT_DONE)
        assert undertaking.carried_out_on is None
        assert undertaking.milestones.get().done_on is None
        assert "시행하고 보고하기" in titles_of(head)
        for person in (head, make.planner()):
            assert Notice.objects.filter(recipient=person, kind="proposals.denied").exists()
        text = public_text(undertaking)
        assert "안 되었다" in text
        assert "010-1234-5678" not in text
        assert not any("울리지" in row.reason for row in history(undertaking))
        assert answer not in citizen.get(mine(proposal)).content.decode()
        with pytest.raises(Rejected):
            replies.answer(undertaking, Verdict.DONE, actor=proposer_of(proposal))
        # carried out again, asked again, answered again
        carried_out(undertaking, head)
    later = day + dt.timedelta(days=28)
    with pretend(later):
        assert watching.ask_proposers(later) == 1
        replies.answer(undertaking, Verdict.DONE, actor=proposer_of(proposal))
        undertaking = again(undertaking)
        assert (undertaking.state, undertaking.verdict) == (UndertakingState.CARRIED_OUT, Verdict.DONE)
        assert [one.verdict for one in undertaking.replies.all()] == [Verdict.NOT_DONE, Verdict.DONE]
        assert not differences()


def test_p8_staff_who_proposed_are_asked_by_a_to_do_and_nobody_else_answers() -> None:
    person, colleague = make.UserFactory(), make.UserFactory()
    made = receiving.propose(CONTENT, [{"user": person}], actor=person)
    undertaking = carried_out(adopted(made))
    day = DAY + dt.timedelta(days=28)
    with pretend(day):
        watching.ask_proposers(day)
        assert "제안이 되었는지 답하기" in titles_of(person)
        assert Notice.objects.filter(recipient=person, kind="proposals.asked").exists()
        for other in (colleague, make.planner(), staff_of(undertaking), proposer_of(sent()[0])):
            with pytest.raises(Refused):
                replies.answer(undertaking, Verdict.DONE, actor=other)
        client = Client()
        client.force_login(person)
        answer = reverse("proposals:desk_answer", args=[made.pk])
        assert client.post(answer, {"verdict": "partly"}).status_code == 302
        assert "제안이 되었는지 답하기" not in titles_of(person)
        assert again(undertaking).verdict == Verdict.PARTLY


@pytest.mark.django_db(transaction=True)
def test_p8_an_answer_sent_twice_at_once_counts_once() -> None:
    proposal, _token = sent()
    undertaking = carried_out(adopted(proposal))
    day = DAY + dt.timedelta(days=28)
    with pretend(day):
        duties.run_due(day)
    bearer = proposer_of(proposal)

    def answer() -> str:
        with pretend(day):
            try:
                replies.answer(undertaking, Verdict.NOT_DONE, actor=bearer)
            except Rejected:
                return "no"
            return "yes"

    assert sorted(at_once(answer, answer)) == ["no", "yes"]
    assert Reply.objects.count() == 1
    assert history(undertaking).filter(name="deny").count() == 1


# ---------------------------------------------------------------------------------------------------- effect


@pytest.mark.parametrize(
    ("net", "grade"),
    [
        (100_000_000, Grade.A),
        (99_999_999, Grade.B),
        (10_000_000, Grade.C),
        (1_000_000, Grade.D),
        (-5, Grade.E),
    ],
)
def test_p14_the_grade_follows_from_what_is_left_of_the_effect(net: int, grade: Grade) -> None:
    assert replies.grade_of(net) == grade


def test_p14_the_effect_of_a_year_from_the_first_is_graded_by_another_and_stands_in_the_figures() -> None:
    undertaking = adopted()
    person, other = staff_of(undertaking), make.UserFactory(roles=[Role.PLANNING])
    head = make.head_of(undertaking.department)
    following.report(undertaking, day=DAY, effect_from=DAY, result="달았습니다.", actor=person)
    following.confirm(undertaking, actor=make.planner())
    assert again(undertaking).effect_due == D(2027, 11, 2)
    with pretend(D(2027, 11, 2)):
        assert watching.ask_effects(D(2027, 11, 2)) == 0
        with pytest.raises(Rejected):
            replies.report_effect(undertaking, saving=1, cost=0, words="", actor=person)
    with pretend(D(2027, 11, 3)):
        assert watching.ask_effects(D(2027, 11, 3)) == 1
        assert watching.ask_effects(D(2027, 11, 3)) == 0
        assert "시행 효과 제출하기" in titles_of(head)
        for values, field in (
            ({"saving": None, "cost": None, "words": " "}, "saving"),
            ({"saving": 5, "cost": None, "words": ""}, "cost"),
        ):
            with pytest.raises(Rejected) as refused:
                replies.report_effect(undertaking, **values, actor=person)  # type: ignore[arg-type]  # of many kinds, on purpose
            assert refused.value.field == field
        replies.report_effect(undertaking, saving=70_000_000, cost=10_000_000, words="", actor=other)
        with pytest.raises(Refused):
            replies.grade(undertaking, Grade.B, reason="", actor=make.fresh(other))
        replies.return_effect(undertaking, reason="다시", actor=make.planner())
        replies.report_effect(undertaking, saving=70_000_000, cost=10_000_000, words="", actor=person)
        assert Effect.objects.get().net == 60_000_000
        with pytest.raises(Rejected) as refused:
            replies.grade(undertaking, Grade.A, reason="", actor=make.planner())
        assert refused.value.field == "reason"
        replies.grade(undertaking, Grade.B, reason="", actor=make.planner())
        figures = selectors.effects_of_year(2027)
        assert (figures.graded[Grade.B], figures.net, figures.adopted) == (1, 60_000_000, 0)
        assert selectors.effects_of_year(2026).carried_out == 1
        assert "60,000,000원" in public_text(undertaking)
        assert not differences()


def test_p14_an_effect_in_words_is_graded_with_a_reason() -> None:
    undertaking = carried_out(adopted())
    with pretend(D(2027, 12, 1)):
        watching.ask_effects(D(2027, 12, 1))
        replies.report_effect(
            undertaking, saving=None, cost=None, words="밤에 안심합니다.", actor=staff_of(undertaking)
        )
        with pytest.raises(Rejected):
            replies.grade(undertaking, Grade.C, reason="", actor=make.planner())
        replies.grade(undertaking, Grade.C, reason="이용자 조사", actor=make.planner())
    assert Effect.objects.get().net is None


def test_p16_a_favour_goes_to_the_main_proposer_and_who_carried_it_out_may_be_named() -> None:
    one, two = make.UserFactory(), make.UserFactory()
    shares: Any = [{"user": one, "share": 40, "is_main": False}, {"user": two, "share": 60, "is_main": True}]
    undertaking = adopted(receiving.propose(CONTENT, shares, actor=one))
    assert selectors.favoured(undertaking.proposal) == two
    assert selectors.favoured(entered()) is None
    person = staff_of(undertaking)
    carried_out(undertaking, person)
    with pytest.raises(Rejected):
        following.name(undertaking, reason="빨리 했습니다.", actor=make.planner())
    with pytest.raises(Rejected):
        following.assign(undertaking, one, actor=make.planner())
    following.assign(undertaking, person, actor=make.planner())
    following.name(undertaking, reason="빨리 했습니다.", actor=make.planner())
    assert again(undertaking).named_on == DAY


# --------------------------------------------------------------------------------------------- pages, mergers


def test_p8_planning_gives_up_with_a_reason_that_everybody_reads_and_takes_it_up_again() -> None:
    undertaking = adopted()
    with pytest.raises(Refused):
        following.drop(undertaking, reason="그만", actor=staff_of(undertaking))
    following.drop(undertaking, reason="법이 바뀜", actor=make.planner())
    assert "이행 중단" in public_text(undertaking)
    following.resume(undertaking, reason="다시", actor=make.planner())
    assert again(undertaking).state == UndertakingState.PLANNED


def test_o1_what_a_merged_department_promised_goes_to_its_successor() -> None:
    undertaking, done = adopted(), adopted(entered(title="다른 제안"))
    old, new = undertaking.department, make.DepartmentFactory()
    Undertaking.objects.filter(pk=done.pk).update(department=old, state=UndertakingState.CLOSED)
    following.department_merged(old, new, make.planner())
    assert again(undertaking).department == new
    assert again(undertaking).department_name == new.name
    assert again(done).department == old
    assert following.open_of(new) == 1
    assert "시행하고 보고하기" in titles_of(make.head_of(new))


def test_p8_the_pages_of_an_undertaking_lead_through_it() -> None:
    undertaking = adopted()
    person, stranger = staff_of(undertaking), make.UserFactory()
    make.head_of(undertaking.department)
    client = Client()
    client.force_login(person)
    page = reverse("proposals:undertaking", args=[undertaking.pk])
    assert client.get(page).status_code == 200
    moved = client.post(f"{page}move/", {"kind": "carry_out", "day": "2027-05-03", "reason": "공사 지연"})
    assert moved.status_code == 302
    assert client.post(f"{page}schedule/", {"plan": "2026-11-20"}).status_code == 302
    assert client.post(f"{page}reach/", {"kind": "plan", "day": "2026-11-02"}).status_code == 302
    assert client.post(f"{page}report/", {"day": "2026-11-02", "result": "열 곳"}).status_code == 302
    text = client.get(page).content.decode()
    assert "공사 지연" in text
    assert "시행 확인하기" in text
    assert client.post(f"{page}confirm/").status_code == 403
    other = Client()
    other.force_login(stranger)
    assert other.get(page).status_code == 404
    listed = client.get(reverse("proposals:undertakings"))
    assert undertaking.proposal.title in listed.content.decode()
    planner = Client()
    planner.force_login(make.planner())
    version = again(undertaking).version
    assert planner.post(f"{page}confirm/", {"version": version}).status_code == 302
    assert again(undertaking).state == UndertakingState.CARRIED_OUT


def test_p8_the_schedule_does_it_all() -> None:
    undertaking = carried_out(adopted())
    with pretend(D(2026, 12, 20)):
        done = duties.run_due(D(2026, 12, 20))
    assert (done["proposals.ask_proposers"], done["proposals.checks"]) == (1, 1)
    assert again(undertaking).replies.count() == 1
