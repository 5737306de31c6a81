"""Fixtures of points and hours."""

from collections.abc import Iterator

import pytest

from core.now import pretend
from mileage.sockets import EXCLUSIONS
from tests.ranked import AFTER


@pytest.fixture(autouse=True)
def _no_exclusions() -> Iterator[None]:
    with EXCLUSIONS.only():
        yield


@pytest.fixture
def after() -> Iterator[None]:
    with pretend(AFTER):
        yield
