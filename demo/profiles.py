"""Profiles: the policy values of one district. Districts differ by these alone."""

import tomllib
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from basis.errors import Rejected
from core.now import today
from demo.organization import planner
from demo.timeline import do
from policies import services
from policies.models import PolicyValue
from policies.registry import get_policy

FOLDER = settings.BASE_DIR / "profiles"


@dataclass(frozen=True)
class Entry:
    """One policy value with the document that set it."""

    key: str
    value: Any
    document: str
    reason: str

    def apply(self) -> int:
        """From today on; 0 if that is the value already."""
        policy, day = get_policy(self.key), today()
        if policy is None:
            raise Rejected(f"없는 방침 항목입니다: {self.key}")
        if services.check(policy, policy.on(day)) == services.check(policy, self.value):
            return 0
        for row in PolicyValue.objects.filter(key=self.key, effective_from=day, withdrawn_at=None):
            do(lambda actor, row=row: services.withdraw(row, author=actor), actor=planner())
        if services.check(policy, policy.on(day)) != services.check(policy, self.value):
            do(lambda actor: self._change(policy, actor), actor=planner())
        return 1

    def _change(self, policy: Any, author: Any) -> None:
        services.change(
            policy,
            value=self.value,
            effective_from=today(),
            document=self.document,
            reason=self.reason,
            author=author,
        )


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read_profile(name: str) -> list[Entry]:
    """Rejected, listing those there are, if there is no such profile."""
    if name not in names():
        raise Rejected(f"‘{name}’ 방침 묶음이 없습니다. 사용할 수 있는 이름: {', '.join(names())}")
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return [Entry(**row) for row in found["policies"]]


def apply_profile(entries: list[Entry]) -> int:
    """How many values changed."""
    return sum(entry.apply() for entry in entries)
