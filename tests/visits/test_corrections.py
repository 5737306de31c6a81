"""What went otherwise than planned, and slips of planning: always a way back to what is true (V2, V4–V6)."""

import datetime as dt

import pytest
from django.urls import reverse

from basis.errors import Refused
from core.now import pretend
from notifications.models import Notice
from notifications.selectors import waiting_for
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests import visiting as v
from tests.visiting import DAY, LATER, ON, again, balances, client, figures, people, refused, text
from visits.enums import VisitState
from visits.models import FieldVisit, VisitDay
from visits.services import corrections, orders, reports, requests
from visits.services.reports import Expense

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("money")]


def waiting(user: User) -> set[int]:
    """Visits that this person has to see to."""
    return set(waiting_for(user).about(FieldVisit).values_list("object_id", flat=True))


# -- who really went, and when


def test_v2_a_colleague_who_went_instead_is_entered_after_the_day() -> None:
    visit = v.visit(VisitState.TRAVELLED)
    one, ill = people(visit)
    other = make.UserFactory(department=visit.department)
    with pretend(LATER):
        requests.amend(visit, v.plan(visited_on=ON), [one, other], reason="한 사람이 아팠음", actor=one)
        requests.approve(again(visit), actor=make.planner())
        orders.order(again(visit), "총무과-778", actor=v.orderer())
        reports.travel(again(visit), actor=one)
        v.reported(again(visit))
        reports.settle(again(visit), actor=make.planner())
    assert [balances(person) for person in (one, other, ill)] == [(2, 4), (2, 4), (0, 0)]


def test_v2_a_change_still_undecided_when_the_day_passes_is_no_dead_end() -> None:
    visit = v.visit(VisitState.ORDERED)
    one, _other = people(visit)
    requests.amend(visit, v.plan(visited_on=ON), [one], reason="한 사람이 못 감", actor=one)
    with pretend(LATER):
        requests.withdraw(again(visit), actor=one)
        requests.submit(again(visit), actor=one)
        page = text(client(make.planner()).get(visit.get_absolute_url()))
        assert "방문일이 지났습니다" in page
        assert requests.approve(again(visit), actor=make.planner()).state == VisitState.APPROVED
    assert figures()[0] == 60_000


def test_v1_a_plan_never_approved_stays_bound_to_days_to_come() -> None:
    visit = v.visit(VisitState.SUBMITTED)
    one, _other = people(visit)
    with pretend(LATER):
        assert "지났습니다" in refused(None, lambda: requests.approve(visit, actor=make.planner()))
        requests.withdraw(again(visit), actor=one)
        assert "오늘" in refused("visited_on", lambda: requests.submit(again(visit), actor=one))


def test_v1_no_visit_before_it_was_asked_for_and_none_beyond_next_year() -> None:
    visit = v.visit(VisitState.APPROVED)
    team = people(visit)

    def amended(day: dt.date) -> FieldVisit:
        return requests.amend(visit, v.plan(visited_on=day), team, reason="변경", actor=team[0])

    refused("visited_on", lambda: amended(DAY - dt.timedelta(days=1)))
    refused("visited_on", lambda: amended(dt.date(2028, 1, 1)))


@pytest.mark.parametrize("more", [{}, {"recalculate": "sum"}])
def test_v1_a_mistyped_year_is_said_beside_the_day(more: dict[str, str]) -> None:
    review = make.ReviewFactory()
    (one,) = v.team(review, 1)
    typed = {**v.plan(visited_on="2206-11-20"), "members": [one.pk], "guest": "", **more}
    answer = client(one).post(reverse("visits:request", args=[review.pk]), typed)
    assert answer.status_code == (200 if more else 422)
    page = text(answer)
    assert "공유주차 운영 방법 확인" in page
    assert more or "까지의 날짜를 입력해 주세요" in page
    assert not FieldVisit.objects.exists()


def test_v6_nobody_has_two_visits_on_one_day() -> None:
    visit = v.visit(VisitState.ORDERED)
    one, other = people(visit)
    with pretend(ON):
        reports.travel(visit, actor=one)
        v.reported(again(visit), took_part=[one.pk], expenses=[])
        assert not VisitDay.objects.filter(user=other).exists()
        second = v.written(
            people=[other], review=make.ReviewFactory(department=visit.department), visited_on=ON
        )
        requests.submit(second, actor=other)
        reports.withdraw_report(again(visit), actor=one)
        both = [one.pk, other.pk]
        said = refused("took_part", lambda: v.reported(again(visit), took_part=both, expenses=[]))
        assert "다른 현장체험" in said


def test_v4_what_was_agreed_is_what_the_report_is_held_against() -> None:
    review = make.ReviewFactory()
    team = v.team(review)
    agreed = {"meals": (0, "점심 제공"), "daily": (40_000, "차를 함께 탐")}
    visit = requests.ask(review, v.plan(transport_each=50_000), team, adjustments=agreed, actor=team[0])
    requests.approve(visit, actor=make.planner())
    orders.order(again(visit), "총무과-777", actor=v.orderer())
    meals = [Expense("meals", one, 25_000) for one in team]
    daily = [Expense("daily", one, 20_000) for one in team]
    with pretend(LATER):
        reports.travel(again(visit), actor=team[0])
        said = refused("expense-0-note", lambda: v.reported(again(visit), expenses=meals))
        assert "한 사람 0원" in said
        assert v.reported(again(visit), expenses=daily).state == VisitState.REPORTED


def test_v3_a_report_being_mended_is_not_shown_as_valid() -> None:
    visit = v.visit(VisitState.REPORTED)
    stranger = client(make.UserFactory())
    paper = reverse("visits:result", args=[visit.pk])
    with pretend(LATER):
        assert stranger.get(paper).status_code == 200
        reports.return_report(visit, reason="금액이 틀림", actor=make.planner())
        assert stranger.get(paper).status_code == 404
        assert "앱으로 나누는" not in text(stranger.get(visit.get_absolute_url()))
        one = people(visit)[0]
        form = text(client(one).get(reverse("visits:report", args=[visit.pk])))
        assert "앱으로 나누는" in form, "it is still there to be mended"


def test_v3_what_is_typed_is_kept_when_a_colleague_reports_first() -> None:
    visit = v.visit(VisitState.TRAVELLED)
    _one, other = people(visit)
    with pretend(LATER):
        mine, url = client(other), reverse("visits:report", args=[visit.pk])
        shown = again(visit).version
        v.reported(again(visit))
        answer = mine.post(url, v.report_form(visit, version=shown, findings="오래 쓴 글"))
        assert answer.status_code == 422
        assert "오래 쓴 글" in text(answer)
        assert mine.get(url, follow=True).redirect_chain == [(visit.get_absolute_url(), 302)]


def test_b11_papers_name_the_office_held_then() -> None:
    visit = v.visit(VisitState.SETTLED)
    _reporter, other = people(visit)
    make.moved(other, make.DepartmentFactory(name="전입과"))
    with pretend(LATER):
        planner = client(make.planner())
        for url in (reverse("visits:result", args=[visit.pk]), visit.get_absolute_url()):
            assert "전입과" not in text(planner.get(url))


# -- what planning does by mistake


def test_v2_who_is_taken_out_of_the_team_hears_of_it() -> None:
    visit = v.visit(VisitState.ORDERED)
    one, other = people(visit)
    requests.amend(visit, v.plan(visited_on=ON), [one], reason="일정이 겹침", actor=one)
    assert Notice.objects.filter(recipient=other, kind="visits.left").count() == 1
    assert not Notice.objects.filter(recipient=one, kind="visits.left").exists()


def test_v2_v5_an_approval_is_taken_back_before_the_order() -> None:
    visit = v.visit(VisitState.APPROVED)
    planner = make.planner()
    corrections.undo_approve(visit, reason="금액을 잘못 봄", actor=planner)
    assert (again(visit).state, figures()[0]) == (VisitState.SUBMITTED, 120_000)
    assert Notice.objects.filter(recipient=v.orderer(), kind="visits.approval_undone").exists()
    requests.reject(again(visit), reason="다음에", actor=planner)
    assert figures() == (0, 0, 1_250_000)
    ordered = v.visit(VisitState.ORDERED)
    assert "할 수 없습니다" in refused(
        None, lambda: corrections.undo_approve(ordered, reason="착오", actor=planner)
    )


@pytest.mark.parametrize("end", ["cancel", "reject"])
def test_v2_v5_a_visit_ended_by_mistake_is_opened_again(end: str) -> None:
    """Also when the review has been completed meanwhile, and when the day has passed."""
    visit = v.visit(VisitState.ORDERED)
    one, other = people(visit)
    make.answered(again(visit).review)
    planner = make.planner()
    if end == "reject":
        requests.amend(again(visit), v.plan(visited_on=ON), [one, other], reason="변경", actor=one)
        requests.reject(again(visit), reason="잘못 누름", actor=planner)
    else:
        requests.cancel(again(visit), reason="잘못 누름", actor=planner)
    assert figures()[0] == 0
    with pretend(LATER):
        assert "되돌리기" in text(client(planner).get(visit.get_absolute_url()))
        corrections.restore(again(visit), reason="잘못 눌렀음", actor=planner)
        assert VisitDay.objects.filter(visit=visit).count() == 2
        requests.approve(again(visit), actor=planner)
    assert figures()[0] == 120_000
    assert again(visit).void_order == "총무과-777", "general affairs knows which order it was"


def test_v2_a_visit_is_not_opened_again_while_somebody_is_elsewhere() -> None:
    visit = v.visit(VisitState.APPROVED)
    one, _other = people(visit)
    requests.cancel(visit, reason="취소", actor=one)
    second = v.written(people=[one], review=make.ReviewFactory(department=visit.department))
    requests.submit(second, actor=one)
    said = refused("members", lambda: corrections.restore(again(visit), reason="착오", actor=make.planner()))
    assert "다른 현장체험" in said
    answer = client(make.planner()).post(
        reverse("visits:restore", args=[visit.pk]),
        {"reason": "착오", "version": again(visit).version},
    )
    assert (answer.status_code, "다른 현장체험" in text(answer)) == (422, True)


def test_v2_v6_nobody_decides_on_a_journey_of_their_own() -> None:
    planner = make.planner()
    colleague = make.fresh(make.UserFactory(department=planner.department, roles=[Role.PLANNING]))
    review = make.ReviewFactory(department=planner.department)
    visit = requests.ask(review, v.plan(), [planner], actor=planner)
    with pytest.raises(Refused, match="가지도 않는"):
        requests.approve(visit, actor=planner)
    assert visit.pk not in waiting(planner)
    assert visit.pk in waiting(colleague)
    assert requests.approve(visit, actor=colleague).state == VisitState.APPROVED


# -- visits of the time before the process


def recorded() -> FieldVisit:
    values = {"case": None, "visited_on": DAY, "host": "○○시", "purpose": "공유주차", "headcount": 4}
    return corrections.record_visit(values, department=make.DepartmentFactory(), actor=make.planner())


def test_b9_a_record_is_put_right_in_the_client() -> None:
    visit, other = recorded(), make.DepartmentFactory(name="교통행정과")
    planner = client(make.planner())
    url = reverse("visits:correct_record", args=[visit.pk])
    assert "○○시" in text(planner.get(url))
    typed = {
        "department": other.pk, "visited_on": "2014-05-02", "host": "△△시", "purpose": "공유주차",
        "headcount": 3, "case_code": "", "version": visit.version, "reason": "문서와 다름",
    }  # fmt: skip
    assert planner.post(url, {**typed, "visited_on": "2026-12-01"}).status_code == 422
    assert planner.post(url, typed).status_code == 302
    now = again(visit)
    assert (now.host, now.headcount, now.department_name) == ("△△시", 3, "교통행정과")
    assert now.visited_on == now.begun_on == dt.date(2014, 5, 2)
    assert planner.post(url, typed).status_code == 422, "made from what it was before"


def test_b9_a_record_entered_twice_is_no_longer_counted() -> None:
    visit = recorded()
    planner = client(make.planner())
    assert FieldVisit.objects.made().count() == 1
    drop = reverse("visits:drop_record", args=[visit.pk])
    assert planner.post(drop, {"reason": "두 번 기록함", "version": visit.version}).status_code == 302
    assert not FieldVisit.objects.made().exists()
    page = text(planner.get(visit.get_absolute_url()))
    assert "두 번 기록함" in page
    assert "되돌리기" not in page
    said = refused(None, lambda: corrections.restore(again(visit), reason="착오", actor=make.planner()))
    assert "다시 기록" in said


def test_b9_only_planning_corrects_records() -> None:
    visit = recorded()
    with pytest.raises(Refused):
        corrections.drop_record(visit, reason="착오", actor=make.UserFactory())


# -- why something came back


def test_v2_why_it_came_back_is_said_until_it_is_mended_or_over() -> None:
    visit = v.visit()
    requests.send_back(visit, reason="날짜를 바꿔 주세요.", actor=make.planner())
    assert again(visit).to_mend == "날짜를 바꿔 주세요."
    requests.submit(again(visit), actor=people(visit)[0])
    assert again(visit).to_mend == ""
    requests.send_back(again(visit), reason="인원을 줄여 주세요.", actor=make.planner())
    requests.cancel(again(visit), reason="가지 않음", actor=people(visit)[0])
    assert again(visit).to_mend == ""


def test_v2_why_a_report_came_back_is_said_until_it_is_mended_or_the_plan_changes() -> None:
    mended, changed = v.visit(VisitState.REPORTED), v.visit(VisitState.REPORTED)
    with pretend(LATER):
        for visit in (mended, changed):
            reports.return_report(again(visit), reason="영수증이 없습니다.", actor=make.planner())
            assert again(visit).to_mend == "영수증이 없습니다."
        v.reported(again(mended))
        requests.amend(
            again(changed), v.plan(visited_on=ON), people(changed), reason="착오", actor=people(changed)[0]
        )
        assert (again(mended).to_mend, again(changed).to_mend) == ("", "")
        reports.withdraw_report(again(mended), actor=people(mended)[0])
        assert again(mended).to_mend == ""
