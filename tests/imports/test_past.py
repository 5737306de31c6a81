"""The benchmarking of 2013–2015 as three offices might have kept it: each gives B9 exactly, nothing to do and nothing
told, and one undoing leaves the tables as before (N1, N2, N3)."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from basis.documents.model import Table
from benchmarking.enums import Decision
from benchmarking.excel import PastCaseImporter
from benchmarking.models import Case
from benchmarking.selectors.statistics import Outcomes, outcomes_by_year
from budgets.selectors import budget_overview
from core.ledger.verify import verify_all
from core.models import Clock, OpenWork
from imports.models import Intake
from imports.services import intake as services
from imports.services import undo
from imports.sockets import IMPORT_PAGES
from mileage.models import Account, Entry
from notifications.models import Mail, Notice
from organization.models import Department
from tests import b9
from tests import factories as make
from tests.benchmarking import past_books
from tests.imports.test_undo import dump
from tests.workbooks import book
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.purse import TRAVEL

pytestmark = pytest.mark.django_db
RESULTS = (("adopt",), ("keep", "long_term"), ("in_force",))  # columns of ○


def flat(known: dict[str, Department]) -> SimpleUploadedFile:
    """A list of all years, old names, ten spellings of days."""
    return SimpleUploadedFile("벤치마킹_총괄.xlsx", past_books.flat_list(known).getvalue())


def yearly(known: dict[str, Department], off: int = 0) -> SimpleUploadedFile:
    """A sheet for each year under a head of three rows, ○ for the result, the total below, `off` by so many."""
    book = Workbook()
    book.remove(book.active)
    lines = list(past_books.rows(known))
    for year in b9.TABLE:
        sheet = book.create_sheet(f"{year}년")
        for line in (
            [f"{year}년 벤치마킹 추진실적"],
            ["연번", "시책명", "자치단체", "담당부서", "검토결과"],
            [None, None, None, None, "도입", "미도입"],
            [None, None, None, None, None, "현행유지·장기검토 등", "기시행 중"],
        ):
            sheet.append(line)
        for area in ("A1:G1", "A2:A4", "B2:B4", "C2:C4", "D2:D4", "E2:G2", "E3:E4", "F3:G3"):
            sheet.merge_cells(area)
        own = [line for line in lines if line[0] == f"{year}년"]
        for n, line in enumerate(own, 1):
            sheet.append([n, line[1], line[3], line[8], *marks(line[9])])
        sheet.append(["합계", f"{len(own) + off}건", None, None, *counts(own)])
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("연도별.xlsx", file.getvalue())


def marks(result: str) -> list[str | None]:
    codes = {str(decision.label).replace(" ", ""): decision.value for decision in Decision}
    return ["○" if codes[result] in group else None for group in RESULTS]


def counts(lines: list[list[Any]]) -> list[int]:
    return [sum(marks(line[9])[n] is not None for line in lines) for n in range(len(RESULTS))]


def groupware(known: dict[str, Department]) -> SimpleUploadedFile:
    """What a groupware calls .xls: a table of HTML, days to the month, finder and reasons."""
    names = ("연도", "사 례 명", "기관명", "검토부서", "결과", "사유", "발굴월", "발굴자")
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in cells) + "</tr>"
        for line in past_books.rows(known)
        for cells in [[line[0], line[1], line[3], line[8], line[9], line[10], "", line[13]]]
    )
    head = "".join(f"<th>{name}</th>" for name in names)
    text = (
        f"<html><head><meta charset='utf-8'></head><body><table><tr>{head}</tr>{body}</table></body></html>"
    )
    return SimpleUploadedFile("벤치마킹.xls", text.encode())


def taken_in(file: SimpleUploadedFile, kind: str = PastCaseImporter.kind) -> Intake:
    """Confirming all that was interpreted, as one would in the page."""
    actor = make.planner()
    found = services.begin(IMPORT_PAGES[kind], file, actor=actor)
    for _turn in range(3):
        asked = found.result["questions"]
        if asked["tables"]:
            said: dict[str, Any] = {"tables": [table["key"] for table in found.result["tables"]]}
        elif asked["notes"]:
            kinds = [*found.answers.get("confirmed", []), *(note["kind"] for note in asked["notes"])]
            said = {"confirmed": kinds}
        else:
            break
        found = services.answer(found, said, actor=actor)
    assert found.result["errors"] == []
    return found


@pytest.mark.parametrize("shape", [flat, yearly, groupware])
def test_b9_three_shapes_give_the_table_and_one_undoing_takes_it_back(
    shape: Callable[[dict[str, Department]], SimpleUploadedFile],
) -> None:
    make.planner()
    file = shape(past_books.departments())
    before = dump()
    checked = taken_in(file)
    assert checked.result["total"] == 92
    saved = services.save(checked, actor=make.planner())
    assert Case.objects.count() == 92
    table = outcomes_by_year(2013, 2015)
    assert {
        year: (line.total, line.adopted, line.rejected, line.kept, line.in_force)
        for year, line in table.items()
    } == b9.TABLE
    assert sum(table.values(), Outcomes()).total == 92
    for model in (OpenWork, Clock, Notice, Mail, Entry):
        assert not model.objects.exists(), model
    undo.undo(saved, actor=make.planner())
    assert dump() == before


def test_n1_the_proof_stands_beside_the_total_of_the_workbook() -> None:
    """N1: before saving; a total that does not agree is named."""
    known = past_books.departments()
    found = Table.from_json(taken_in(yearly(known)).result["proof"])
    lines = {line[0].value: [cell.value for cell in line[1:]] for line in (*found.rows, *found.totals)}
    assert {str(year): [*figures, 0] for year, figures in b9.TABLE.items()}.items() <= lines.items()
    assert lines["계"] == [*b9.TOTAL, 0]
    assert lines["파일의 합계"] == [92, 17, None, 39, 36, None]
    assert "차이" not in lines
    wrong = Table.from_json(taken_in(yearly(known, 1)).result["proof"])
    assert [cell.value for cell in wrong.totals[-1]] == ["차이", -3, 0, None, 0, 0, None]


def test_m3_what_went_through_a_ledger_is_taken_back_by_its_opposite() -> None:
    """N1, V5: budgets, visits with their money, balances: undone in the pages' own way."""
    make.DepartmentFactory(name="건축과")
    make.UserFactory(employee_number="200001")
    files = {
        "travel-budgets-past": (
            ["연도", "편성액(원)", "결정 문서번호"], [2014, 300_000, "기획예산과-77"],
        ),
        "visits-past": (
            ["방문일", "방문 기관", "방문 부서", "집행액(원)"],
            ["2014-05-07", "○○시", "건축과", 250_000], ["2014-06-07", "△△시", "건축과", None],
        ),
        "mileage-past": (
            ["직원번호", "구분", "점수·시간", "기준일", "근거 문서번호"],
            ["200001", "상시학습", 40, "2025-12-31", "기획예산과-77"],
        ),
    }  # fmt: skip
    made = []
    for kind, (heads, *rows) in files.items():
        checked = taken_in(book(heads, *rows), kind)
        made.append(services.save(checked, actor=make.planner()))
    assert budget_overview(TRAVEL, 2014).free == 50_000
    assert Account.objects.get().balance == 4_000
    for intake in reversed(made):
        undo.undo(intake, actor=make.planner())
    assert budget_overview(TRAVEL, 2014).allocated == 0
    assert Account.objects.get().balance == 0
    assert [visit.state for visit in FieldVisit.objects.all()] == [VisitState.CANCELLED]
    assert list(verify_all()) == []
