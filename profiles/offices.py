"""The offices that can be had: one file each, written from the office's own document (N5).

A profile is complete: whatever it does not name is as declared in code. Only what is of the installation (accounts,
security, mail, the days from which it makes reports by itself) is in none of the office's documents and stays."""

import fnmatch
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.official import office_text
from clubs.enums import ClubKind
from organization.enums import DepartmentRole
from policies.loading import Dated
from policies.registry import Policy, all_policies, get_policy

FOLDER = Path(__file__).parent / "offices"
UNNAMED = gettext_lazy("문서에 없음")
APART = ("organization", "notifications")


@dataclass(frozen=True)
class Groups:
    """Clubs of one kind that the office's document names, each with its members. `said`: how many the document counts,
    where it counts otherwise than its own lines."""

    kind: str
    members: Mapping[str, int]
    said: int | None = None

    @property
    def people(self) -> int:
        """As reckoned from the lines."""
        return sum(self.members.values())


@dataclass(frozen=True)
class Office:
    """`values`: by key of every policy that is of the office, in the order of their days; `departments`: names by
    function; `groups`: the clubs there were (C6)."""

    name: str
    label: str
    document: str
    values: Mapping[str, Sequence[Dated]]
    departments: Mapping[str, str]
    groups: Sequence[Groups] = ()


def is_offices(policy: Policy[Any]) -> bool:
    """Of the office, not of the installation."""
    return policy.kind != "date" and policy.key.partition(".")[0] not in APART


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


@cache
def read(name: str) -> Office:
    """Rejected, listing those there are, if there is no such profile."""
    if name not in names():
        text = _("‘%(name)s’ 프로필이 없습니다. 사용할 수 있는 이름: %(names)s")
        raise Rejected(text % {"name": name, "names": ", ".join(names())})
    found = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    words = found.get("words", {}).items()
    rows = [{"key": f"words.{key}", "value": word, "reason": found["label"]} for key, word in words]
    values: dict[str, list[Dated]] = {policy.key: [] for policy in all_policies() if is_offices(policy)}
    for row in _spread([*rows, *found["policies"]], values):
        policy = _policy(row["key"], name)
        values[policy.key].append(_dated(policy, row, found))
    departments = {DepartmentRole(role).value: text for role, text in found["departments"].items()}
    return Office(
        name,
        found["label"],
        found["document"],
        {key: sorted(rows, key=lambda dated: dated.since) for key, rows in values.items()},
        departments,
        [
            Groups(ClubKind(kind).value, one["members"], one.get("said"))
            for kind, one in found.get("clubs", {}).items()
        ],
    )


def _spread(rows: Sequence[dict[str, Any]], keys: Iterable[str]) -> Iterator[dict[str, Any]]:
    """A key with `*` stands for all such keys that no row names."""
    named = {row["key"] for row in rows}
    for row in rows:
        if "*" not in row["key"]:
            yield row
            continue
        found = [key for key in fnmatch.filter(keys, row["key"]) if key not in named]
        yield from ({**row, "key": key} for key in found or [row["key"]])


def _policy(key: str, name: str) -> Policy[Any]:
    policy = get_policy(key)
    if policy is None or not is_offices(policy):
        raise Rejected(_("%(name)s: 없는 방침 항목입니다: %(key)s") % {"name": name, "key": key})
    return policy


def _dated(policy: Policy[Any], row: dict[str, Any], office: dict[str, Any]) -> Dated:
    value = Decimal(row["value"]) if policy.kind == "points" else row["value"]
    document, reason = row.get("document", office["document"]), row.get("reason", office_text(UNNAMED))
    return Dated(row.get("from", office["from"]), value, document, reason)
