"""What the incentive projects of a year brought as a paper: the tables of the plan of 2016 (I6, I7)."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from basis.documents.hwpx import render_hwpx
from basis.documents.model import Chart, Document, Figures, Paragraph, Table
from basis.periods import parse
from reports.definitions import definition_of
from tests.incentives import gangbuk

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def document(period: str = "2015") -> Document:
    return definition_of("incentives-year").document(parse(period), DAY)


def table(found: Document, caption: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.caption == caption)


def values(cells: Any) -> list[Any]:
    return [cell.value for cell in cells]


def test_i6_the_year_2015_as_the_plan_of_2016_prints_it() -> None:
    gangbuk.all_of_2015()
    found = document()
    figures = next(block for block in found.blocks if isinstance(block, Figures))
    assert [one.value for one in figures.items] == [27, "717.7", 13, 9_200]
    kinds = table(found, "평가 구분별 수상")
    assert [values(line)[1:3] for line in kinds.rows] == [[12, "509.2"], [6, "113"], [9, "95.5"]]
    assert values(kinds.totals[0])[1:3] == [27, "717.7"]
    results = table(found, "평가 결과")
    assert len(results.rows) == 27
    assert [values(line)[0] for line in results.rows if values(line)[6] == "정해지지 않음"] == [
        "13",
        "17",
        "24",
    ]
    projects = table(found, "공동협력사업 현황")
    assert values(projects.totals[0])[1:4] == ["13개 사업", 9_200, "14줄"]
    assert len(projects.rows) == 14


def test_i6_the_papers_own_counts_stand_beside_ours_where_they_differ() -> None:
    gangbuk.all_of_2015()
    differ = table(document(), "계획서의 집계와 다른 곳")
    (line,) = [values(line) for line in differ.rows]
    assert line[1:3] == [5, 6], "the summary names five grades for six results"
    assert line[4] == "모범 1: 계획서에 없음"


def test_i6_four_years_beside_each_other_with_a_chart() -> None:
    gangbuk.all_of_2015()
    found = document()
    years = table(found, "연도별 수상 현황")
    assert [column.label for column in years.columns[1:]] == ["2015년", "2014년", "2013년", "2012년"]
    assert values(years.rows[0])[1:] == ["9위", "12위", "4위", "7위"]
    assert values(years.rows[1])[1:] == ["509", "318", "569", "517"]
    chart = next(block for block in found.blocks if isinstance(block, Chart))
    assert (chart.categories, chart.series[0].values) == (
        ("2012", "2013", "2014", "2015"),
        (517, 569, 318, 509),
    )


def test_i6_a_year_without_results_says_so_and_the_paper_leaves_in_every_form() -> None:
    assert any("없음" in block.text for block in document("2019").blocks if isinstance(block, Paragraph))
    gangbuk.all_of_2015()
    assert render_hwpx(document())


def test_r2_made_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    gangbuk.all_of_2015()
    call_command("report", "incentives-year", "--period", "2015")
    assert "2015" in capsys.readouterr().out
