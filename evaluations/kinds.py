"""What a process says of the contests it has judged: one `RoundKind`, plugged into `KINDS` by its `process.py` (E1).
The engine knows rounds, judges and marks; what an entry says, whose it is, and who is told what stands with its app."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Model

from basis.sockets import Socket
from evaluations.enums import Body, Way
from evaluations.models import Division, Entry, Objection, Result, Round
from evaluations.policies import Table


@dataclass(frozen=True)
class Party:
    """One of those an entry belongs to, as judges read them before any content, and as awards go to them. `key` finds
    the person again in the kind's app; `user_id` of staff, `department_id` of a department. Shares sum to 100."""

    name: str
    key: str = ""
    user_id: int | None = None
    department_id: int | None = None
    share: Decimal = Decimal(100)
    is_main: bool = True


@dataclass(frozen=True)
class Part:
    """A section of what a judge reads."""

    title: Any
    text: str


@dataclass(frozen=True)
class Content:
    """What a judge reads of an entry. `names`: those of the people behind it, left out where the round is blind.
    `files`: attachments (pictures, slides)."""

    parts: Sequence[Part]
    names: Sequence[str] = ()
    files: Sequence[Any] = ()


@dataclass(frozen=True)
class CriterionPlan:
    key: str
    title: Any
    weight: int
    most: int = 10
    low: Any = ""
    high: Any = ""


@dataclass(frozen=True)
class StagePlan:
    """What a stage of such a round usually is; planning changes it before it begins."""

    title: Any
    criteria: Sequence[CriterionPlan]
    body: Body = Body.PANEL
    way: Way = Way.TRIMMED
    share: int = 100
    per_entry: int | None = None
    most_per_judge: int | None = None
    passes: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A thing that may enter: in which division, as what. `why_not`: what speaks against it, said beside it (the same
    was awarded elsewhere)."""

    thing: Model
    division: str
    title: str
    department_id: int | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Plan:
    """What a new round begins with."""

    divisions: Mapping[str, Any]
    stages: Sequence[StagePlan]
    blind: bool = True
    days: tuple[date, date] | None = None
    names: Mapping[str, str] = field(default_factory=dict)


class RoundKind:
    """A process has one subclass for each contest. `of_staff`: only staff take part, and nothing is announced for
    objections (E4). Hooks are called under the round's lock."""

    key: ClassVar[str]
    label: ClassVar[Any]
    models: ClassVar[Sequence[type[Model]]]
    of_staff: ClassVar[bool] = False
    of_citizens: ClassVar[bool] = (
        False  # names of parties are personal data: who reads them is written down (D6)
    )
    needs_session: ClassVar[bool] = True  # a committee resolves on the results (E7)
    is_public: ClassVar[bool] = (
        True  # what was decided stands on the public pages, not on those of staff alone
    )
    tables: ClassVar[Mapping[str, Table]]  # grades by division

    def plan(self, period: str, subject: str) -> Plan:
        """Raises: Rejected for a period or subject that such a round cannot have."""
        raise NotImplementedError

    def title(self, period: str, subject: str) -> str:
        raise NotImplementedError

    def subjects(self, period: str) -> Sequence[tuple[str, str]]:
        """What tells rounds of one period apart: keys and names; none where there is one round a period."""
        return ()

    def candidates(self, round: Round) -> Sequence[Candidate]:
        """What may enter, those already in it too."""
        raise NotImplementedError

    def contents(self, entries: Collection[Entry]) -> Mapping[int, Content]:
        """By the entry's key, of as many as are asked for at once."""
        raise NotImplementedError

    def parties(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """Whose they are, by the entry's key."""
        raise NotImplementedError

    def receivers(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        """Whom what they are awarded goes to, where that is not everybody behind them."""
        return self.parties(entries)

    def reviewers(self, entries: Collection[Entry]) -> Mapping[int, Collection[int]]:
        """The departments that reviewed or advised on them: their people do not score them (E3)."""
        return {}

    def page_of(self, entry: Entry) -> str:
        """Where those who may see the thing read it."""
        thing: Any = entry.thing
        return str(thing.get_absolute_url())

    def public_pages(self, entries: Collection[Entry]) -> Mapping[int, str]:
        """Where everybody reads the things, by the entry's key: of those that have a public page."""
        return {}

    def may_object(self, actor: Any, entry: Entry) -> bool:
        """Whether the actor is one of those it belongs to."""
        raise NotImplementedError

    def announced(self, round: Round, results: Sequence[Result]) -> None:
        """Tell the entrants what is to be decided, and until when they may object."""

    def confirmed(self, round: Round, results: Sequence[Result]) -> None:
        """Tell the entrants, and mark what was awarded."""

    def corrected(self, result: Result) -> None:
        """Tell those concerned that what was confirmed has been corrected."""

    def objection_answered(self, objection: Objection) -> None:
        """Tell whoever asked without an account what became of it."""

    def withheld(self, entry: Entry) -> str:
        """Why its prize is not handed over for now: the same was awarded elsewhere, nobody can be reached (P13)."""
        return ""


KINDS: Socket[RoundKind] = Socket("kinds of rounds", key=lambda kind: kind.key)


def kind_of(round: Round) -> RoundKind:
    return KINDS[round.kind]


def by_division(results: Sequence[Result]) -> dict[Division, list[Result]]:
    """In the order of places."""
    found: dict[Division, list[Result]] = {}
    for one in results:
        found.setdefault(one.entry.division, []).append(one)
    return found
