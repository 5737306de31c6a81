"""Many writers at once, killed at random (M3, M4): nothing lost, nothing doubled, caps kept, all of it verified."""

import json
import os
import random
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from core.ledger.verify import verify_all
from mileage.catalogue import rule_of
from mileage.models import Entry
from tests import factories as make
from tests.conftest import database_url
from tests.effort import rounds
from tests.services import ROOT

WRITERS, AWARDS, KILLS, REPEATS = 50, rounds(3_000, 10_000), rounds(40, 100), 0.2
RULES = ("finding", "opinion", "viewing")
CAPS = {"opinion": 4000, "viewing": 2000}


@pytest.mark.postgres
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_m3_m4_fifty_writers_killed_again_and_again_lose_and_double_nothing(tmp_path: Path) -> None:
    people = [user.pk for user in make.UserFactory.create_batch(40)]
    chance = random.Random(9)
    fresh = [
        (chance.choice(RULES), chance.choice(people), f"e:{n}") for n in range(int(AWARDS * (1 - REPEATS)))
    ]
    asked = fresh + chance.choices(fresh, k=AWARDS - len(fresh))
    chance.shuffle(asked)
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps([asked[number::WRITERS] for number in range(WRITERS)]))
    done = subprocess.run(
        [sys.executable, "tests/mileage/writers.py", str(WRITERS), str(KILLS), "4", str(plan)],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= KILLS

    entries = list(Entry.objects.select_related("account"))
    assert {(e.rule, e.account.user_id, e.event) for e in entries} == set(fresh)
    assert len(entries) == len(fresh)
    asked_for: dict[tuple[str, int], int] = defaultdict(int)
    given: dict[tuple[str, int], int] = defaultdict(int)
    for entry in entries:
        asked_for[entry.rule, entry.account.user_id] += rule_of(entry.rule).on(entry.day)
        given[entry.rule, entry.account.user_id] += entry.amount
    for (rule, user), amount in given.items():
        assert amount == min(asked_for[rule, user], CAPS.get(rule, 10**9)), "to the half point"
    assert any(amount == CAPS.get(rule) for (rule, _user), amount in given.items()), "the caps were reached"
    assert list(verify_all()) == []
