"""What apps declare is plugged in once, whatever the order of the apps."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings

from basis.sockets import Socket
from core import duties
from core.apps import HouseApp
from core.duties import DUTIES, Duty, Phase
from core.process import Process

OURS = [name for name in settings.INSTALLED_APPS if (settings.BASE_DIR / name / "process.py").is_file()]


def test_a_socket_gives_its_items_in_order_and_by_key() -> None:
    words: Socket[str] = Socket("words", key=len)
    words.plug("four", "three")
    words.plug("four")
    assert (list(words), words.keys()) == (["four", "three"], [4, 5])
    assert (words[4], words.get(5), words.get(6), 5 in words, 6 in words) == (
        "four",
        "three",
        None,
        True,
        False,
    )
    with pytest.raises(ValueError, match="words: 4"):
        words.plug("five")
    with words.only("six"):
        assert list(words) == ["six"]
    assert list(words) == ["four", "three"]


def test_every_app_of_ours_plugs_in_its_process() -> None:
    for name in OURS:
        assert isinstance(apps.get_app_config(name), HouseApp), name
        process = import_module(f"{name}.process").PROCESS
        assert isinstance(process, Process)
        for socket, items in process.sockets().items():
            assert len(items) == len([item for item in socket if item in items]), (name, socket)


@contextmanager
def installed(names: list[str]) -> Iterator[None]:
    """The duties as they would be, were the apps in this order."""
    with DUTIES.only(*(duty for name in names for duty in import_module(f"{name}.process").PROCESS.duties)):
        yield


def test_r2_duties_run_by_phase_whatever_the_order_of_the_apps() -> None:
    as_set = [duty.name for duty in duties.in_order()]
    assert as_set == sorted(as_set, key=lambda name: (DUTIES[name].phase, name))
    for seed in range(10):
        with installed(random.Random(seed).sample(OURS, len(OURS))):
            assert [duty.name for duty in duties.in_order()] == as_set


@pytest.mark.django_db
def test_r2_reports_are_made_of_what_the_other_phases_left() -> None:
    done: list[Phase] = []

    def noting(phase: Phase) -> Duty:
        def work(day: date) -> int:
            done.append(phase)
            return 1

        return Duty(f"duty {-phase}", phase, work)

    with DUTIES.only(*(noting(phase) for phase in reversed(Phase))):
        assert list(duties.run_due()) == [f"duty {-phase}" for phase in Phase]
    names = [phase.name for phase in done]
    assert names == ["PEOPLE", "STATES", "DEADLINES", "REMINDERS", "DRAFTS", "REPORTS"]
