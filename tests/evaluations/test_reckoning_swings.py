"""Whether a sheet or a judge changes a grade, against brute force (E8)."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from time import process_time

import pytest

from evaluations.reckoning import entry_spreads, judge_views
from evaluations.reckoning.assignment import assign
from evaluations.reckoning.grades import NOTHING, Grade
from evaluations.reckoning.results import Terms, reckon
from evaluations.reckoning.sheets import Criterion, Sheet, table
from evaluations.reckoning.standing import Changes
from evaluations.reckoning.swings import Swing, swings
from evaluations.reckoning.ways import Way
from tests.effort import rounds
from tests.evaluations import reckoning_oracle as oracle

WHOLE = (Criterion("all", 1, Decimal(100)),)


def by_hand(terms: Terms, sheets: list[Sheet]) -> list[Swing]:
    """Everything reckoned again without each sheet and without each judge."""
    before = reckon(terms, sheets).graded.outcomes

    def changes(left: list[Sheet]) -> Changes:
        after = reckon(terms, left).graded.outcomes
        pairs = {entry: (before[entry], after.get(entry, NOTHING)) for entry in sorted(before)}
        return {entry: pair for entry, pair in pairs.items() if pair[0] != pair[1]}

    cases = [
        Swing(each.judge, each.entry, changes([other for other in sheets if other != each]))
        for each in sorted(sheets, key=lambda each: (each.entry, each.judge))
    ]
    for judge in sorted({each.judge for each in sheets}):
        cases.append(Swing(judge, None, changes([other for other in sheets if other.judge != judge])))
    return [swing for swing in cases if swing.changes]


@pytest.mark.parametrize("way", Way)
def test_e8_swings_of_a_thousand_random_rounds_agree_with_brute_force(way: Way) -> None:
    """250 rounds of each way: 40 with what earlier stages carried along, 60 with sheets of another division."""
    rng = random.Random(f"swings {way}")
    turned = 0
    for number in range(250):
        terms = oracle.random_terms(rng, way)
        entries = range(1, 3 + rng.randrange(5))
        if number < 40:
            carried = {entry: Fraction(rng.randint(0, 8) * 5) for entry in entries if rng.random() < 0.9}
            terms = replace(terms, share=Fraction(3, 5), carried=carried)
        judges = rng.randint(1, 4)
        sheets = oracle.random_sheets(rng, terms, entries, judges)
        if 30 <= number < 90:
            terms = replace(terms, among=frozenset(entries))
            sheets += oracle.random_sheets(rng, terms, range(11, 12 + rng.randrange(4)), judges)
        found = swings(terms, sheets)
        assert found == by_hand(terms, sheets), number
        turned += bool(found)
    assert 50 < turned < 240


@pytest.mark.parametrize("way", Way)
def test_e8_swings_of_wide_rounds_agree_with_brute_force(way: Way) -> None:
    """Fine marks; entries far apart, or close and coarsely shown; a grade without end above a least score."""
    rng = random.Random(f"wide {way}")
    turned = kept = 0
    for number in range(rounds(6, 60)):
        pairs = sorted(assign(range(40), range(6), 2 + number % 2, seed=number))
        truth = [rng.gauss(60, 15 if number % 2 else 6) for _entry in range(40)]
        severity = [rng.uniform(-8, 8) for _judge in range(6)]
        sheets = [
            Sheet(entry, judge, {"all": Decimal(round(min(max(mark, 0), 100)))})
            for entry, judge in pairs
            for mark in [truth[entry] + severity[judge] + rng.gauss(0, 3)]
        ]
        grades = (Grade("최우수", 1), Grade("우수", 2), Grade("장려", 3 if number % 3 else 99))
        terms = Terms(way, WHOLE, number % 2 * 2, (), grades, None if number % 3 else Decimal(70))
        found = swings(terms, sheets)
        assert found == by_hand(terms, sheets), number
        turned += len(found)
        kept += len(sheets) - len(found)
    assert turned
    assert kept


def test_e8_a_sheet_that_decides_is_told_with_what_it_changes() -> None:
    marks = {(1, 1): 90, (1, 2): 90, (2, 1): 95, (2, 2): 83, (3, 1): 40, (3, 2): 50}
    sheets = [Sheet(entry, judge, {"all": Decimal(mark)}) for (entry, judge), mark in marks.items()]
    terms = Terms(Way.MEAN, WHOLE, grades=(Grade("우수", 1),))
    turned: Changes = {1: (("우수",), (None,)), 2: ((None,), ("우수",))}
    assert swings(terms, sheets) == [Swing(2, 2, turned), Swing(2, None, turned)]


def test_e8_no_grades_and_no_sheets_swing_nothing() -> None:
    for way in Way:
        assert swings(Terms(way, WHOLE, grades=(Grade("우수", 1),)), []) == []
        assert swings(Terms(way, WHOLE), [Sheet(1, 1, {"all": Decimal(1)})]) == []


def test_e8_each_entry_and_each_judge_is_described() -> None:
    marks = {(1, 1): 90, (1, 2): 80, (1, 3): 70, (2, 1): 60, (2, 2): 40, (3, 4): 50}
    sheets = [Sheet(entry, judge, {"all": Decimal(mark)}) for (entry, judge), mark in marks.items()]
    marked = table(WHOLE, sheets)
    first, second, third = entry_spreads(marked)
    assert (first.mean, first.lowest, first.highest, first.sheets[3]) == (80, 70, 90, 70)
    assert round(first.spread, 4) == Decimal("8.1650")
    assert (second.spread, third.spread) == (10, 0)
    views = [(each.judge, each.sheets, each.severity) for each in judge_views(Way.MEAN, marked)]
    assert views == [(1, 2, Fraction(35, 2)), (2, 2, -10), (3, 1, -15), (4, 1, None)]
    taken_out = [each.severity for each in judge_views(Way.CORRECTED, marked)]
    assert taken_out == [*oracle.normal_equations(Terms(Way.CORRECTED, WHOLE), sheets)[1].values()]


@pytest.mark.slow
@pytest.mark.parametrize("way", [Way.MEDIAN, Way.CORRECTED])
def test_e8_ten_thousand_entries_are_looked_through_in_seconds(way: Way) -> None:
    """Three of 30 judges each; the corrected way fits all again for each judge, which takes most of its time."""
    rng = random.Random(8)
    pairs = sorted(assign(range(10_000), range(30), 3, seed=8))
    truth = [rng.gauss(60, 10) for _entry in range(10_000)]
    sheets = [
        Sheet(entry, judge, {"all": Decimal(round(min(max(truth[entry] + rng.gauss(0, 5), 0), 100)))})
        for entry, judge in pairs
    ]
    grades = (Grade("최우수", 1), Grade("우수", 2), Grade("장려", 3))
    started = process_time()
    assert swings(Terms(way, WHOLE, 2, (), grades), sheets)
    assert process_time() - started < (30 if way is Way.CORRECTED else 6)
