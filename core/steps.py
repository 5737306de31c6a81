"""What somebody may do next with a thing: the buttons of its page, from its workflow."""

from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import Any

from django.urls import reverse

from core.components import Action
from core.permissions import can
from core.workflow import Button, Workflow, workflow_of


def offered(actor: Any, obj: Any) -> Iterator[Button]:
    """Those that state and permissions allow, in the order of the workflow."""
    workflow = workflow_of(obj)
    may = cache(lambda permission: can(actor, permission, obj))
    for button in workflow.buttons:
        step = workflow.table.get(button.step)
        states = button.states or (step.sources if step else ())
        if (states and obj.state not in states) or not button.when(obj):
            continue
        if all(may(name) for name in (step and step.permission, button.permission) if name):
            yield button


def steps_for(
    actor: Any, obj: Any, *, without: Collection[str] = (), address: Callable[[str], str] | None = None
) -> tuple[Action | None, list[Action]]:
    """The one next action, and the rest. `without` leaves out steps; `address(step)` is where steps are that do not
    stand below the thing's own page (a bearer's)."""
    workflow = workflow_of(obj)
    primary, rest = None, []
    for button in offered(actor, obj):
        if button.step in without:
            continue
        url = address(button.step) if address else _url(workflow, button, obj)
        action = _action(workflow, button, obj, url)
        if button.primary and primary is None:
            primary = action
        else:
            rest.append(action)
    return primary, rest


def step_action(actor: Any, obj: Any, step: str) -> Action | None:
    """The button of this one step, if it is offered."""
    workflow = workflow_of(obj)
    for button in offered(actor, obj):
        if button.step == step:
            return _action(workflow, button, obj, _url(workflow, button, obj))
    return None


def _url(workflow: Workflow, button: Button, obj: Any) -> str:
    return reverse(button.address or workflow.address_of(button.step), args=[obj.pk])


def _action(workflow: Workflow, button: Button, obj: Any, url: str) -> Action:
    """A transition is sent with the version that this page shows (core.views.seen)."""
    step = workflow.table.get(button.step)
    return Action(
        str(button.label or (step.label if step else "")),
        url + button.query,
        style="danger" if button.danger else "tertiary",
        post=button.post,
        confirm=button.confirm(obj),
        beside=button.beside,
        version=getattr(obj, "version", None) if step else None,
    )
