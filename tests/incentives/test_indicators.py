"""Indicators are written as a tree of rows, and refused with the reason (I3)."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from basis.errors import Refused, Rejected
from core.now import today
from incentives import sheet, sheet_reading
from incentives.enums import Level, Shape
from incentives.models import Indicator
from incentives.selectors.indicators import standing_of
from incentives.services import indicators, plans, projects
from incentives.services.indicators import Faulty
from incentives.services.values import record
from tests import factories as make
from tests.incentives import made, measured
from tests.incentives.measured import MEASURED, row

pytestmark = pytest.mark.django_db


def troubles(division: Any, *rows: Any, actor: Any = None) -> dict[str, Any]:
    with pytest.raises(Faulty) as error:
        indicators.save_rows(division, rows, actor=actor or make.planner())
    return dict(error.value.troubles)


def test_i3_the_tree_follows_from_order_and_level() -> None:
    division = made.division()
    details = measured.tree(division)
    rows = {one.name: one for one in division.indicators.select_related("parent")}
    assert [one.parent.name for one in details if one.parent] == ["항목 1", "항목 1", "항목 2", "항목 2"]
    item = rows["항목 2"]
    assert item.parent == rows["분야"]
    assert rows["분야"].parent is None


@pytest.mark.parametrize(
    ("texts", "column"),
    [
        ({"target": "0"}, "target"),
        ({"target": "-1"}, "target"),
        ({"target": "많이"}, "target"),
        ({"target": "1e400"}, "target"),
        ({"target": "0.1234567"}, "target"),
        ({"weight": "-1"}, "weight"),
        ({"weight": "12345"}, "weight"),
        ({"name": " "}, "name"),
        ({"level": "국"}, "level"),
        ({"shape": "대략"}, "shape"),
        ({"bounds": "120~100"}, "bounds"),
        ({"bounds": "0~3000"}, "bounds"),
        ({"terms": "10"}, "terms"),
        ({"shape": Shape.RANGE, "terms": "20~10"}, "terms"),
        ({"shape": Shape.STEPS, "terms": "100:100, 80:50"}, "terms"),
        ({"shape": Shape.STEPS, "terms": "아무거나"}, "terms"),
        ({"shape": Shape.BASE, "terms": "100"}, "terms"),
        ({"person": "없는사람"}, "person"),
        ({"p3": "많이"}, "p3"),
        ({"shape": "", "weight": "5"}, "weight"),
        ({"response": "가" * 2_001}, "response"),
    ],
)
def test_i3_what_will_not_do_is_said_beside_its_cell(texts: dict[str, str], column: str) -> None:
    division = made.division()
    found = troubles(division, row(key="n0", **{**MEASURED, **texts}))
    assert list(found["n0"].cells) == [column]
    assert not division.indicators.exists(), "nothing is saved"


def test_i3_a_target_still_to_come_may_wait_but_the_plan_is_not_sent_with_it() -> None:
    division = made.notified()
    owner = make.UserFactory(department=division.parts.get().department)
    one = measured.indicator(division, target="", weight="100")
    texts = {"overview": "개요", "goals": "목표", "measures": "방안"}
    plans.write(division, texts, actor=owner)
    with pytest.raises(Rejected, match="계산할 수 없는 지표"):
        plans.send(division, actor=owner)
    indicators.save_rows(division, [row(one.pk, 1, target="10", weight="90")], actor=owner)
    with pytest.raises(Rejected, match=r"합\(90\)이 만점\(100\)"):
        plans.send(division, actor=owner)
    indicators.save_rows(division, [row(one.pk, 2, weight="100")], actor=owner)
    plans.send(division, actor=owner)
    with pytest.raises(Rejected, match="승인받는 동안"):
        indicators.save_rows(division, [row(one.pk, 3, weight="90")], actor=owner)


def test_i3_what_is_measured_has_nothing_below_it() -> None:
    division = made.division()
    found = troubles(
        division,
        row(key="n0", **MEASURED),
        row(key="n1", **{**MEASURED, "level": Level.DETAIL}),
    )
    assert any("shape" in one.cells for one in found.values())


def test_i3_one_with_values_becomes_no_group() -> None:
    division = made.running()
    one = measured.indicator(division)
    record(one, as_of=today(), value=Decimal(3), actor=make.planner())
    assert troubles(division, row(one.pk, 1, shape="", weight="", target=""))[str(one.pk)].cells


def test_i3_two_people_on_different_rows_both_succeed() -> None:
    division = made.division()
    one, other = measured.written(division, [MEASURED, {**MEASURED, "name": "다른 지표"}])
    first, second = make.UserFactory(department=division.parts.get().department), make.planner()
    indicators.save_rows(division, [row(one.pk, 1, target="50")], actor=first)
    indicators.save_rows(division, [row(other.pk, 1, target="70")], actor=second)
    assert [one.target for one in division.indicators.order_by("pk")] == [50, 70]


def test_i3_the_second_on_one_row_is_told_what_the_first_changed() -> None:
    division = made.division()
    one = measured.indicator(division)
    indicators.save_rows(division, [row(one.pk, 1, target="50")], actor=make.planner())
    found = troubles(division, row(one.pk, 1, name="고친 이름", target="100"))
    assert "목표: 50" in found[str(one.pk)].conflict
    assert found[str(one.pk)].version == 2
    indicators.save_rows(division, [row(one.pk, 2, name="고친 이름", target="100")], actor=make.planner())


def test_i3_a_row_sent_again_as_it_stands_is_no_conflict() -> None:
    division = made.division()
    one = measured.indicator(division)
    indicators.save_rows(division, [row(one.pk, 1, target="50")], actor=make.planner())
    assert indicators.save_rows(division, [row(one.pk, 1, target="50.0")], actor=make.planner()) == []


def test_i3_rows_move_with_what_is_below_them() -> None:
    division = made.division()
    measured.tree(division)
    item = division.indicators.get(name="항목 2")
    indicators.move(item, down=False, actor=make.planner())
    names = [one.name for one in division.indicators.standing().order_by("order")]
    assert names == ["분야", "항목 2", "세부 2-1", "세부 2-2", "항목 1", "세부 1-1", "세부 1-2"]
    indicators.move(item, down=True, actor=make.planner())
    indicators.move(item, down=True, actor=make.planner())
    names = [one.name for one in division.indicators.standing().order_by("order")]
    assert names == ["분야", "항목 1", "세부 1-1", "세부 1-2", "항목 2", "세부 2-1", "세부 2-2"]
    detail = division.indicators.get(name="세부 2-1")
    indicators.move(detail, down=False, actor=make.planner())
    detail.refresh_from_db()
    assert detail.parent == division.indicators.get(name="항목 1"), "over its item, to the one before"


def test_i3_taken_out_and_back() -> None:
    division = made.division()
    details = measured.tree(division)
    with pytest.raises(Rejected, match="아래 지표부터"):
        indicators.end(division.indicators.get(name="항목 1"), actor=make.planner())
    indicators.end(details[0], actor=make.planner())
    assert len(standing_of([division])[0].leaves) == 3
    indicators.restore(Indicator.objects.get(pk=details[0].pk), actor=make.planner())
    assert len(standing_of([division])[0].leaves) == 4


def test_i3_only_the_owner_and_planning_write_and_helpers_tell_values() -> None:
    helper = make.DepartmentFactory()
    division = made.division(helpers=[helper])
    one = measured.indicator(division)
    help_ = make.UserFactory(department=helper)
    with pytest.raises(Refused):
        indicators.save_rows(division, [row(one.pk, 1, target="5")], actor=help_)
    assert record(one, as_of=today(), value=Decimal(5), actor=help_)
    with pytest.raises(Refused):
        record(one, as_of=today(), value=Decimal(5), actor=make.UserFactory())


def test_i3_the_year_after_goes_on_with_the_indicators() -> None:
    division = made.division(year=2025)
    old = measured.tree(division)
    new = projects.copy_year(2026, [division.project], actor=make.planner())[0]
    rows = list(new.indicators.standing().select_related("before", "parent").order_by("order"))
    assert [one.name for one in rows] == [one.name for one in division.indicators.order_by("order")]
    leaves = [one for one in rows if one.shape]
    assert [one.before for one in leaves] == old
    assert all(one.parent and one.parent.division_id == new.pk for one in leaves)


def test_i3_a_table_of_300_rows_and_no_more() -> None:
    division = made.division()
    measured.written(division, [{**MEASURED, "name": f"지표 {n}"} for n in range(indicators.MOST)])
    with pytest.raises(Rejected, match="300줄"):
        measured.indicator(division)


def test_i3_a_row_reads_back_what_it_shows() -> None:
    division = made.division()
    person = make.UserFactory(department=division.parts.get().department)
    kinds = [
        {"shape": Shape.LOWER, "target": "3.5"},
        {"shape": Shape.RANGE, "target": "", "terms": "10~20"},
        {"shape": Shape.STEPS, "target": "", "terms": "80:50, 100:100", "bounds": "10~120"},
        {"shape": Shape.YES, "target": "", "grows": "0"},
        {"shape": Shape.BASE, "target": "60", "terms": "40", "person": person.employee_number},
        {"p1": "5", "p6": "50", "p12": "100", "response": "매달 점검\n분기 보고"},
    ]
    for one in measured.written(division, [{**MEASURED, **kind} for kind in kinds]):
        texts = sheet.texts_of(one)
        found = sheet_reading.read(texts, sheet_reading.People([texts["person"]]), one)
        assert not found.faults
        assert not sheet.changes(one, found.values, sheet.ALL)
        words = {key: sheet.shown(key, text) for key, text in texts.items()}
        found = sheet_reading.read(words, sheet_reading.People([words["person"]]), one)
        assert not sheet.changes(one, found.values, sheet.ALL), "the labels mean the same as the codes"


def test_i3_the_sum_of_the_tree_is_that_of_its_leaves() -> None:
    division = made.running()
    details = measured.tree(division, leaves=7, weight="14.285")
    for n, one in enumerate(details[:5]):
        record(one, as_of=today(), value=Decimal(f"{n * 7}.333333"), actor=make.planner())
    found = standing_of([division])[0]
    field = next(one for one in found.rows if one.level == Level.FIELD)
    own = sum((leaf.scored.score for leaf in found.leaves.values() if leaf.scored), Fraction(0))
    assert found.total.score == found.sums[field.pk].score == own
    assert found.total.missing == 2 * Fraction("14.285")
    assert not found.fits
