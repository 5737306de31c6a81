"""Which judges mark which entries (E3)."""

import random
from collections import Counter
from itertools import combinations, product
from time import process_time

import pytest

from evaluations.reckoning.assignment import Impossible, KeptConflict, NoRoom, TooFewJudges, assign

Pairs = set[tuple[int, int]]


def loads(pairs: Pairs, judges: int) -> list[int]:
    counts = Counter(judge for _entry, judge in pairs)
    return [counts[judge] for judge in range(judges)]


def conflicting(rng: random.Random, entries: int, judges: int, share: float) -> Pairs:
    return {pair for pair in product(range(entries), range(judges)) if rng.random() < share}


def test_e3_177_entries_by_three_of_ten_with_conflicts() -> None:
    """15 of 100 pairs conflict: none is assigned, loads lie within one, in less than a second."""
    for seed in range(5):
        conflicts = conflicting(random.Random(seed), 177, 10, 0.15)
        started = process_time()
        pairs = assign(range(177), range(10), 3, 54, conflicts, seed=seed)
        assert process_time() - started < 1
        assert not pairs & conflicts
        assert {*Counter(entry for entry, _judge in pairs).values()} == {3}
        assert len(pairs) == 531
        assert {*loads(pairs, 10)} == {53, 54}


def test_e3_ten_thousand_entries_by_three_of_thirty() -> None:
    conflicts = conflicting(random.Random(1), 10_000, 30, 0.15)
    started = process_time()
    pairs = assign(range(10_000), range(30), 3, conflicts=conflicts, seed=1)
    assert process_time() - started < 10
    assert not pairs & conflicts
    assert {*loads(pairs, 30)} == {1_000}


def test_e3_the_same_seed_draws_the_same_and_another_another() -> None:
    conflicts = conflicting(random.Random(2), 40, 8, 0.1)
    drawn = assign(range(40), range(8), 3, conflicts=conflicts, seed=1)
    turned = assign([*reversed(range(40))], [*reversed(range(8))], 3, conflicts=conflicts, seed=1)
    assert drawn == turned
    assert drawn != assign(range(40), range(8), 3, conflicts=conflicts, seed=2)


def test_e3_what_is_kept_stays() -> None:
    kept = {(entry, 0) for entry in range(20)} | {(0, 1), (0, 2), (0, 3), (1, 99)}
    pairs = assign(range(40), range(6), 3, kept=kept, seed=3)
    assert kept <= pairs
    counts = Counter(entry for entry, _judge in pairs)
    assert counts.pop(0) == 4
    assert {*counts.values()} == {3}
    assert {*loads(pairs, 6)} == {20}
    assert (1, 99) in pairs  # no longer a judge; the sheet counts, nothing new is given
    with pytest.raises(ValueError, match="unknown"):
        assign(range(3), range(3), 1, kept={(3, 0)})


def best_by_hand(entries: int, judges: int, each: int, conflicts: Pairs, kept: Pairs) -> list[int] | None:
    """The most equal loads of all assignments there are, the greatest first; None if there is none."""
    choices = []
    for entry in range(entries):
        own = {judge for other, judge in kept if other == entry}
        free = [judge for judge in range(judges) if judge not in own and (entry, judge) not in conflicts]
        choices.append([own | set(more) for more in combinations(free, max(each - len(own), 0))])
    found = [
        sorted((sum(judge in seats for seats in chosen) for judge in range(judges)), reverse=True)
        for chosen in product(*choices)
    ]
    return min(found, default=None)


def test_e3_no_assignment_has_more_equal_loads() -> None:
    """The greatest load is the smallest there can be, then the next greatest; or the demand is impossible."""
    rng = random.Random(6)
    impossible = uneven = 0
    for seed in range(150):
        entries, judges, each = rng.randint(1, 5), rng.randint(2, 4), rng.randint(1, 2)
        conflicts = conflicting(rng, entries, judges, 0.5)
        kept = conflicting(rng, entries, judges, 0.25) - conflicts
        best = best_by_hand(entries, judges, each, conflicts, kept)
        most = rng.choice([None, 2, 3])
        if best is None or (most is not None and best[0] > most):
            impossible += 1
            with pytest.raises(Impossible):
                assign(range(entries), range(judges), each, most, conflicts, kept, seed)
            continue
        pairs = assign(range(entries), range(judges), each, most, conflicts, kept, seed)
        assert kept <= pairs
        assert not pairs & conflicts
        assert sorted(loads(pairs, judges), reverse=True) == best
        uneven += best[0] - best[-1] > 1
    assert impossible > 20
    assert uneven > 10


def test_e3_loads_are_levelled_over_others_in_between() -> None:
    """Six entries each may go to judges 0 and 1, to 1 and 2, and so on to 5: a chain along which loads are handed."""
    judges = 6
    choices = [{first, first + 1} for first in range(judges - 1) for _entry in range(6)]
    conflicts = {pair for pair in product(range(30), range(judges)) if pair[1] not in choices[pair[0]]}
    for seed in range(30):
        assert loads(assign(range(30), range(judges), 1, 5, conflicts, seed=seed), judges) == [5] * judges


def test_e3_an_entry_with_too_few_judges_is_named() -> None:
    conflicts = {(1, 0), (1, 1), (2, 0)}
    with pytest.raises(Impossible) as told:
        assign(range(3), range(3), 2, conflicts=conflicts)
    assert told.value.reasons == (TooFewJudges(1, 2, 1),)


def test_e3_a_kept_pair_that_conflicts_is_named_beside_everything_else() -> None:
    with pytest.raises(Impossible) as told:
        assign(range(3), range(2), 2, conflicts={(0, 1), (2, 0)}, kept={(0, 1)})
    assert told.value.reasons == (KeptConflict(0, 1), TooFewJudges(2, 2, 1))


def test_e3_too_little_room_is_named_with_the_figures() -> None:
    with pytest.raises(Impossible) as told:
        assign(range(10), range(4), 2, most_per_judge=4)
    assert told.value.reasons == (NoRoom((0, 1, 2, 3), tuple(range(10)), 20, 16),)


def test_e3_too_little_room_among_some_is_told_of_these_alone() -> None:
    """Entries 0–5 can go to judges 0 and 1 only, who may take two each; judge 2 has room, but not for them."""
    conflicts = {(entry, 2) for entry in range(6)}
    with pytest.raises(Impossible) as told:
        assign(range(8), range(3), 1, most_per_judge=2, conflicts=conflicts)
    assert told.value.reasons == (NoRoom((0, 1), tuple(range(6)), 6, 4),)


def test_e3_a_judge_who_keeps_more_than_allowed_is_named() -> None:
    with pytest.raises(Impossible) as told:
        assign(range(3), range(3), 1, most_per_judge=2, kept={(0, 1), (1, 1), (2, 1)})
    assert told.value.reasons == (NoRoom((1,), (0, 1, 2), 3, 2),)
