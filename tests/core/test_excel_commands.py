"""manage.py import_excel and export_excel."""

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from basis.errors import Rejected
from basis.excel.columns import ImportColumn
from basis.excel.exports import EXPORTS, Export, get_export
from basis.excel.importer import IMPORTERS, Importer, UnknownKind
from basis.excel.writer import ExportColumn
from tests.basis.excel_files import opened, workbook

ROOT = Path(__file__).parents[2]


class GroupImporter(Importer):
    kind = "groups"
    label = "모임"
    columns = (ImportColumn("name", "이름", required=True), ImportColumn("size", "인원", kind="int"))

    def save(self, rows: list[Any], actor: Any) -> int:
        Group.objects.bulk_create([Group(name=name) for name, _size in rows])
        return len(rows)


def groups(filters: dict[str, str]) -> Any:
    rows = Group.objects.order_by("pk").values_list("pk", "name")
    if "pk" in filters:
        if not filters["pk"].isdigit():
            raise Rejected("번호는 숫자로 적어 주세요.")
        rows = rows.filter(pk=filters["pk"])
    return [ExportColumn("번호", "int"), ExportColumn("이름")], rows.iterator()


@pytest.fixture(autouse=True)
def _own_kinds() -> Iterator[None]:
    export = Export("groups", "모임", groups, filters=["pk", "name"])
    with IMPORTERS.only(GroupImporter), EXPORTS.only(export):
        yield


def take(tmp_path: Path, rows: list[list[Any]], *options: str) -> tuple[str, str, str]:
    """What was printed, what was complained of, and the closing word of a failure."""
    file, out, err, failure = tmp_path / "in.xlsx", StringIO(), StringIO(), ""
    file.write_bytes(workbook(rows).getvalue())
    try:
        call_command("import_excel", "groups", str(file), *options, stdout=out, stderr=err)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), err.getvalue(), failure


GOOD = [["이름", "인원", "비고"], ["하나", 3, "x"], ["둘", None, None]]


@pytest.mark.django_db
def test_import_saves_and_says_how_many(tmp_path: Path) -> None:
    out, err, failure = take(tmp_path, GOOD)
    assert "2건을 등록했습니다." in out
    assert "사용하지 않는 열은 건너뛰었습니다: 비고" in out
    assert (err, failure) == ("", "")
    assert Group.objects.count() == 2


@pytest.mark.django_db
def test_a_dry_run_saves_nothing(tmp_path: Path) -> None:
    out, _err, failure = take(tmp_path, GOOD, "--dry-run")
    assert "2건을 등록할 수 있습니다." in out
    assert not failure
    assert not Group.objects.exists()


@pytest.mark.django_db
def test_errors_are_printed_with_row_column_and_reason_and_nothing_is_saved(tmp_path: Path) -> None:
    _out, err, failure = take(tmp_path, [["이름", "인원"], ["하나", 1], [None, "12명"]])
    lines = err.splitlines()
    assert lines[0].startswith("3행 A열(이름): 필수 항목입니다")
    assert lines[1].startswith("3행 B열(인원): 숫자가 텍스트로")
    assert lines[1].endswith("[12명]")
    assert "2곳이 잘못되어 아무것도 등록하지 않았습니다" in failure
    assert not Group.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import_excel", "group", "x.xlsx"), "사용할 수 있는 종류: groups"),
        (("import_excel", "groups", "missing.xlsx"), "파일을 열 수 없습니다"),
        (("import_excel", "groups", __file__), "필요한 열이 없습니다"),
        (("export_excel", "group", "x.xlsx"), "사용할 수 있는 종류: groups"),
        (("export_excel", "groups", "x.xlsx", "--filter", "nmae=1"), "사용할 수 없는 조건입니다: nmae"),
        (("export_excel", "groups", "x.xlsx", "--filter", "name"), "‘이름=값’"),
        (("export_excel", "groups", "x.xlsx", "--filter", "pk=a"), "숫자로 적어 주세요"),
        (("export_excel", "groups", "missing/x.xlsx"), "파일을 쓸 수 없습니다"),
    ],
)
def test_mistakes_are_explained_in_korean(
    arguments: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as caught:
        call_command(*arguments)
    assert words in str(caught.value)
    assert os.listdir(tmp_path) == []


@pytest.mark.django_db
def test_export_writes_the_rows_and_says_how_many(tmp_path: Path) -> None:
    Group.objects.bulk_create([Group(name=name) for name in ("=1+1", "둘")])
    file, out = tmp_path / "out.xlsx", StringIO()
    call_command("export_excel", "groups", str(file), stdout=out)
    assert f"2건을 {file}에 저장했습니다." in out.getvalue()
    assert os.listdir(tmp_path) == ["out.xlsx"]
    page = opened(file.read_bytes()).worksheets[0]
    assert page.title == "모임"
    assert [row[1].value for row in page.iter_rows()] == ["이름", "=1+1", "둘"]
    assert page["B2"].data_type == "s"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "options", [["--filter", "pk={pk}", "name=x"], ["--filter", "pk={pk}", "--filter", "name=x"]]
)
def test_export_takes_filters_in_both_ways(options: list[str], tmp_path: Path) -> None:
    first, _second = Group.objects.create(name="하나"), Group.objects.create(name="둘")
    out = StringIO()
    given = [option.format(pk=first.pk) for option in options]
    call_command("export_excel", "groups", str(tmp_path / "out.xlsx"), *given, stdout=out)
    assert "1건을" in out.getvalue()


@pytest.mark.django_db
def test_an_export_that_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def broken(filters: dict[str, str]) -> Any:
        def rows() -> Iterator[list[int]]:
            yield [1]
            raise RuntimeError

        return [ExportColumn("열", "int")], rows()

    EXPORTS.plug(Export("broken", "", broken))
    file = tmp_path / "out.xlsx"
    file.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        call_command("export_excel", "broken", str(file))
    assert os.listdir(tmp_path) == ["out.xlsx"]
    assert file.read_bytes() == b"old"


def test_two_exports_of_one_kind_are_a_mistake_and_unknown_ones_are_told_what_there_is() -> None:
    with pytest.raises(ValueError, match="groups"):
        EXPORTS.plug(Export("groups", "", groups))
    with pytest.raises(UnknownKind, match="groups"):
        get_export("casse")


def test_the_exit_code_is_1(tmp_path: Path) -> None:
    file = tmp_path / "no.xlsx"
    file.write_bytes(b"<html></html>")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "import_excel", "departments", str(file)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "표가 없는 웹 페이지" in done.stderr
