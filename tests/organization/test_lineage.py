"""Departments of earlier years with who took over; an old name means the department of that day (N4)."""

import datetime as dt
from typing import Any

import pytest
from django.db import models

from basis.days import Day, Precision
from basis.errors import Rejected
from basis.excel.importer import ImportResult
from core.now import pretend
from organization.enums import ChangeType, DepartmentKind, Role
from organization.excel import PastDepartmentImporter
from organization.models import Department, DepartmentChange
from organization.naming import NamesThen
from tests.basis.excel_files import taken, workbook
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db
HEAD = ("옛 부서명", "설치일", "폐지일", "승계부서")


def take_in(*rows: Any) -> tuple[PastDepartmentImporter, ImportResult]:
    importer = PastDepartmentImporter()
    with pretend(dt.date(2026, 11, 20)):
        actor = UserFactory(roles=[Role.ADMINISTRATOR])
        return importer, taken(importer, workbook([list(HEAD), *map(list, rows)]), actor)


def named(text: str, day: Day | None) -> list[tuple[str, str]]:
    return [(found.department.name, found.name) for found in NamesThen().read(text, day)]


def year(number: int) -> Day:
    return Day(dt.date(number, 1, 1), Precision.YEAR)


def test_n4_old_departments_come_in_with_who_took_over() -> None:
    now = DepartmentFactory(name="교통행정과", valid_from=dt.date(2016, 1, 1))
    importer, result = take_in(
        ["교통지도과", "1998-03-01", "2012-12-31", "교통관리과"],
        ["교통관리과", "2013", "2015-12-31", "교통 행정과"],
        ["옛날과", "1990", "1997-12-31", None],
    )
    assert (result.saved, result.errors) == (3, [])
    first, second, gone = (Department.objects.get(name=n) for n in ("교통지도과", "교통관리과", "옛날과"))
    assert (first.successor, second.successor, gone.successor) == (second, now, None)
    assert (second.valid_from, second.valid_to) == (dt.date(2013, 1, 1), dt.date(2015, 12, 31))
    assert first.kind == DepartmentKind.DIVISION
    ends = DepartmentChange.objects.filter(department=gone).values_list("kind", flat=True)
    assert set(ends) == {ChangeType.CREATE, ChangeType.ABOLISH}
    DepartmentChange.objects.filter(department__in=importer.made).delete()
    for department in reversed(importer.made):
        department.delete()
    assert list(Department.objects.filter(valid_to__isnull=False)) == []


def test_n4_what_cannot_be_is_named() -> None:
    DepartmentFactory(name="교통행정과", valid_from=dt.date(2010, 1, 1))
    _importer, result = take_in(
        ["교통행정과", "2009", "2012", None],
        ["거꾸로과", "2013", "2012", None],
        ["지금과", "2013", "2026-12", None],
    )
    assert [error.row for error in result.errors] == [2, 3, 4]
    _importer, result = take_in(["끝난과", "2001", "2012", "없던과"])
    assert [(error.row, error.key) for error in result.errors] == [(2, "successor")]


def test_n4_a_name_means_the_department_that_bore_it_then() -> None:
    """The name went on to another department; both are told apart by the day."""
    old = DepartmentFactory(name="문화과", valid_from=dt.date(2000, 1, 1), valid_to=dt.date(2013, 6, 30))
    new = DepartmentFactory(name="체육과", valid_from=dt.date(2000, 1, 1))
    DepartmentChange.objects.create(
        department=new, kind=ChangeType.RENAME, effective_on=dt.date(2014, 1, 1), old_name="관광과",
        new_name="체육과", applied_at=dt.datetime(2014, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    again = DepartmentFactory(name="문화과", valid_from=dt.date(2013, 7, 1))
    meant: models.Model = NamesThen().read("문화과", year(2012))[0].department
    assert meant == old
    assert NamesThen().read("문화과", Day(dt.date(2015, 3, 1)))[0].department == again
    assert NamesThen().read("문화과", year(2013))[0].department == again, "who was there at its end"
    assert named("관광과", year(2012)) == [("체육과", "관광과")]
    with pytest.raises(Rejected, match="여럿"):
        NamesThen().read("문화과", None)


def test_n4_departments_of_a_cell_are_kept_apart_in_any_way() -> None:
    """N2: commas, dots, lines, spaces, and a dot that belongs to the name."""
    for name in ("건축과", "교통행정과", "건설·안전과"):
        DepartmentFactory(name=name)
    for text in (
        "교통행정과, 건축과", "교통행정과·건축과", "교통행정과\n건축과", "교통행정과 / 건축과", "교통 행정과 건축과",
        "교통행정과(주차팀) 및 건축과",
    ):  # fmt: skip
        assert {name for name, _then in named(text, year(2015))} == {"교통행정과", "건축과"}, text
    both = {name for name, _then in named("건설ㆍ안전과·건축과", year(2015))}
    assert both == {"건설·안전과", "건축과"}
    with pytest.raises(Rejected, match="없던과"):
        NamesThen().read("건축과, 없던과", year(2015))
