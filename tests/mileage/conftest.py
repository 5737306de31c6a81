"""Fixtures of points and hours."""

from collections.abc import Iterator

import pytest

from core.now import pretend
from mileage import registry
from tests.ranked import AFTER


@pytest.fixture(autouse=True)
def _no_exclusions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_exclusions", {})


@pytest.fixture
def after() -> Iterator[None]:
    with pretend(AFTER):
        yield
