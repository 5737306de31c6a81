"""The policy values that a kind of review goes by."""

from dataclasses import dataclass

from policies.registry import Policy


@dataclass(frozen=True)
class Figures:
    """A review keeps those of the day it was sent."""

    days: Policy[int]
    confirmation: Policy[bool]
    cap: Policy[int]  # days by which a deadline may be extended
    before: Policy[list[int]]  # days before the deadline on which the reviewer is reminded
    reviewer: Policy[int]  # days after it: who is told that it is late
    head: Policy[int]
    planning: Policy[int]

    @property
    def reckoned(self) -> tuple[Policy[int] | Policy[list[int]], ...]:
        """Those that go on being asked of a review under way, by its day."""
        return (self.days, self.before, self.reviewer, self.head, self.planning, self.cap)
