"""Intake (B1, B2): numbers, similar cases, corrections, and the record of both (D5)."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from benchmarking.enums import CaseState, CostClass
from benchmarking.models import Case
from benchmarking.policies import SIMILAR_PERCENT
from benchmarking.selectors.cases import similar_cases
from benchmarking.services import cases
from core import attachments
from core.editing import Conflict
from core.models import Counter, Gram
from core.now import pretend
from core.transition import history
from tests.factories import CaseFactory, DepartmentFactory, ReviewFactory, UserFactory, planner
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 9, 10)
ROW = {
    "title": "드론으로 살피는 급경사지",
    "source_kind": "local",
    "source_name": "△△군",
    "channel": "press",
    "summary": "드론으로 급경사지를 살핍니다.",
    "field": "construction",
    "cost_class": "budget",
}


def codes() -> list[str]:
    return [case.code for case in Case.objects.order_by("year", "number")]


def register_many(*rows: dict[str, Any]) -> int:
    keys = tuple(rows[0])
    return len(cases.register_many([tuple(row[key] for key in keys) for row in rows], keys, actor=planner()))


def steps(case: Case) -> list[str]:
    return [row.name for row in history(case)]


# ------------------------------------------------------------------------------------------- numbers (B1)


def test_b1_cases_are_numbered_within_the_year_of_their_registration() -> None:
    with pretend(dt.date(2026, 12, 31)):
        CaseFactory.create_batch(2)
    with pretend(dt.date(2027, 1, 1)):
        CaseFactory()
    with pretend(dt.date(2026, 6, 1)):
        CaseFactory()
    assert codes() == ["2026-0001", "2026-0002", "2026-0003", "2027-0001"]


def test_b1_a_failed_registration_leaves_no_gap() -> None:
    with pretend(DAY):
        CaseFactory()
        with transaction.atomic():
            CaseFactory()
            transaction.set_rollback(True)
        CaseFactory()
    assert codes() == ["2026-0001", "2026-0002"]


def test_b1_a_refused_file_leaves_neither_case_nor_gap() -> None:
    page = SimpleUploadedFile("계획.pdf", b"<html><script>alert(1)</script>")
    with pretend(DAY):
        with pytest.raises(Rejected, match="확장자와 다릅니다"):
            cases.register(ROW, actor=planner(), files=[page])
        assert codes() == []
        assert not Gram.objects.exists()
        case = cases.register(ROW, actor=planner(), files=[SimpleUploadedFile("계획.txt", b"plan")])
    assert case.code == "2026-0001"
    assert [file.name for file in attachments.files_of(case)] == ["계획.txt"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_b1_numbers_are_gapless_and_unique_when_many_register_at_once() -> None:
    """Six people at once, every third of their registrations is broken off, one of them enters ten by Excel."""
    people = [planner(), *UserFactory.create_batch(4)]

    def one_by_one(person: Any) -> None:
        with pretend(DAY):
            for turn in range(9):
                with transaction.atomic():
                    CaseFactory(actor=person)
                    transaction.set_rollback(turn % 3 == 0)

    def by_excel() -> None:
        with pretend(DAY):
            register_many(*[ROW] * 10)

    at_once(by_excel, *[lambda person=person: one_by_one(person) for person in people])
    count = len(people) * 6 + 10
    assert codes() == [f"2026-{number:04d}" for number in range(1, count + 1)]
    assert Counter.objects.get().value == count


def test_b2_many_are_numbered_in_the_order_given() -> None:
    department = DepartmentFactory()
    with pretend(DAY):
        CaseFactory()
        titles = [f"{n}번째 드론 활용" for n in range(5)]
        rows = [{**ROW, "title": title, "suggested_departments": (department,)} for title in titles]
        assert register_many(*rows) == 5
    assert list(Case.objects.order_by("number").values_list("title", flat=True))[1:] == titles
    case = Case.objects.get(number=3)
    assert (case.found_on, case.registered_on, case.created_by, case.state) == (
        DAY, DAY, planner(), CaseState.REGISTERED,
    )  # fmt: skip
    assert list(case.suggested_departments.all()) == [department]
    assert [(row.name, row.actor, row.data) for row in history(case)] == [
        ("register", planner(), {"excel": True})
    ]


def test_b2_many_are_for_planning_only() -> None:
    with pytest.raises(Refused):
        cases.register_many([tuple(ROW.values())], tuple(ROW), actor=UserFactory())
    assert not Case.objects.exists()


@pytest.mark.parametrize(("cost", "order"), [(CostClass.NONE, 0), (CostClass.LOW, 1), (CostClass.BUDGET, 2)])
def test_b1_what_costs_little_comes_first(cost: str, order: int) -> None:
    register_many({**ROW, "cost_class": cost})
    one, many = CaseFactory(cost_class=cost), Case.objects.get(title=ROW["title"])
    assert one.cost_order == many.cost_order == order
    with pretend(DAY):
        cases.update(one, {"cost_class": CostClass.BUDGET}, actor=planner(), version=1)
    one.refresh_from_db()
    assert one.cost_order == 2


# -------------------------------------------------------------------------------------- similar cases (B2)


def test_b2_similar_cases_are_shown_before_saving(client: Client) -> None:
    close = CaseFactory(title="어린이집 옥상 텃밭 조성", source_name="○○시")
    CaseFactory(title="체납 차량 번호판 영치 알림")
    client.force_login(planner())
    shown = client.get(reverse("benchmarking:similar"), {"title": "어린이집 옥상텃밭 조성 사업"})
    text = shown.content.decode()
    assert close.title in text
    assert close.get_absolute_url() in text
    assert "번호판" not in text


def test_b2_only_cases_one_may_see_and_no_less_alike_than_the_policy_says() -> None:
    close = CaseFactory(title="어린이집 옥상 텃밭 조성")
    typed = "어린이집 옥상텃밭 조성"
    (found,) = similar_cases(typed, planner())
    assert (found.case, found.percent) == (close, 100)
    assert found.percent >= SIMILAR_PERCENT.current()
    assert similar_cases("어린이집 급식 꾸러미", planner()) == []
    assert similar_cases(typed, planner(), exclude=close.pk) == []
    assert similar_cases(typed, UserFactory()) == []
    assert similar_cases(typed, UserFactory(department=ReviewFactory(case=close).department)) != []


def test_b2_many_from_excel_are_found_as_similar() -> None:
    register_many(ROW)
    assert [s.case.title for s in similar_cases("드론으로 살피는 급경사지", planner())] == [ROW["title"]]


# --------------------------------------------------------------------------------- corrections (B1, D5)


def test_d5_a_correction_is_logged_and_only_what_changed() -> None:
    with pretend(DAY):
        case = CaseFactory()
        same = {"title": case.title, "summary": case.summary}
        cases.update(case, same, actor=planner(), version=1)
        assert steps(case) == ["register"]
        changed = cases.update(case, {**same, "title": "공유주차 앱"}, actor=planner(), version=1)
    assert (changed.title, changed.version) == ("공유주차 앱", 2)
    log = history(case).last()
    assert (log.name, log.actor, log.data) == ("edit", planner(), {"fields": ["사례명"]})
    assert [s.case for s in similar_cases("공유 주차 앱", planner())] == [case]


def test_d5_the_audit_log_keeps_who_and_before_and_after(client: Client) -> None:
    case, user = CaseFactory(), planner()
    client.force_login(user)
    page = client.get(reverse("benchmarking:case_edit", args=[case.pk]))
    values = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    form = {**values, "title": "공유주차 앱 도입", "suggested_departments": []}
    answer = client.post(reverse("benchmarking:case_edit", args=[case.pk]), form)
    assert answer.status_code == 302, answer.context["form"].errors
    entry = LogEntry.objects.get_for_object(case).filter(action=LogEntry.Action.UPDATE).get()
    assert entry.changes == {"title": [case.title, "공유주차 앱 도입"], "version": ["1", "2"]}
    assert (entry.actor, entry.remote_addr) == (user, "127.0.0.1")


def test_d5_a_second_editor_is_told_what_the_first_changed_and_overwrites_nothing() -> None:
    case = CaseFactory()
    cases.update(case, {"source_name": "□□구"}, actor=planner(), version=1)
    typed = {"title": "다른 제목의 사례", "source_name": case.source_name}
    with pytest.raises(Conflict) as conflict:
        cases.update(case, typed, actor=planner(), version=1)
    assert conflict.value.changes == [("기관명", "□□구")]
    assert "기관명: □□구" in conflict.value.message
    stored = Case.objects.get(pk=case.pk)
    assert (stored.title, stored.source_name) == (case.title, "□□구")


def test_b1_the_finder_corrects_until_it_is_dispatched() -> None:
    finder = UserFactory()
    case = CaseFactory(found_by=finder)
    cases.update(case, {"summary": "고친 내용"}, actor=finder, version=1)
    with pytest.raises(Refused, match="기획예산과"):
        cases.update(case, {"summary": "남이 고친 내용"}, actor=UserFactory(), version=2)
    ReviewFactory(case=case)
    with pytest.raises(Refused):
        cases.update(case, {"summary": "늦게 고친 내용"}, actor=finder, version=None)
    assert Case.objects.get(pk=case.pk).summary == "고친 내용"


def test_b1_a_mistaken_registration_is_cancelled_with_a_reason_and_restored() -> None:
    case = CaseFactory()
    with pytest.raises(Rejected) as missing:
        cases.cancel(case, reason="  ", actor=planner())
    assert missing.value.field == "reason"
    cases.cancel(case, reason="두 번 등록", actor=planner())
    assert Case.objects.get(pk=case.pk).state == CaseState.CANCELLED
    cases.restore(case, actor=planner())
    assert Case.objects.get(pk=case.pk).state == CaseState.REGISTERED
    assert [(r.name, r.from_state, r.to_state, r.reason) for r in history(case)][1:] == [
        ("cancel", "registered", "cancelled", "두 번 등록"),
        ("restore", "cancelled", "registered", ""),
    ]


def test_b1_what_is_dispatched_cannot_be_cancelled() -> None:
    case = ReviewFactory().case
    with pytest.raises(Rejected, match="부서 검토"):
        cases.cancel(case, reason="실수", actor=planner())


def test_b1_people_from_outside_register_nothing() -> None:
    with pytest.raises(Refused):
        CaseFactory(actor=UserFactory(department=None))
