"""What was adopted is followed until it is part of the work (B7)."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from basis.errors import Refused, Rejected
from benchmarking.enums import CaseState, Decision, FollowUpState
from benchmarking.models import Case, FollowUp, Review
from benchmarking.services import follow_ups
from core import attachments
from core.transition import history
from notifications.models import Notice
from organization.models import User
from reviews.services import reviews
from tests.factories import (
    CaseFactory,
    DepartmentFactory,
    ReviewFactory,
    UserFactory,
    answered,
    head,
    head_of,
    planner,
)
from tests.shared import lived_on
from visits.models import FieldVisit
from visits.services import corrections

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 10)
PLANNED = dt.date(2026, 12, 1)
_today = lived_on(DAY)


def adopted(case: Case | None = None) -> FollowUp:
    review = ReviewFactory(case=case) if case else ReviewFactory()
    return follow_up_of(answered(review, Decision.ADOPT, plan_on=PLANNED))


def follow_up_of(review: Review) -> FollowUp:
    return FollowUp.objects.select_related("review__case").get(review=review)


def again(follow_up: FollowUp) -> FollowUp:
    return FollowUp.objects.select_related("review__case").get(pk=follow_up.pk)


def both_adopt() -> tuple[FollowUp, FollowUp]:
    case = CaseFactory()
    asked = [ReviewFactory(case=case) for _n in range(2)]
    for review in asked:
        answered(review, Decision.ADOPT, plan_on=PLANNED)
    return follow_up_of(asked[0]), follow_up_of(asked[1])


def chief(follow_up: FollowUp) -> User:
    return head(follow_up.review)


def report(follow_up: FollowUp, day: dt.date = DAY, *, evidence: bool = True) -> None:
    files = [SimpleUploadedFile("사진.txt", b"done")] if evidence else []
    follow_ups.report(
        follow_up, implemented_on=day, result="시범 운영을 시작했습니다.", files=files, actor=chief(follow_up)
    )


def confirm(follow_up: FollowUp) -> None:
    follow_ups.confirm(follow_up, actor=planner())


def implemented(follow_up: FollowUp) -> FollowUp:
    report(follow_up)
    confirm(follow_up)
    return again(follow_up)


def case_of(follow_up: FollowUp) -> Case:
    return Case.objects.get(pk=follow_up.review.case_id)


def steps(follow_up: FollowUp) -> list[str]:
    return [row.name for row in history(follow_up)]


# -------------------------------------------------------------------------------------- begin and slip


def test_b7_each_adopting_department_is_followed_from_its_plan() -> None:
    case = CaseFactory()
    asked = [ReviewFactory(case=case) for _n in range(3)]
    for review, decision in zip(asked, (Decision.ADOPT, Decision.KEEP, Decision.ADOPT), strict=True):
        answered(review, decision, **({"plan_on": PLANNED} if decision == Decision.ADOPT else {}))
        assert not FollowUp.objects.exists() or review == asked[2]  # only once the case is decided
    assert {f.review for f in FollowUp.objects.all()} == {asked[0], asked[2]}
    for follow_up in FollowUp.objects.all():
        assert (follow_up.state, follow_up.planned_on, follow_up.first_planned_on) == (
            FollowUpState.PLANNED, PLANNED, PLANNED,
        )  # fmt: skip


def test_b7_slippage_needs_a_new_date_and_a_reason_and_keeps_the_first_date() -> None:
    follow_up = adopted()
    later = PLANNED + dt.timedelta(days=31)
    for to, reason, field in ((DAY - dt.timedelta(days=1), "지연", "planned_on"), (later, "", "reason")):
        with pytest.raises(Rejected) as rejected:
            follow_ups.move(follow_up, planned_on=to, reason=reason, actor=chief(follow_up))
        assert rejected.value.field == field
    assert again(follow_up).planned_on == PLANNED
    follow_ups.move(follow_up, planned_on=later, reason="예산 확보 지연", actor=chief(follow_up))
    follow_ups.move(follow_up, planned_on=later + dt.timedelta(days=1), reason="다시 지연", actor=planner())
    follow_up = again(follow_up)
    assert (follow_up.first_planned_on, follow_up.planned_on) == (PLANNED, later + dt.timedelta(days=1))
    row = history(follow_up).first()
    assert (row.name, row.reason, row.actor, row.from_state, row.to_state) == (
        "move", "예산 확보 지연", chief(follow_up), "planned", "planned",
    )  # fmt: skip
    assert row.data == {"from": "2026. 12. 1.(화)", "to": "2027. 1. 1.(금)"}


# --------------------------------------------------------------------------------- report and confirm


def test_b7_a_report_needs_evidence_what_was_done_and_a_day_that_has_come() -> None:
    follow_up = adopted()
    actor = chief(follow_up)
    for day, result, field in (
        (DAY + dt.timedelta(days=1), "시작", "implemented_on"),
        (DAY, " ", "result"),
        (DAY, "시작", "attachments"),
    ):
        with pytest.raises(Rejected) as rejected:
            follow_ups.report(follow_up, implemented_on=day, result=result, actor=actor)
        assert rejected.value.field == field
    bad = SimpleUploadedFile("사진.png", b"<svg onload=alert(1)>")
    with pytest.raises(Rejected) as rejected:
        follow_ups.report(follow_up, implemented_on=DAY, result="시작", files=[bad], actor=actor)
    assert rejected.value.field == "attachments"
    assert again(follow_up).state == FollowUpState.PLANNED
    report(follow_up)
    follow_up = again(follow_up)
    assert (follow_up.state, follow_up.implemented_on, follow_up.reported_by) == ("reported", DAY, actor)
    assert [file.name for file in attachments.files_of(follow_up)] == ["사진.txt"]
    assert Notice.objects.get(kind="benchmarking.follow_up_reported").recipient == planner()


def test_b7_the_case_is_implemented_when_all_adopting_departments_are_confirmed() -> None:
    first, second = both_adopt()
    implemented(first)
    assert case_of(first).state == CaseState.DECIDED
    report(second, DAY - dt.timedelta(days=3))
    assert case_of(first).state == CaseState.DECIDED
    confirm(second)
    case = case_of(first)
    assert (case.state, case.implemented_on) == (CaseState.IMPLEMENTED, DAY)
    assert (again(second).state, again(second).confirmed_by) == ("confirmed", planner())
    assert history(case).last().name == "implement"
    assert Notice.objects.filter(kind="benchmarking.follow_up_answered").count() == 2


def test_b7_a_confirmation_is_undone_with_a_reason_and_the_case_with_it() -> None:
    follow_up = implemented(adopted())
    with pytest.raises(Rejected) as rejected:
        follow_ups.undo_confirm(follow_up, reason=" ", actor=planner())
    assert rejected.value.field == "reason"
    follow_ups.undo_confirm(follow_up, reason="다른 사례의 자료", actor=planner())
    case = case_of(follow_up)
    assert (case.state, case.implemented_on) == (CaseState.DECIDED, None)
    assert (again(follow_up).state, again(follow_up).confirmed_by) == ("reported", None)
    confirm(follow_up)
    assert case_of(follow_up).state == CaseState.IMPLEMENTED


def test_b7_planning_sends_a_report_back_and_the_evidence_stays() -> None:
    follow_up = adopted()
    report(follow_up)
    with pytest.raises(Rejected) as rejected:
        follow_ups.send_back(follow_up, reason="", actor=planner())
    assert rejected.value.field == "reason"
    follow_ups.send_back(follow_up, reason="사진이 흐립니다.", actor=planner())
    assert again(follow_up).state == FollowUpState.PLANNED
    notice = Notice.objects.get(kind="benchmarking.follow_up_answered")
    assert (notice.recipient, notice.body) == (chief(follow_up), "사진이 흐립니다.")
    report(follow_up, evidence=False)
    assert again(follow_up).state == FollowUpState.REPORTED


def test_b7_a_report_is_withdrawn_until_it_is_confirmed() -> None:
    follow_up = adopted()
    report(follow_up)
    follow_ups.withdraw(follow_up, actor=chief(follow_up))
    assert again(follow_up).state == FollowUpState.PLANNED
    follow_up = implemented(follow_up)
    with pytest.raises(Rejected, match="업무반영"):
        follow_ups.withdraw(follow_up, actor=chief(follow_up))


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("report", "another department"),
        ("move", "another department"),
        ("drop", "another department"),
        ("confirm", "the department"),
        ("send_back", "the department"),
        ("undo_confirm", "the department"),
    ],
)
def test_b7_the_department_reports_and_planning_confirms(step: str, who: str) -> None:
    follow_up = adopted()
    person = chief(follow_up) if who == "the department" else head_of(DepartmentFactory())
    if step in ("confirm", "send_back", "undo_confirm"):
        report(follow_up)
    if step == "undo_confirm":
        confirm(follow_up)
    before = again(follow_up).state
    acts: dict[str, Callable[[], None]] = {
        "report": lambda: follow_ups.report(
            follow_up,
            implemented_on=DAY,
            result="시작",
            files=[SimpleUploadedFile("a.txt", b"a")],
            actor=person,
        ),
        "move": lambda: follow_ups.move(follow_up, planned_on=PLANNED, reason="지연", actor=person),
        "drop": lambda: follow_ups.drop(follow_up, reason="중단", actor=person),
        "confirm": lambda: follow_ups.confirm(follow_up, actor=person),
        "send_back": lambda: follow_ups.send_back(follow_up, reason="보완", actor=person),
        "undo_confirm": lambda: follow_ups.undo_confirm(follow_up, reason="정정", actor=person),
    }
    with pytest.raises(Refused):
        acts[step]()
    assert again(follow_up).state == before


# -------------------------------------------------------------------------------------- drop and resume


def drop(follow_up: FollowUp) -> None:
    follow_ups.drop(follow_up, reason="예산이 깎였습니다.", actor=chief(follow_up))


def test_b7_what_is_dropped_leaves_the_decision_and_the_others() -> None:
    first, second = both_adopt()
    implemented(first)
    drop(second)
    case = case_of(first)
    assert (again(second).state, case.state, case.outcome) == ("dropped", "implemented", "adopt")
    assert history(again(second)).last().reason == "예산이 깎였습니다."


def test_b7_a_case_whose_every_follow_up_was_dropped_is_not_implemented() -> None:
    follow_up = adopted()
    drop(follow_up)
    assert case_of(follow_up).state == CaseState.DECIDED


def test_b7_what_is_resumed_must_be_confirmed_before_the_case_is_implemented_again() -> None:
    first, second = both_adopt()
    implemented(first)
    drop(second)
    follow_ups.resume(second, reason="예산 확보", actor=chief(second))
    assert (again(second).state, case_of(first).state) == ("planned", "decided")
    implemented(second)
    assert case_of(first).state == CaseState.IMPLEMENTED


# ------------------------------------------------------------------------------- corrections of decisions


def correct(follow_up: FollowUp, decision: Decision, **values: object) -> None:
    reviews.reopen(follow_up.review, reason="정정", actor=planner())
    answered(Review.objects.get(pk=follow_up.review_id), decision, **values)


def test_b7_a_decision_corrected_away_from_adoption_stops_the_follow_up() -> None:
    follow_up = adopted()
    correct(follow_up, Decision.KEEP)
    assert (again(follow_up).state, case_of(follow_up).outcome) == ("dropped", "keep")
    with pytest.raises(Rejected, match="도입"):
        follow_ups.resume(follow_up, reason="다시", actor=chief(follow_up))
    correct(follow_up, Decision.ADOPT, plan_on=PLANNED + dt.timedelta(days=9))
    follow_up = again(follow_up)
    assert (follow_up.state, follow_up.planned_on) == ("planned", PLANNED + dt.timedelta(days=9))
    assert steps(follow_up) == ["suspend", "revive"]


def test_b7_nothing_is_resumed_while_the_decision_is_being_corrected() -> None:
    follow_up = adopted()
    reviews.reopen(follow_up.review, reason="정정", actor=planner())
    assert again(follow_up).state == FollowUpState.DROPPED
    with pytest.raises(Rejected, match="도입"):
        follow_ups.resume(follow_up, reason="다시", actor=chief(follow_up))


def test_b7_what_is_reported_or_confirmed_is_undone_before_the_decision_is_corrected() -> None:
    follow_up = adopted()
    report(follow_up)
    for _turn in range(2):
        with pytest.raises(Rejected, match="먼저 되돌린 뒤"):
            reviews.reopen(follow_up.review, reason="정정", actor=planner())
        if again(follow_up).state == FollowUpState.REPORTED:
            confirm(follow_up)


def test_b7_a_correction_of_one_department_keeps_what_another_has_implemented() -> None:
    case = CaseFactory()
    asked = [ReviewFactory(case=case) for _n in range(2)]
    first = follow_up_after(asked, Decision.KEEP)
    implemented(first)
    assert case_of(first).state == CaseState.IMPLEMENTED
    reviews.reopen(asked[1], reason="정정", actor=planner())
    assert (case_of(first).state, case_of(first).implemented_on) == (CaseState.IN_REVIEW, None)
    answered(asked[1], Decision.IN_FORCE)
    assert (case_of(first).state, case_of(first).implemented_on) == (CaseState.IMPLEMENTED, DAY)


def test_b7_a_correction_of_one_department_does_not_revive_what_another_has_dropped() -> None:
    case = CaseFactory()
    asked = [ReviewFactory(case=case) for _n in range(2)]
    first = follow_up_after(asked, Decision.KEEP)
    drop(first)
    reviews.reopen(asked[1], reason="정정", actor=planner())
    answered(asked[1], Decision.IN_FORCE)
    assert again(first).state == FollowUpState.DROPPED


def test_b7_a_department_that_decides_anew_to_adopt_takes_up_what_it_had_dropped() -> None:
    follow_up = adopted()
    drop(follow_up)
    correct(follow_up, Decision.ADOPT, plan_on=PLANNED)
    assert again(follow_up).state == FollowUpState.PLANNED


def follow_up_after(asked: list[Review], other: Decision) -> FollowUp:
    answered(asked[0], Decision.ADOPT, plan_on=PLANNED)
    answered(asked[1], other)
    return follow_up_of(asked[0])


# ------------------------------------------------------------------------------------------------- visits


def visit(day: dt.date = DAY, actor: User | None = None) -> FieldVisit:
    values = {"case": CaseFactory(), "visited_on": day, "host": "○○시", "purpose": "공유주차", "headcount": 4}
    return corrections.record_visit(
        values, department=DepartmentFactory(name="교통행정과"), actor=actor or planner()
    )


def test_b9_a_visit_is_recorded_by_planning_once_it_was_made() -> None:
    assert (visit().department_name, visit().recorded_by) == ("교통행정과", planner())
    with pytest.raises(Rejected) as rejected:
        visit(DAY + dt.timedelta(days=1))
    assert rejected.value.field == "visited_on"
    with pytest.raises(Refused):
        visit(actor=UserFactory())
