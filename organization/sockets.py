"""What the apps above tell the organisation: open work, who follows a merger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from basis.sockets import Socket
from core import rows
from organization.models import Absence, Department, User


@dataclass(frozen=True)
class DepartmentWork:
    """Work that somebody of a department must still do; with a merger it goes to the successor. `text` names `count`
    of it; `notes(old, new)` says what else becomes of it then."""

    text: Any
    count: Callable[[Department], int]
    notes: Callable[[Department, Department], Sequence[str]] = lambda old, new: ()


OPEN_WORK: Socket[DepartmentWork] = Socket("open work")
# `hand_over(old, new, actor)` hands open work over, in the transaction in which `old` ends. `actor` may be
# SYSTEM.
ON_MERGE: Socket[Callable[[Department, Department, Any], None]] = Socket("on merge")
# `tell(absence, actor)` is told when a substitute has been named, the days have changed, or it has been taken back.
ON_ABSENCE: Socket[Callable[[Absence, Any], None]] = Socket("on absence")
# `tell(user, before)` is told when somebody's e-mail address is no longer `before`.
ON_EMAIL: Socket[Callable[[User, str], None]] = Socket("on e-mail")


# `tell(user, path, until)` sends the way in to who is invited; the path opens it once.
ON_INVITE: Socket[Callable[[User, str, datetime], None]] = Socket("on invite")


@dataclass(frozen=True)
class SetupStep:
    """A step of the first set-up: where it is done, what stands there in words, and whether that will do."""

    key: str
    order: int
    label: Any
    text: Any
    url: Callable[[], str]
    count: Callable[[], str]
    done: Callable[[], bool] = lambda: False


SETUP: Socket[SetupStep] = Socket("set-up", key=lambda step: step.key)


@dataclass(frozen=True)
class MachineCheck:
    """What the first set-up looks at: `fault()` says what is wrong; a name of core.health takes its check's place."""

    name: str
    label: Any
    fault: Callable[[], str]


MACHINE: Socket[MachineCheck] = Socket("machine", key=lambda check: check.name)


@dataclass(frozen=True)
class Known:
    """What every page asks of whoever is asking: it comes with the person, as the attribute `name`. `sql` gives one
    value for `person`, the key of a user; a `{name}` in it stands for the table of a model."""

    name: str
    sql: str
    tables: Mapping[str, type[Model]]

    def question(self) -> str:
        return rows.statement(self.sql, **self.tables)[0]


KNOWN: Socket[Known] = Socket("known", key=lambda known: known.name)
