"""What a process declares of its states in `workflow.py`: the steps between them, and what each asks of whom."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from basis.sockets import Socket
from basis.verbs import done, logged
from core.asks import Work

EVENTS = {"nudge": done("독촉")}  # may befall whatever has open work


@dataclass(frozen=True)
class Transition:
    """`target` None keeps the state. `permission` None: only the system itself (schedule, another transition).
    `label` is a `basis.verbs.verb`, where a button offers the step, or `done`. `returns`: it gives the work back to
    who did it, who reads the reason above the form (core.returned). `undo`: the step that undoes it."""

    name: str
    sources: tuple[str, ...]
    target: str | None
    permission: str | None
    label: Any
    needs_reason: bool = False
    returns: bool = False
    undo: str = ""


@dataclass(frozen=True)
class Button:
    """How the thing's page offers a step: a transition, whose label, states and permission it has unless it says
    otherwise, or a page that changes no state (an edit, a paper), which says them itself.

    `states` narrows those of the transition (of a page, none: in all of them); `permission` is asked for beside that
    of the transition. `when(obj)` is what the state does not say; the service refuses too, in its own words. Of the
    `primary` buttons that fit, the first is the page's one next action; a `beside` one stands next to it. `post`: the
    button acts at once; `confirm(obj)` asks before. `address`: of another page than the step's own; `query` goes
    behind it.
    """

    step: str
    label: Any = ""
    states: Sequence[str] = ()
    permission: str = ""
    when: Callable[[Any], bool] = lambda obj: True
    primary: bool = False
    beside: bool = False
    danger: bool = False
    post: bool = False
    confirm: Callable[[Any], Any] = lambda obj: ""
    address: str = ""
    query: str = ""


@dataclass
class Workflow:
    """The transitions of one model; `states` is its TextChoices, `events` names log rows that are no transitions,
    `work` says what its states ask of people. `offers` are the buttons of the thing's page in their order (core.steps);
    a socket stands where those of apps above go. `prefix`: how the names of the addresses of its steps begin."""

    model: type[models.Model]
    states: Any
    transitions: Iterable[Transition]
    label: Any
    events: Mapping[str, Any] = field(default_factory=dict)
    work: Work | None = None
    prefix: str = ""
    offers: Sequence[Button | Socket[Button]] = ()
    table: dict[str, Transition] = field(init=False)

    def __post_init__(self) -> None:
        self.table = {t.name: t for t in self.transitions}

    def label_of(self, name: str) -> Any:
        """What a log row of this name says happened."""
        transition = self.table.get(name)
        return logged(transition.label) if transition else (EVENTS | dict(self.events)).get(name, name)

    @property
    def buttons(self) -> list[Button]:
        found: list[Button] = []
        for offer in self.offers:
            found += offer if isinstance(offer, Socket) else [offer]
        return found

    def button(self, step: str) -> Button | None:
        """The first that offers this step."""
        return next((button for button in self.buttons if button.step == step), None)

    def permission_of(self, step: str) -> str:
        """LookupError for a step that is not people's, or is none."""
        offered, transition = self.button(step), self.table.get(step)
        found = transition.permission if transition else offered.permission if offered else None
        if not found:
            raise LookupError(f"{self.label}: {step} is no step of people")
        return found

    def address_of(self, step: str) -> str:
        """The name of the address of the step's own page."""
        return self.prefix + step


WORKFLOWS: Socket[Workflow] = Socket("workflows", key=lambda workflow: workflow.model._meta.label_lower)


def workflow_of(model: type[models.Model] | models.Model) -> Workflow:
    return WORKFLOWS[model._meta.label_lower]


def verb_of(kind: int, ask: str) -> str:
    """What a row of open work asks: `kind` is the content type of its thing."""
    model = ContentType.objects.get_for_id(kind).model_class()
    assert model is not None
    work = workflow_of(model).work
    assert work is not None
    return str(work.ask(ask).verb)
