"""Every row is checked, every error says where and why, and all rows are saved or none (issue 2)."""

import datetime as dt
import io
from collections.abc import Hashable, Iterator, Set
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from basis.errors import Rejected
from basis.excel import importer as module
from basis.excel.columns import ImportColumn
from basis.excel.importer import IMPORTERS, Importer, RowError, UnknownKind, check, get_importer
from basis.excel.rows import RawRow
from basis.excel.safety import ExcelRefused
from tests.basis.excel_files import taken, workbook

HEAD = ["사례명", "부서", "건수", "발굴일"]
DAY = dt.date(2026, 11, 20)
DEPARTMENTS = {"기획예산과", "교통행정과"}


class CaseImporter(Importer):
    """A fake: saves the titles as groups, so that real tables and a real transaction take part."""

    kind = "fake-cases"
    label = "사례"
    unique = ("title",)
    columns = (
        ImportColumn("title", "사례명", required=True, max_length=30),
        ImportColumn("department", "부서", required=True),
        ImportColumn("count", "건수", kind="int"),
        ImportColumn("found", "발굴일", kind="date"),
    )

    def prepare(self) -> None:
        self.departments = set(DEPARTMENTS)

    @check("department")
    def check_department(self, name: str) -> None:
        if name not in self.departments:
            raise Rejected("없는 부서입니다. 부서명을 확인해 주세요.")

    def existing(self, keys: Set[Hashable]) -> Set[Hashable]:
        return set(Group.objects.filter(name__in=keys).values_list("name", flat=True))

    def save(self, rows: list[Any], actor: Any) -> int:
        self.actor = actor
        Group.objects.bulk_create([Group(name=row[0]) for row in rows])
        return len(rows)


def good(number: int) -> list[Any]:
    return [f"사례 {number}", "기획예산과", number, DAY]


def thousand() -> list[list[Any]]:
    return [HEAD, *(good(n) for n in range(1000))]


def run(rows: list[list[Any]], importer: Importer | None = None, **more: Any) -> module.ImportResult:
    return taken(importer or CaseImporter(), workbook(rows), more.pop("actor", None), **more)


# -- each bad kind: what stands in the row, then column label, letter, value shown, and words of the reason
BAD = {
    "missing title": ([None, "기획예산과", 1, DAY], ("사례명", "A", "", "필수 항목입니다")),
    "unknown department": (["가", "없는과", 1, DAY], ("부서", "B", "없는과", "없는 부서입니다")),
    "impossible date": (["나", "기획예산과", 1, "2026-02-30"], ("발굴일", "D", "2026-02-30", "없는 날짜")),
    "formula": (["다", "기획예산과", "=1+1", DAY], ("건수", "C", "=1+1", "수식")),
    "duplicate": (good(0), ("사례명", "A", "사례 0", "2행과 중복됩니다")),
    "number as text": (["라", "기획예산과", "1,250", DAY], ("건수", "C", "1,250", "텍스트로 저장")),
    "over-long text": (["마" * 31, "기획예산과", 1, DAY], ("사례명", "A", "마" * 31, "30자까지")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_a_bad_row_is_shown_with_row_column_value_and_reason_and_nothing_is_saved(name: str) -> None:
    row, (label, letter, value, words) = BAD[name]
    result = run([HEAD, good(0), row, good(2)])
    [error] = result.errors
    assert (error.row, error.column_label, error.column_letter, error.value) == (3, label, letter, value)
    assert words in error.message
    assert (result.total, result.saved, result.error_count, result.ok) == (3, 0, 1, False)
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_seven_bad_rows_of_a_thousand_save_nothing_and_the_corrected_file_saves_all() -> None:
    rows = thousand()
    places = [5, 100, 250, 499, 730, 900, 1000]
    for place, (row, _error) in zip(places, BAD.values(), strict=True):
        rows[place] = row
    result = run(rows)
    assert [e.row for e in result.errors] == [place + 1 for place in places]
    for error, (_row, (label, letter, value, words)) in zip(result.errors, BAD.values(), strict=True):
        assert (error.column_label, error.column_letter, error.value) == (label, letter, value)
        assert words in error.message
    assert (result.total, result.saved, result.error_count) == (1000, 0, 7)
    assert not Group.objects.exists()

    result = run(thousand())
    assert (result.total, result.saved, result.errors) == (1000, 1000, [])
    assert Group.objects.count() == 1000


@pytest.mark.django_db
def test_several_errors_of_one_row_are_all_shown_in_column_order() -> None:
    result = run([HEAD, [None, "=A1", "x", "y"]])
    assert [e.column_letter for e in result.errors] == ["A", "B", "C", "D"]


@pytest.mark.django_db
def test_what_the_database_has_already_is_shown() -> None:
    Group.objects.create(name="사례 1")
    [error] = run([HEAD, good(0), good(1)]).errors
    assert (error.row, error.column_letter, error.value) == (3, "A", "사례 1")
    assert "이미 등록된" in error.message
    assert Group.objects.count() == 1


@pytest.mark.django_db
def test_errors_come_in_row_order_whatever_found_them() -> None:
    Group.objects.create(name="사례 1")
    assert [e.row for e in run([HEAD, good(1), [None, "기획예산과", 1, DAY]]).errors] == [2, 3]


@pytest.mark.django_db
def test_a_dry_run_checks_and_saves_nothing() -> None:
    result = run(thousand(), dry_run=True)
    assert (result.total, result.saved, result.ok) == (1000, 0, True)
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_the_actor_reaches_save() -> None:
    importer = CaseImporter()
    run([HEAD, good(0)], importer, actor="담당자")
    assert importer.actor == "담당자"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [Rejected, RuntimeError])
def test_what_fails_while_saving_undoes_all(error: type[Exception]) -> None:
    class Failing(CaseImporter):
        def save(self, rows: list[Any], actor: Any) -> int:
            super().save(rows, actor)
            raise error("half way")

    with pytest.raises(error):
        run([HEAD, good(0), good(1)], Failing())
    assert not Group.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_unique_key_that_breaks_says_which_row_and_why(dry_run: bool) -> None:
    """A check does what saving does, and undoes it."""

    class Slow(CaseImporter):
        def save(self, rows: list[Any], actor: Any) -> int:
            Group.objects.create(name="사례 5")  # of which the checks know nothing
            return super().save(rows, actor)

    result = run([HEAD, *(good(n) for n in range(9))], Slow(), dry_run=dry_run)
    assert (result.saved, result.error_count) == (0, 1)
    assert "7행: 앞의 행이나 이미 등록된 자료와 겹쳐" in str(result.errors[0])
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_a_row_registered_meanwhile_by_somebody_else_is_named() -> None:
    class Late(CaseImporter):
        asked = 0

        def existing(self, keys: Set[Hashable]) -> Set[Hashable]:
            self.asked += 1
            return {"사례 1"} if self.asked > 1 else set()

        def save(self, rows: list[Any], actor: Any) -> int:
            raise IntegrityError

    result = run([HEAD, good(0), good(1)], Late())
    assert [(error.row, error.message) for error in result.errors] == [
        (3, "이미 등록된 자료입니다. 이 행을 지워 주세요.")
    ]


@pytest.mark.django_db
def test_rows_are_the_same_however_they_are_spelled() -> None:
    first, again = good(0), good(1)
    first[0], again[0] = "점자ㆍ음성 ABC", "점자·음성  ａｂｃ"
    result = run([HEAD, first, again])
    assert "2행과 중복됩니다" in result.errors[0].message


class Listed(CaseImporter):
    """Saves into a list; without keys."""

    unique = ()

    def save(self, rows: list[Any], actor: Any) -> int:
        self.saved = rows
        return len(rows)


@pytest.mark.django_db
def test_rows_reach_save_clean_and_in_order() -> None:
    importer = Listed()
    run([HEAD, ["  공유\u200b주차 ", "교통행정과", 3, "2026. 11. 20."], good(1), good(1)], importer)
    assert importer.saved == [("공유주차", "교통행정과", 3, DAY), *[tuple(good(1))] * 2]


@pytest.mark.django_db
def test_a_form_may_check_the_row() -> None:
    class Form(forms.Form):
        title = forms.CharField(min_length=5, error_messages={"min_length": "5자 이상 입력해 주세요."})
        count = forms.IntegerField(min_value=10, error_messages={"min_value": "10 이상 입력해 주세요."})

        def clean(self) -> None:
            raise ValidationError("서로 맞지 않습니다. 확인해 주세요.")

    class Formed(Listed):
        def clean_row(self, row: RawRow) -> Any:
            form = Form(row.values)
            if not form.is_valid():
                raise ValidationError(form.errors.as_data())
            return form.cleaned_data

    result = run([HEAD, ["넉자임", "기획예산과", 3, DAY]], Formed())
    assert result.errors == [
        RowError(2, "", "", "", "서로 맞지 않습니다. 확인해 주세요."),
        RowError(2, "사례명", "A", "넉자임", "5자 이상 입력해 주세요.", "title"),
        RowError(2, "건수", "C", "3", "10 이상 입력해 주세요.", "count"),
    ]


@pytest.mark.django_db
def test_n3_all_that_is_wrong_with_all_rows_comes_at_once() -> None:
    """Cells that cannot be read, each check by itself, and rows that are there twice."""
    late = "발굴일이 너무 이릅니다."

    class Checked(CaseImporter):
        @check("found")
        def check_found(self, day: dt.date) -> None:
            if day.year < 2000:
                raise Rejected(late)

        @check("count", "department")
        def check_pair(self, count: int, department: str) -> None:
            raise Rejected("건수와 부서가 맞지 않습니다.", field="count")

    old = dt.date(1999, 1, 1)
    rows = [["가나다", "없는과", "두 건", old], ["가나다", None, 1, old], ["라마바", "기획예산과", 2, DAY]]
    errors = run([HEAD, *rows], Checked()).errors
    assert [(error.row, error.column_letter) for error in errors] == [
        *((2, letter) for letter in "BCD"),
        *((3, letter) for letter in "ABD"),
        (4, "C"),
    ]
    assert "2행과 중복" in errors[3].message
    assert {error.message for error in errors if error.column_letter == "D"} == {late}


@pytest.mark.django_db
def test_a_plain_refusal_means_the_whole_row() -> None:
    class Strict(Listed):
        def clean_row(self, row: RawRow) -> Any:
            raise ValidationError("이 행은 쓸 수 없습니다. 지워 주세요.")

    [error] = run([HEAD, good(0)], Strict()).errors
    assert str(error) == "2행: 이 행은 쓸 수 없습니다. 지워 주세요."


def test_an_error_reads_as_a_sentence() -> None:
    assert str(RowError(3, "사례명", "A", "", "필수입니다.")) == "3행 A열(사례명): 필수입니다."


@pytest.mark.django_db
def test_a_long_value_is_cut_for_showing() -> None:
    [error] = run([HEAD, ["가" * 5000, "기획예산과", 1, DAY]]).errors
    assert error.value == "가" * 100


@pytest.mark.django_db
def test_errors_beyond_the_limit_are_counted_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ERRORS", 5)
    result = run([HEAD, *[[None, "기획예산과", 1, DAY]] * 12])
    assert (len(result.errors), result.error_count, result.ok) == (5, 12, False)


@pytest.mark.django_db
def test_a_bad_row_after_the_limit_still_stops_the_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ERRORS", 0)
    assert run([HEAD, good(0), [None, "기획예산과", 1, DAY]]).saved == 0
    assert not Group.objects.exists()


def test_a_form_without_rows_is_refused() -> None:
    with pytest.raises(ExcelRefused, match="입력된 행이 없습니다"):
        run([HEAD, ["(예시) 공유주차", "기획예산과", 1, DAY]])


def test_a_file_that_is_no_workbook_never_reaches_the_importer() -> None:
    class Never(Importer):
        kind, label, columns = "never", "", CaseImporter.columns

        def prepare(self) -> None:
            raise AssertionError

    with pytest.raises(ExcelRefused, match="웹 페이지"):
        taken(Never(), io.BytesIO(b"<html></html>"), None)


@pytest.mark.django_db
def test_unknown_columns_are_named_as_ignored() -> None:
    result = run([[*HEAD, "비고"], [*good(0), "x"]])
    assert result.ignored_columns == ["비고"]
    assert result.saved == 1


@pytest.mark.django_db
def test_progress_is_told_every_thousand_rows_and_at_the_end() -> None:
    told: list[int] = []
    run([HEAD, *(good(n) for n in range(1500))], dry_run=True, progress=told.append)
    assert told == [1000, 1500]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 100])
def test_checking_asks_the_database_once_however_many_rows(
    count: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):  # what there is already, and the rows saved and taken back
        run([HEAD, *(good(n) for n in range(count))], dry_run=True)


# ------------------------------------------------------------------------------------------- kinds


@pytest.fixture
def _own_kinds() -> Iterator[None]:
    with IMPORTERS.only(CaseImporter):
        yield


@pytest.mark.usefixtures("_own_kinds")
def test_importers_are_found_by_kind_and_made_anew() -> None:
    first, second = get_importer("fake-cases"), get_importer("fake-cases")
    assert isinstance(first, CaseImporter)
    assert first is not second


@pytest.mark.usefixtures("_own_kinds")
def test_two_importers_of_one_kind_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="fake-cases"):
        IMPORTERS.plug(type("Other", (CaseImporter,), {}))


@pytest.mark.usefixtures("_own_kinds")
def test_an_unknown_kind_is_told_the_known_ones() -> None:
    with pytest.raises(UnknownKind) as caught:
        get_importer("casse")
    assert "casse" in caught.value.message
    assert "fake-cases" in caught.value.message
