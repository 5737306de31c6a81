"""What a process declares of its states in `workflow.py`: the steps between them, and what each asks of whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from core.asks import Work
from core.sockets import Socket


@dataclass(frozen=True)
class Transition:
    """`target` None keeps the state. `permission` None: only the system itself (schedule, another transition)."""

    name: str
    sources: tuple[str, ...]
    target: str | None
    permission: str | None
    label: Any
    needs_reason: bool = False


@dataclass
class Workflow:
    """The transitions of one model; `states` is its TextChoices, `events` names log rows that are no transitions,
    `work` says what its states ask of people."""

    model: type[models.Model]
    states: Any
    transitions: Iterable[Transition]
    label: Any
    events: Mapping[str, Any] = field(default_factory=dict)
    work: Work | None = None
    table: dict[str, Transition] = field(init=False)

    def __post_init__(self) -> None:
        self.table = {t.name: t for t in self.transitions}

    def label_of(self, name: str) -> Any:
        """What a log row of this name says happened."""
        transition = self.table.get(name)
        return transition.label if transition else self.events.get(name, name)


WORKFLOWS: Socket[Workflow] = Socket("workflows", key=lambda workflow: workflow.model._meta.label_lower)


def workflow_of(model: type[models.Model] | models.Model) -> Workflow:
    return WORKFLOWS[model._meta.label_lower]
