"""A real process declares these with `policies.registry`, with their source."""

from datetime import date


class Fixed:
    def __init__(self, *days: int) -> None:
        self.days = days

    def on(self, day: date) -> tuple[int, ...]:
        return self.days


REMIND, WARN = Fixed(3, 1), Fixed(2)
