"""What far-reaching changes show before they are made, and that what was shown binds them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from basis.formats import date_weekday
from benchmarking.models import Review
from benchmarking.services import dispatch
from core.models import Clock, Holiday
from core.now import pretend, today
from organization.enums import DepartmentKind, Position, Role
from organization.models import Department, User
from organization.services import holidays
from policies.models import PolicyValue
from reviews.services import reviews
from tests import factories as make
from tests import visiting
from tests.pages import foreseen

pytestmark = pytest.mark.django_db
DAY = visiting.DAY
BACKEND = "organization.backends.Backend"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def admin() -> Client:
    return enter(make.UserFactory(roles=[Role.ADMINISTRATOR]))


def ending(name: str = "교통행정과") -> Department:
    """With two people, one open review and no visit."""
    department = make.DepartmentFactory(name=name)
    make.head_of(department)
    make.UserFactory(department=department)
    make.ReviewFactory(department=department)
    return department


def change(department: Department, kind: str) -> str:
    return f"/manage/departments/{department.pk}/change/{kind}/"


def to_review(person: User) -> None:
    review = make.ReviewFactory(department=person.department)
    reviews.assign(review, person, actor=make.head(review))


def leaving() -> tuple[User, list[str]]:
    """A reviewer with two reviews, a role and somebody to stand in for, and how work and standing in are told."""
    department = make.DepartmentFactory(name="교통행정과")
    make.head_of(department)
    person: User = make.UserFactory(department=department, roles=[Role.GENERAL_AFFAIRS])
    for _ in range(2):
        to_review(person)
    away = make.UserFactory(department=department)
    make.away(away, person, DAY, DAY + dt.timedelta(days=2))
    period = f"{date_weekday(DAY)} ~ {date_weekday(DAY + dt.timedelta(days=2))}"
    return person, [
        "맡은 일: 검토하기 2건",
        "끝나지 않은 일은 부서에 남습니다. 맡을 직원은 부서장이 다시 정합니다.",
        f"대직 1건: {away.full_label} {period}",
    ]


def test_o2_a_transfer_says_what_stays_behind(admin: Client) -> None:
    person, work = leaving()
    new = make.DepartmentFactory(name="주차관리과")
    page = f"/manage/staff/{person.pk}/transfer/"
    typed = {"department": new.pk, "position": "officer", "rank": "", "valid_from": DAY.isoformat()}
    lines = [
        f"{date_weekday(DAY)}부터: {person} → 주차관리과 주무관",
        *work,
        "역할은 그대로입니다: 총무 담당",
    ]
    assert foreseen(admin, page, typed) == lines
    assert make.fresh(person).department == new
    same = admin.post(page, typed)
    assert same.status_code == 422, "nothing would change"


def test_o2_a_head_who_goes_leaves_the_department_without_one(admin: Client) -> None:
    department, new = ending(), make.DepartmentFactory()
    head = User.objects.get(department=department, position=Position.HEAD)
    typed = {"department": department.pk, "position": "head", "rank": "4급", "valid_from": DAY.isoformat()}
    gone = "교통행정과에 부서장이 없게 됩니다."
    page = f"/manage/staff/{head.pk}/transfer/"
    assert gone not in foreseen(admin, page, typed), "a new rank only"
    assert gone in foreseen(admin, page, {**typed, "department": new.pk})


def test_d4_closing_an_account_says_what_hangs_on_it_and_is_bound_by_that(admin: Client) -> None:
    person, work = leaving()
    page = f"/manage/staff/{person.pk}/disable/"
    shown = admin.get(page)
    lines = [*work, "역할 총무 담당: 남는 직원 0명"]
    assert shown.context["foreseen"] == lines
    assert all(line in shown.content.decode() for line in lines)
    to_review(person)
    late = admin.post(page, {"preview": shown.context["preview"]})
    assert late.status_code == 422
    assert "맡은 일: 검토하기 3건" in late.content.decode()
    assert make.fresh(person).is_active
    admin.post(page, {"preview": late.context["preview"]})
    assert not make.fresh(person).is_active
    idle = admin.get(f"/manage/staff/{make.UserFactory().pk}/disable/")
    assert idle.context["foreseen"] == ["맡은 일과 대직, 역할이 없습니다."]


def test_o1_a_merger_says_what_goes_over(admin: Client) -> None:
    old, new = ending(), make.DepartmentFactory(name="주차관리과")
    typed = {"successor": new.pk, "effective_on": DAY.isoformat()}
    lines = foreseen(admin, change(old, "merge"), typed)
    assert lines == [
        f"{date_weekday(DAY)}부터: 교통행정과 폐지",
        "직원 2명, 하위 부서 0개, 이행 중인 제안 0건, 진행 중인 제안 검토 0건, "
        "쓰고 있거나 승인 전인 지식 0건, 처리 중인 예산성과금 0건, "
        "내지 않은 우수사례 0건, 신청하거나 활동 중인 학습동아리 0개, "
        "진행 중 검토 1건, 현장체험 0건, 지급하지 않은 포상금 0건, "
        "평가를 앞둔 공동협력사업 0개 부문이 넘어갑니다. 승계 부서: 주차관리과",
    ]
    assert Review.objects.get().department == new


def test_o1_a_merger_says_which_reviews_become_one(admin: Client) -> None:
    old, new = ending(), make.DepartmentFactory(name="주차관리과")
    dispatch.dispatch([Review.objects.get().case], [new], actor=make.planner())
    lines = foreseen(admin, change(old, "merge"), {"successor": new.pk, "effective_on": DAY.isoformat()})
    assert "그중 검토 1건은 승계 부서의 같은 검토와 합칩니다." in lines


def test_o1_what_was_shown_binds(admin: Client) -> None:
    old, new = ending(), make.DepartmentFactory(name="주차관리과")
    typed = {"successor": new.pk, "effective_on": DAY.isoformat()}
    shown = admin.post(change(old, "merge"), typed)
    make.UserFactory(department=old)
    late = admin.post(change(old, "merge"), {**typed, "preview": shown.context["preview"]})
    assert late.status_code == 422
    assert "직원 3명" in late.content.decode()
    assert Department.objects.get(pk=old.pk).valid_to is None


def test_o1_moving_and_abolishing_later_are_shown_too(admin: Client) -> None:
    department, bureau = ending(), make.DepartmentFactory(name="교통국", kind=DepartmentKind.BUREAU)
    lines = foreseen(
        admin, change(department, "move"), {"parent": bureau.pk, "effective_on": DAY.isoformat()}
    )
    assert "상위 부서" in lines[0]
    assert "교통국" in lines[0]
    assert "진행 중 검토 1건" in lines[1]
    assert "그대로 이 부서에" in lines[1]
    successor = make.DepartmentFactory()
    later = {"successor": successor.pk, "effective_on": (DAY + dt.timedelta(days=9)).isoformat()}
    assert "오늘 기준" in foreseen(admin, change(department, "abolish"), later)[-1]


def test_o3_a_role_says_what_it_opens_and_what_is_left_without_it(admin: Client) -> None:
    make.CaseFactory()  # waits to be sent
    person = make.UserFactory(name="김담당")
    day = DAY.isoformat()
    lines = foreseen(
        admin,
        f"/manage/staff/{person.pk}/roles/",
        {"role": Role.PLANNING.value, "valid_from": day, "reason": "발령"},
    )
    assert "김담당" in lines[0]
    assert lines[1:] == ["지금 이 역할의 직원 1명", "이 역할로 기다리는 할 일 1건이 함께 보입니다."]
    make.planner().role_assignments.update(valid_to=DAY - dt.timedelta(days=1))
    row = person.role_assignments.get()
    lines = foreseen(admin, f"/manage/staff/roles/{row.pk}/revoke/", {"on": day, "reason": "전보"})
    assert lines[1] == "남는 이 역할의 직원 0명, 기다리는 할 일 1건"
    assert "맡을 직원이 없게 됩니다" in lines[2]


def test_a_policy_says_what_keeps_the_old_value() -> None:
    for _n in range(3):
        make.ReviewFactory()
    planner = enter(make.planner())
    later = DAY + dt.timedelta(days=5)
    typed = {"value": "10", "effective_from": later.isoformat(), "document": "기획-1", "reason": "조정"}
    lines = foreseen(planner, "/policies/benchmarking.review_days/change/", typed)
    assert "진행 중 검토 3건은 14일 그대로" in lines
    visiting.fund()
    with pretend(DAY + dt.timedelta(days=1)):
        lines = foreseen(planner, "/policies/benchmarking.similar_percent/change/", {**typed, "value": "70"})
    assert not any("그대로" in line and "진행 중" in line for line in lines)


def test_a_planned_policy_is_withdrawn_as_it_was_seen() -> None:
    planner = enter(make.planner())
    later = (DAY + dt.timedelta(days=5)).isoformat()
    typed = {"value": "10", "effective_from": later, "document": "기획-1", "reason": "조정"}
    foreseen(planner, "/policies/benchmarking.review_days/change/", typed)
    row = PolicyValue.objects.get()
    page = f"/policies/changes/{row.pk}/withdraw/"
    assert planner.post(page).status_code == 422
    shown = planner.get(page)
    assert "10일 → 14일" in shown.context["foreseen"][0]
    assert planner.post(page, {"preview": shown.context["preview"]}).status_code == 302


def declared(client: Client, day: dt.date) -> Any:
    return client.post(
        "/manage/holidays/new/", {"date": day.isoformat(), "name": "임시공휴일", "kind": "temporary"}
    )


def test_o7_a_holiday_names_the_cases_whose_deadlines_move() -> None:
    review = make.ReviewFactory()
    due = review.clock.due
    shown = declared(enter(make.planner()), due).content.decode()
    assert "기한 1건" in shown
    assert review.case.title in shown
    outside = enter(make.UserFactory(roles=[Role.ADMINISTRATOR]))
    hidden = declared(outside, due).content.decode()
    assert "기한 1건" in hidden
    assert review.case.title not in hidden, "who may not know the case learns only that one moves"


def test_o7_taking_a_holiday_back_binds_to_what_was_shown() -> None:
    planner = enter(make.planner())
    review = make.ReviewFactory()
    due = review.clock.due
    holiday, _count = holidays.declare(actor=make.planner(), day=due, name="휴무", kind="temporary")
    page = f"/manage/holidays/{holiday.pk}/delete/"
    shown = planner.get(page)
    assert review.case.title in shown.content.decode()
    other = make.ReviewFactory()
    late = planner.post(page, {"preview": shown.context["preview"]})
    assert late.status_code == 422
    assert other.case.title in late.content.decode()
    assert Holiday.objects.exists()
    planner.post(page, {"preview": late.context["preview"]})
    assert Clock.objects.get(pk=review.clock_id).due == due
    assert today() == DAY
