"""Fixtures of field visits."""

from tests.visiting import money, the_day  # noqa: F401
