"""Who may do what: named predicates (django-rules), deny by default, and the substitute's rights (O5).

A predicate looks at one user. Substitution is handled here once: a person may do what someone they stand in for may.
So are exclusions (D9): who asked for a thing, or gains by it, does not decide on it, neither in person nor standing in
for somebody, and nobody decides on it in their place.
A bearer meets no predicate: it may what is declared for bearers, on the subject of its pass alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rules.permissions import add_perm, has_perm, perm_exists
from rules.predicates import Predicate, always_false

from basis.errors import Refused
from basis.sockets import Socket
from core.actors import Bearer

NOBODY = ""  # `reveals` of what shows no personal data
_refusals: dict[str, Any] = {}
_personal: set[str] = set()
_reveals: dict[str, str] = {}
_kept: dict[str, Callable[[Any], Iterable[int | None]]] = {}
# `provider(user)` gives the people the user stands in for today.
PRINCIPALS: Socket[Callable[[Any], Iterable[Any]]] = Socket("principals")


@dataclass(frozen=True)
class Own:
    """What bearers of this kind (of any, if none is named) may, on their own subject or on what `through` leads from
    to that: `Own("slips.link", through=lambda answer: answer.slip)`."""

    kind: str = ""
    through: Callable[[Any], Any] = lambda obj: obj

    def met_by(self, bearer: Bearer, obj: Any) -> bool:
        right_kind = self.kind in ("", bearer.held.kind)
        return right_kind and obj is not None and bearer.owns(self.through(obj))


_bearers: dict[str, Own] = {}


def permit(
    name: str,
    predicate: Predicate,
    refusal: Any = "",
    *,
    personal: bool = False,
    bearer: Own | None = None,
    never: Callable[[Any], Iterable[int | None]] | None = None,
    reveals: str | None = None,
) -> None:
    """Declare a permission. `personal` ones (accounts, policies) never pass to a substitute; `bearer` says which
    bearers have it, on what is theirs. One to decide says with `never(obj)` who is kept from it (ids of users): those
    who asked (core.actors.asked) and those who gain (D9). `reveals` must be said where pages ask for it: which kind of
    personal data these show (their answers are logged, D6), or NOBODY's."""
    add_perm(name, predicate)
    if reveals is not None:
        _reveals[name] = reveals
    if never is not None:
        _kept[name] = never
    if bearer is not None:
        _bearers[name] = bearer
    _refusals[name] = refusal
    if personal:
        _personal.add(name)


def kept_from(name: str, obj: Any) -> set[int]:
    """Ids of the users who may not do this with the thing, whatever rights they have or borrow (D9)."""
    if name not in _kept or obj is None:
        return set()
    return {pk for pk in _kept[name](obj) if pk is not None}


def whose_right(actor: Any, name: str, obj: Any = None) -> Any | None:
    """Whose right lets `actor` do this: the own, else that of someone they stand in for; else None. The system has
    none, and a bearer has what is declared for bearers."""
    if not perm_exists(name):
        raise LookupError(f"undeclared permission {name}")
    if isinstance(actor, Bearer):
        own = _bearers.get(name)
        return actor if own and own.met_by(actor, obj) else None
    if not getattr(actor, "is_active", False):
        return None
    for one in _acting_for(actor, name):
        if has_perm(name, one, obj):
            kept = kept_from(name, obj)
            if actor.pk in kept:
                return None
            if one.pk not in kept:
                return one
    return None


def _acting_for(user: Any, name: str) -> Iterator[Any]:
    yield user
    if name not in _personal:
        for provider in PRINCIPALS:
            yield from provider(user)


def can(actor: Any, name: str, obj: Any = None) -> bool:
    return whose_right(actor, name, obj) is not None


def ensure(actor: Any, name: str, obj: Any = None) -> Any:
    """The right's holder, or Refused saying who can."""
    found = whose_right(actor, name, obj)
    if found is None:
        raise Refused(str(_refusals[name]))
    return found


def reveals(name: str) -> str:
    """The kind of personal data that pages with this permission show; NOBODY if none. LookupError if it was never
    said."""
    if name not in _reveals:
        raise LookupError(f"{name} does not say what it reveals")
    return _reveals[name]


def declared() -> set[str]:
    return set(_refusals)


def deciding() -> set[str]:
    """Those that keep somebody from deciding."""
    return set(_kept)


permit("core.bearer", always_false, bearer=Own(), reveals=NOBODY)  # the files and drafts of a bearer's page
