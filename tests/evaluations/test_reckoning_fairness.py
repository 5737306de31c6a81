"""What the ways of scoring are good for, simulated with kept seeds (E4)."""

import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.reckoning.assignment import assign
from evaluations.reckoning.results import Terms, reckon
from evaluations.reckoning.sheets import Criterion, Sheet, table
from evaluations.reckoning.ways import Way, scores

WHOLE = (Criterion("all", 1, Decimal(100)),)


def sheet(entry: int, judge: int, mark: float) -> Sheet:
    return Sheet(entry, judge, {"all": Decimal(min(max(round(mark), 0), 100))})


def first(count: int, found: Mapping[int, float | Fraction]) -> set[int]:
    return set(sorted(found, key=lambda entry: (found[entry], entry), reverse=True)[:count])


@pytest.mark.parametrize("spread", ["deviation", "bound"])
def test_e4_corrected_finds_more_of_the_true_first_nine(spread: str) -> None:
    """177 entries, 10 judges, three sheets an entry, severity ±8 read as standard deviation and as a bound.

    What is gained depends on chance: within a bound of 8, with chance of 6 points in each sheet instead of 4, it is
    less than a tenth. Severity is then no larger than what else moves a mark.
    """
    hits = dict.fromkeys(Way, 0)
    seeds = 40
    for seed in range(seeds):
        rng = random.Random(seed)
        truth = {entry: rng.gauss(60, 8) for entry in range(177)}
        bound = spread == "bound"
        severity = [rng.uniform(-8, 8) if bound else rng.gauss(0, 8) for _judge in range(10)]
        chance = 4 if bound else 6
        pairs = sorted(assign(range(177), range(10), 3, seed=seed))
        sheets = [sheet(e, j, truth[e] + severity[j] + rng.gauss(0, chance)) for e, j in pairs]
        marked = table(WHOLE, sheets)
        best = first(9, truth)
        for way in Way:
            hits[way] += len(first(9, scores(way, marked)) & best)
    share = {way: count / 9 / seeds for way, count in hits.items()}
    assert share[Way.CORRECTED] >= 1.1 * share[Way.MEAN], share


def test_e4_a_judge_is_known_better_from_both_divisions() -> None:
    """The 134 and 43 entries of 2015-H2, 10 judges of severity ±8, three sheets an entry: of the true first four of the
    small division more are found if judges are corrected by what they gave in both."""
    found = {"both": 0, "alone": 0}
    seeds = 60
    for seed in range(seeds):
        rng = random.Random(seed)
        truth = {entry: rng.gauss(60, 8) for entry in range(177)}
        severity = [rng.gauss(0, 8) for _judge in range(10)]
        pairs = sorted(assign(range(177), range(10), 3, seed=seed))
        sheets = [sheet(e, j, truth[e] + severity[j] + rng.gauss(0, 6)) for e, j in pairs]
        small = [one for one in sheets if one.entry >= 134]
        best = first(4, {entry: truth[entry] for entry in range(134, 177)})
        terms = Terms(Way.CORRECTED, WHOLE, among=frozenset(range(134, 177)))
        found["both"] += len(first(4, reckon(terms, sheets).scores) & best)
        found["alone"] += len(first(4, reckon(terms, small).scores) & best)
    assert found["both"] >= 1.02 * found["alone"], found


def test_e4_one_hostile_sheet_of_seven_makes_no_winner_under_trimmed() -> None:
    """One of seven gives 100 to the third of six finalists and nothing to the others."""
    wins = dict.fromkeys(Way, 0)
    for seed in range(100):
        rng = random.Random(seed)
        truth = sorted((rng.gauss(75, 4) for _entry in range(6)), reverse=True)
        sheets = [sheet(entry, 0, 100 if entry == 2 else 0) for entry in range(6)]
        sheets += [sheet(e, j, truth[e] + rng.gauss(0, 4)) for e in range(6) for j in range(1, 7)]
        marked = table(WHOLE, sheets)
        for way in Way:
            found = scores(way, marked)
            wins[way] += found[2] == max(found.values())
    assert wins[Way.MEAN] == 100
    assert wins[Way.TRIMMED] < 30, wins
    assert wins[Way.MEDIAN] < 30, wins
