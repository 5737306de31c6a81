"""Scores, places and grades against a second, independent reckoning, and the rules in small cases (E2, E4)."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.reckoning.effects import effects, may_correct, parts, severity
from evaluations.reckoning.grades import Grade, Graded, graded
from evaluations.reckoning.ranking import Tie, places
from evaluations.reckoning.results import Terms, reckon
from evaluations.reckoning.sheets import Criterion, Sheet, table
from evaluations.reckoning.ways import Way, combined, scores, shown
from tests.evaluations import reckoning_oracle as oracle

WHOLE = (Criterion("all", 1, Decimal(100)),)


def whole(marks: dict[tuple[int, int], int]) -> list[Sheet]:
    """Sheets of one criterion: (entry, judge) → mark of 100."""
    return [Sheet(entry, judge, {"all": Decimal(mark)}) for (entry, judge), mark in marks.items()]


def test_e2_e4_a_thousand_random_rounds_agree_with_the_oracle() -> None:
    """Two divisions each, ranked apart, judges corrected over both; all four ways; abstentions, conflicts, ties,
    entries that nobody judged."""
    rng = random.Random(4)
    seen = {"tied": 0, "decided": 0, "open": 0, "apart": 0, "told": 0}
    for number in range(1_000):
        terms = oracle.random_terms(rng, Way.MEAN)
        judges = rng.randint(1, 4)
        divisions = (range(1, 2 + rng.randrange(6)), range(11, 12 + rng.randrange(3)))
        apart = rng.random() < 0.2  # each division has judges of its own
        sheets = [
            one
            for each, first in zip(divisions, (101, 201 if apart else 101), strict=True)
            for one in oracle.random_sheets(rng, terms, each, judges, first)
        ]
        seen["apart"] += len(oracle.together(sheets)) > 1
        for division in divisions:
            alone = [sheet for sheet in sheets if sheet.entry in division]
            for way in Way:
                chosen = replace(terms, way=way, among=frozenset(division))
                seen["told"] += way is Way.CORRECTED and (
                    reckon(chosen, sheets).scores != reckon(chosen, alone).scores
                )
                result, expected = reckon(chosen, sheets), oracle.lines(chosen, sheets)
                assert result.scores == {entry: line.score for entry, line in expected.items()}, (number, way)
                found = {
                    each.entry: (each.score, each.place, {*each.tied_with}, each.decided_by)
                    for each in result.placed
                }
                assert found == {
                    entry: (line.shown, line.place, line.tied_with, line.decided_by)
                    for entry, line in expected.items()
                }, (number, way)
                outcomes = {entry: line.outcome for entry, line in expected.items()}
                assert result.graded.outcomes == outcomes, (number, way)
                seen["tied"] += any(each.tied_with for each in result.placed)
                seen["decided"] += any(each.decided_by for each in result.placed)
                seen["open"] += bool(result.graded.undecided)
    assert min(seen.values()) > 50, seen


def test_e4_effects_of_judges_agree_with_the_normal_equations() -> None:
    rng = random.Random(5)
    for _round in range(100):
        terms = oracle.random_terms(rng, Way.CORRECTED)
        sheets = oracle.random_sheets(rng, terms, range(6), 4)
        found = table(terms.criteria, sheets)
        assert effects(found) == oracle.normal_equations(terms, sheets)[1]
        assert {frozenset(each.judges) for each in parts(found)} == {
            frozenset(each) for each in oracle.together(sheets)
        }


def test_e2_a_sheet_is_weighed_by_its_criteria() -> None:
    criteria = [Criterion("a", 60, Decimal(20)), Criterion("b", 40, Decimal("5.5"))]
    sheet = Sheet(1, 2, {"a": Decimal("15.5"), "b": Decimal(3)})
    assert table(criteria, [sheet]) == {1: {2: Fraction("46.5") + Fraction(240, 11)}}


@pytest.mark.parametrize(
    "marks",
    [{"a": 3}, {}, {"a": 3, "b": 6}, {"a": 3, "b": -1}, {"a": 3, "b": 1, "c": 1}, {"a": 3, "b": "NaN"}],
)
def test_e2_a_sheet_that_lacks_a_mark_or_goes_beyond_is_none(marks: dict[str, int | str]) -> None:
    criteria = [Criterion("a", 1, Decimal(5)), Criterion("b", 1, Decimal(5))]
    with pytest.raises(ValueError, match="mark"):
        table(criteria, [Sheet(1, 1, {key: Decimal(mark) for key, mark in marks.items()})])


def test_e2_criteria_and_sheets_that_cannot_be_are_refused() -> None:
    sheet = Sheet(1, 1, {"all": Decimal(5)})
    for criteria, sheets in (((), [sheet]), (WHOLE * 2, [sheet]), (WHOLE, [sheet, sheet])):
        with pytest.raises(ValueError, match=r"criteria|two sheets"):
            table(criteria, sheets)
    for weight, most in ((0, 5), (1, 0), (1, "Infinity")):
        with pytest.raises(ValueError, match="above 0"):
            Criterion("a", weight, Decimal(most))
    with pytest.raises(ValueError, match="times"):
        Grade("우수", -1)


def test_e4_trimmed_drops_one_of_each_end_from_three_sheets_on() -> None:
    two, four = {(1, judge): mark for judge, mark in enumerate((10, 40))}, (0, 50, 70, 100)
    marked = table(WHOLE, whole({**two, **{(2, judge): mark for judge, mark in enumerate(four)}}))
    assert scores(Way.TRIMMED, marked) == {1: 25, 2: 60}


def test_e4_scores_are_rounded_once_and_half_up() -> None:
    assert [shown(Fraction(each), 1) for each in ("1.25", "1.35", "1.2499", "-1.25", "99.95")] == [
        Decimal(each) for each in ("1.3", "1.4", "1.2", "-1.2", "100.0")
    ]
    assert str(shown(Fraction(80), 2)) == "80.00"


def test_e4_what_is_shown_explains_the_order() -> None:
    """80.004 and 80.001 both show 80.00: the tie rule decides, not what nobody can see."""
    close = {1: Fraction("80.004"), 2: Fraction("80.001"), 3: Fraction("80.009")}
    ties = [Tie("effort", {1: Fraction(3), 2: Fraction(4), 3: Fraction(0)})]
    placed = places(close, 2, ties)
    assert [(each.entry, each.place, each.decided_by) for each in placed] == [
        (3, 1, None), (2, 2, "effort"), (1, 3, "effort"),
    ]  # fmt: skip


def test_e4_the_tie_rule_goes_down_its_criteria_and_then_leaves_the_tie() -> None:
    ties = [
        Tie("effort", {1: Fraction(5), 2: Fraction(4), 3: Fraction(4), 4: Fraction(4), 5: Fraction(0)}),
        Tie("finish", {1: Fraction(1), 2: Fraction(2), 3: Fraction(1), 4: Fraction(1), 5: Fraction(9)}),
    ]
    placed = places({**dict.fromkeys((4, 3, 2, 1), Fraction(80)), 5: Fraction(70)}, 2, ties)
    assert [(each.entry, each.place, each.tied_with, each.decided_by) for each in placed] == [
        (1, 1, (), "effort"), (2, 2, (), "finish"), (3, 3, (4,), "finish"), (4, 3, (3,), "finish"), (5, 5, (), None),
    ]  # fmt: skip


GRADES = [Grade("최우수", 1), Grade("우수", 2), Grade("장려", 3)]


def grade(marks: list[int], least: int | None = None, grades: list[Grade] = GRADES) -> Graded:
    placed = places({number: Fraction(mark) for number, mark in enumerate(marks, 1)}, 0)
    return graded(placed, grades, None if least is None else Decimal(least))


def test_e2_p9_grades_are_filled_in_order_and_may_stay_empty() -> None:
    full = grade([90, 80, 70, 60, 50, 40, 30])
    assert [*full.grades.values()] == ["최우수", "우수", "우수", "장려", "장려", "장려", None]
    assert [*grade([90, 80]).grades.values()] == ["최우수", "우수"]
    assert [*grade([90, 80, 70], grades=[Grade("최우수", 0), *GRADES[1:]]).grades.values()] == [
        "우수", "우수", "장려",
    ]  # fmt: skip


def test_e2_below_the_least_score_there_is_no_grade() -> None:
    assert [*grade([90, 60, 59], least=60).grades.values()] == ["최우수", "우수", None]
    assert [*grade([50, 40], least=60).grades.values()] == [None, None]


def test_e2_a_tie_inside_a_grade_is_no_question() -> None:
    assert grade([90, 80, 80, 70]).undecided == ()


def test_e2_a_tie_over_the_last_place_of_a_grade_is_left_open_and_told() -> None:
    result = grade([90, 90, 80, 80, 70])
    assert result.grades == {1: None, 2: None, 3: None, 4: None, 5: "장려"}
    assert [(each.entries, each.grade, each.among) for each in result.undecided] == [
        ((1, 2), "최우수", {"최우수": 1, "우수": 1}),
        ((3, 4), "우수", {"우수": 1, "장려": 1}),
    ]


def test_e2_a_tie_for_the_last_grade_is_open_too() -> None:
    result = grade([90] * 8)
    assert [each.among for each in result.undecided] == [{"최우수": 1, "우수": 2, "장려": 3, None: 2}]
    assert {*result.outcomes.values()} == {("최우수", "우수", "장려", None)}


def test_e4_judges_that_nobody_can_compare_are_parts_of_their_own() -> None:
    marked = table(WHOLE, whole({(1, 1): 50, (1, 2): 70, (2, 3): 80, (3, 3): 60}))
    assert [(each.entries, each.judges) for each in parts(marked)] == [((1,), (1, 2)), ((2, 3), (3,))]
    assert effects(marked) == {1: -10, 2: 10, 3: 0}
    assert scores(Way.CORRECTED, marked) == {1: 60, 2: 80, 3: 60}
    assert severity(marked) == {1: -20, 2: 20}


def test_e4_corrected_is_offered_where_entries_were_split_and_each_judge_has_enough() -> None:
    split = {(entry, judge): 50 for entry in range(12) for judge in range(3) if (entry + judge) % 3}
    everyone = {(entry, judge): 50 for entry in range(12) for judge in range(3)}
    assert may_correct(table(WHOLE, whole(split)), 8)
    assert not may_correct(table(WHOLE, whole(split)), 9)
    assert not may_correct(table(WHOLE, whole(everyone)), 8)
    assert not may_correct({}, 8)


def test_e4_stages_are_added_by_their_shares() -> None:
    first = {1: Fraction(80), 2: Fraction(60), 3: Fraction(90)}
    second = {1: Fraction(50), 2: Fraction(100)}
    both = combined([(Decimal(30), first), (Decimal(70), second)])
    assert both == {1: 59, 2: 88}
    with pytest.raises(ValueError, match="share"):
        combined([(Decimal(0), first)])
    carried = {entry: score * 30 / 100 for entry, score in first.items()}
    terms = Terms(Way.MEAN, WHOLE, share=Fraction(70, 100), carried=carried)
    assert reckon(terms, whole({(1, 1): 50, (2, 1): 100, (4, 1): 90})).scores == both
