"""The table of expenses in a visit's report: its sum, what is above the money set aside, errors in their rows, files
sent before (V3, V4)."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.now import pretend
from tests import factories as make
from tests import visiting as v
from tests.visiting import DAY, LATER, people, refused, text
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.rates import shares
from visits.services import reports
from visits.services.reports import Expense

pytestmark = pytest.mark.django_db


def made(**values: Any) -> FieldVisit:
    """A visit of two to be reported, with 120,000 won set aside."""
    with pretend(DAY):
        v.fund(10_000_000)
        return v.visit(VisitState.TRAVELLED, **values)


@pytest.fixture
def visit() -> Iterator[FieldVisit]:
    found = made()
    with pretend(LATER):
        yield found


def browser(visit: FieldVisit) -> Client:
    found = Client()
    found.force_login(people(visit)[0])
    return found


def address(visit: FieldVisit) -> str:
    return reverse("visits:report", args=[visit.pk])


def shown_sum(page: str) -> str:
    (found,) = re.findall(r"<output data-sum[^>]*>([^<]*)</output>", page)
    return str(found)


def test_v4_more_than_was_set_aside_needs_a_reason_in_a_note(visit: FieldVisit) -> None:
    one, other = people(visit)
    spent = [
        Expense("transport", one, 100_000, receipt="7"),
        Expense("transport", other, 20_001, receipt="8"),
    ]
    said = refused("expenses", lambda: v.reported(visit, expenses=spent))
    assert "집행 경비 합계(120,001원)가 잡아 둔 여비(120,000원)보다 많습니다" in said
    assert v.again(visit).state == VisitState.TRAVELLED
    spent[1] = Expense("transport", other, 20_001, receipt="8", note="막차를 놓쳐 택시를 탐")
    assert v.reported(visit, expenses=spent).state == VisitState.REPORTED


def test_v4_the_rows_of_a_person_and_kind_count_together_against_the_table(visit: FieldVisit) -> None:
    one, other = people(visit)
    (limit,) = {row.amount for row in v.expenses(visit) if row.kind == "meals"}
    spent = [
        Expense("meals", one, limit, note="늦게 끝나 저녁도 먹음"),
        Expense("meals", other, limit),
        Expense("meals", one, 1),
    ]
    said = refused("expense-2-amount", lambda: v.reported(visit, expenses=spent))
    assert "한 사람에게 25,000원까지" in said, "the table is never exceeded, whatever the note says"
    assert v.reported(visit, expenses=spent[:2]).state == VisitState.REPORTED


def test_v4_what_was_lowered_may_come_back_to_the_table_with_a_reason(visit: FieldVisit) -> None:
    one, _other = people(visit)
    visit.lines.filter(kind="meals").update(adjustment=-20_000, reason="점심 제공")
    spent = [Expense("meals", one, 25_000)]
    assert "한 사람 15,000원" in refused("expense-0-note", lambda: v.reported(visit, expenses=spent))
    spent = [Expense("meals", one, 25_000, note="점심이 나오지 않음")]
    assert v.reported(visit, expenses=spent).state == VisitState.REPORTED


def test_v4_what_was_agreed_before_stays_the_limit(visit: FieldVisit) -> None:
    """An allowance raised while that was still allowed."""
    one, _other = people(visit)
    visit.lines.filter(kind="daily").update(adjustment=20_000, reason="이틀치 준비")
    assert v.reported(visit, expenses=[Expense("daily", one, 35_000)]).state == VisitState.REPORTED


def test_v4a_inside_the_place_of_work_nothing_else_is_claimed() -> None:
    found = made(place="local", hours=5)
    one, other = people(found)
    with pretend(LATER):
        for kind in ("transport", "meals", "lodging"):
            claim = partial(v.reported, found, expenses=[Expense(kind, one, 1_000, receipt="7", note="까닭")])
            assert "지급하지 않습니다" in refused("expense-0-amount", claim)
        spent = [Expense("local", who, 20_000) for who in (one, other)]
        assert v.reported(found, expenses=spent).state == VisitState.REPORTED


def test_v4_what_was_set_aside_may_be_spent_without_a_word(visit: FieldVisit) -> None:
    one, other = people(visit)
    spent = [Expense("transport", who, 60_000, receipt="7") for who in (one, other)]
    assert v.reported(visit, expenses=spent).state == VisitState.REPORTED


def test_v4_the_form_adds_up_and_says_beside_the_table_what_is_too_much(visit: FieldVisit) -> None:
    page = text(browser(visit).get(address(visit)))
    assert shown_sum(page) == "120,000원"
    assert 'data-sums="120000"' in page
    assert "data-sum-over hidden" in page
    dear = v.report_form(visit, **{"expense-0-amount": "1,051,666", "expense-0-receipt": "7"})
    answer = browser(visit).post(address(visit), dear)
    page = text(answer)
    assert (answer.status_code, shown_sum(page)) == (422, "1,076,666원")
    assert "data-sum-over>" in page
    said = "집행 경비 합계(1,076,666원)가 잡아 둔 여비(120,000원)보다 많습니다"
    summary, _head, table = page.partition('id="expenses-title"')
    assert re.search(rf'<a href="#expenses-title">{re.escape(said)}', summary)
    assert said in table
    sent = browser(visit).post(address(visit), {**dear, "expense-0-note": "급히 비행기를 탐"})
    assert sent.status_code == 302


def test_v3_an_amount_that_cannot_be_read_is_left_out_of_the_sum(visit: FieldVisit) -> None:
    answer = browser(visit).post(address(visit), v.report_form(visit, **{"expense-0-amount": "만 원"}))
    assert (answer.status_code, shown_sum(text(answer))) == (422, "25,000원")


@given(st.integers(0, 10**9), st.integers(1, 60))
def test_v4_shares_add_up_to_the_last_won(amount: int, count: int) -> None:
    found = shares(amount, count)
    assert (len(found), sum(found)) == (count, amount)
    assert len(set(found[:-1])) <= 1
    assert 0 <= found[-1] - found[0] < count


def test_v4_the_rows_to_begin_with_add_up_to_the_estimate() -> None:
    with pretend(DAY):
        review = make.ReviewFactory()
        found = v.written(review, v.team(review, 3))
        found.lines.filter(kind="transport").update(adjustment=10_000)  # 40,000 for three
    with pretend(DAY):
        v.orderer()
    lines = found.lines.all()
    FieldVisit.objects.filter(pk=found.pk).update(state=VisitState.TRAVELLED)
    form = browser(found).get(address(found)).context["form"]
    rows = [row.initial for row in form.expenses if row.initial]
    assert sum(row["amount"] for row in rows) == sum(line.as_line().sum for line in lines)
    assert [row["amount"] for row in rows if row["kind"] == "transport"] == [13_333, 13_333, 13_334]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"expense-1-note": ""}, "expense-2-receipt", "영수증 번호나 영수증 파일을 넣어 주세요."),
        ({"expense-2-receipt": "7", "expense-1-amount": "30,000"}, "expense-1-amount", "25,000원까지"),
        ({"expense-2-receipt": "7", "took_part": "one"}, "expense-1-user", "다녀온 직원이 아닙니다"),
    ],
)
def test_v3_what_the_service_refuses_stands_in_its_row_and_the_summary_leads_there(
    values: dict[str, Any], field: str, said: str, visit: FieldVisit
) -> None:
    """An empty row above: the service does not get it."""
    one, _two = people(visit)
    rows = {
        "expense-TOTAL_FORMS": "3",
        "expense-0-amount": "",
        "expense-2-kind": "transport",
        "expense-2-user": one.pk,
        "expense-2-amount": "9,000",
    }
    if "took_part" in values:
        values = {**values, "took_part": [one.pk]}
    answer = browser(visit).post(address(visit), v.report_form(visit, **{**rows, **values}))
    place, name = int(field.split("-")[1]), field.split("-")[2]
    form = answer.context["form"]
    assert answer.status_code == 422
    assert {n: list(row.errors) for n, row in enumerate(form.expenses) if row.errors} == {place: [name]}
    page = text(answer)
    assert re.search(rf'<a href="#id_{field}">집행 경비 {place + 1}번째 줄: [^<]*{said}', page)
    assert re.search(rf'id="id_{field}_error"><p class="form-hint-invalid">[^<]*{said}', page)


def test_v3_a_report_sent_back_shows_the_files_sent_before(visit: FieldVisit) -> None:
    pdf = lambda name: SimpleUploadedFile(name, f"%PDF-1.4 {name}".encode())  # noqa: E731
    files = {"attachments": [pdf("seen.pdf")], "expense-0-file": pdf("bus.pdf")}
    assert browser(visit).post(address(visit), v.report_form(visit, **files)).status_code == 302
    reports.return_report(v.again(visit), reason="사진을 더 넣어 주세요.", actor=make.planner())
    shown = browser(visit).get(address(visit))
    refused_again = browser(visit).post(
        address(visit), v.report_form(v.again(visit), **{"findings": "", **with_rows(visit)})
    )
    for answer in (shown, refused_again):
        for name in ("seen.pdf", "bus.pdf"):
            assert re.search(rf'<a href="/[^"]+" download>{name}</a>', text(answer)), name


def with_rows(visit: FieldVisit) -> dict[str, Any]:
    return {f"expense-{place}-pk": row.pk for place, row in enumerate(visit.expenses.all())}


def test_v4_expenses_larger_than_any_visit_are_named_in_their_row(visit: FieldVisit) -> None:
    rows = {"expense-0-receipt": "1", "expense-0-note": "사유", "expense-1-note": "사유"}
    given = v.report_form(visit, **rows, **{"expense-0-amount": "3000000000"})
    answer = browser(visit).post(address(visit), given)
    assert "집행 경비 1번째 줄: 100,000,000원 이하로 입력해 주세요." in text(answer)
    amounts = {"expense-0-amount": "30,000,000", "expense-1-amount": "90,000,000"}
    answer = browser(visit).post(address(visit), v.report_form(visit, **rows, **amounts))
    assert answer.status_code == 422
    assert "집행 경비 2번째 줄: 집행 경비 합계가 100,000,000원을 넘습니다." in text(answer)
    assert v.again(visit).state == VisitState.TRAVELLED
