"""Fixtures of awards."""

from collections.abc import Iterator

import pytest

from core.now import pretend
from tests.awards.made import DAY, clerk, fund


@pytest.fixture
def money() -> Iterator[None]:
    """On the day of the decision, with money in the purse and general affairs there to be told."""
    with pretend(DAY):
        clerk()
        fund()
        yield
