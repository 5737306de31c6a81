"""Who holds open work, as short keys: so the table needs to know neither people nor departments, and one look-up finds
what waits for a person, whatever it is. `organization.selectors.holder_keys` says which keys a person has today.
"""

from typing import Any

from core.permissions import kept_from

NEVER, CONCERNS = "-", "~"


def person(pk: int) -> str:
    return f"u:{pk}"


def leaders(department_id: int) -> str:
    """Whoever leads the department today."""
    return f"d:{department_id}"


def is_led(key: str) -> bool:
    """Whether who holds by this key does so as a leader."""
    return key.startswith("d:")


def readers(department_id: int) -> str:
    """Whoever reads what is sent to the department: only for telling people, nobody acts by this key."""
    return f"b:{department_id}"


def role(name: str) -> str:
    return f"r:{name}"


def heads(department_role: str) -> str:
    """The head of the department that has this task in the office."""
    return f"h:{department_role}"


def never(pk: int) -> str:
    """Not this person, nor who stands in for them, by whatever other key (D9)."""
    return NEVER + person(pk)


def deciders(permission: str, obj: Any, *keys: str) -> list[str]:
    """Whoever holds these keys, but nobody whom the permission keeps from this thing."""
    return [*keys, *(never(pk) for pk in sorted(kept_from(permission, obj)))]


def concerns(pk: int) -> str:
    """No holder; but when this person moves or leaves, it has to be asked anew who is."""
    return CONCERNS + person(pk)
