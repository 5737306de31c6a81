"""What an app plugs into `awards.sockets.FOLLOWING` for the model of its contests: with an award that is revoked, the
performance points of the same result are taken back; with one that was withheld and is handed over after all, they are
given (P13)."""

from typing import Any

from awards.sockets import Follower
from evaluations.services import revoking


class JudgedFollower(Follower):
    """A subclass says its `model`."""

    def handed(self, award: Any, *, actor: Any) -> None:
        revoking.give_points_late(award, actor=actor)

    def revoked(self, award: Any, *, reason: str, actor: Any) -> None:
        revoking.take_points_back(award, reason=reason, actor=actor)
