"""Fixtures of field visits."""

from collections.abc import Iterator

import pytest

from core.now import pretend
from tests import visits as v


@pytest.fixture
def the_day() -> Iterator[None]:
    """On which visits are asked for."""
    with pretend(v.DAY):
        yield


@pytest.fixture
def money(the_day: None) -> None:
    v.fund()
