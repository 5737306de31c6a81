"""The pages of the steps of a workflow. What such a page does not say itself, the workflow says."""

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any, ClassVar

from django.urls import URLPattern, path

from core.access import Look
from core.forms import ReasonForm
from core.page import Crumbs
from core.permissions import ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.seen import SeenPage
from core.workflow import Workflow


class StepPage(SeenPage):
    """A step of `workflow`, or another page of its things: loads the thing, checks the step's permission with it, leads
    back to the thing's page. Stands before FormPage and the like among the bases.

    A process has one class of its own with `workflow`, `find` (its one getter: 404 for what one may not know), the
    crumbs `above` the thing and the thing's `get_name`. Title, verb and danger are as the button has them.
    """

    workflow: ClassVar[Workflow]
    step: ClassVar[str] = ""
    needs: ClassVar[str] = ""  # the right, where the workflow does not say it
    find: ClassVar[Callable[..., Any]]
    above: ClassVar[Crumbs] = ()
    title: ClassVar[Any] = ""
    leads_on = True
    binds: ClassVar[bool] = False  # the step is taken on the thing as it was seen
    object: Any = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.step or not hasattr(cls, "workflow"):  # what the steps of a process, or of many, share
            return
        cls.workflow.permission_of(cls.step)  # is there
        button, transition = cls.workflow.button(cls.step), cls.workflow.table.get(cls.step)
        label = (button and button.label) or (transition and transition.label)
        said = {"title": label, "submit": label, "danger": bool(button and button.danger)}
        for name, value in said.items():
            if not getattr(cls, name, None):
                setattr(cls, name, value)

    def prepare(self) -> None:
        self.object = self.get_object()
        ensure(self.actor, self.needs or self.workflow.permission_of(self.step), self.object)

    def get_object(self) -> Any:
        return type(self).find(self.actor, self.kwargs["pk"])

    def get_name(self) -> str:
        return str(self.object)

    def get_crumbs(self) -> Crumbs:
        return [*self.above, (self.get_name(), self.object.get_absolute_url()), (self.title, None)]

    def get_look(self) -> Look | None:
        return Look(f"{self.get_name()}: {self.title}", self.object.pk)

    def get_cancel_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_success_url(self) -> str:
        return self.get_cancel_url()

    def get_subject(self) -> Any:
        return self.object if self.binds and hasattr(self.object, "version") else None


class ServiceStep(StepPage):
    """A step that its `service` takes, given the thing and the actor; one that decides on another's work asks for the
    `version` that was seen, and gets it."""

    service: ClassVar[Callable[..., Any]]
    binds = True

    def serve(self, **said: Any) -> str:
        service = type(self).service
        if "version" in signature(service).parameters:
            said["version"] = self.seen
        service(self.object, actor=self.actor, **said)
        return self.get_success_url()


class ConfirmStep(ServiceStep, ConfirmPage):
    """A step that needs no more than a yes."""

    def act(self) -> str:
        return self.serve()


class ReasonStep(ServiceStep, FormPage):
    """A step that needs only its reason."""

    form_class = ReasonForm

    def act(self, form: ReasonForm) -> str:
        return self.serve(reason=form.cleaned_data["reason"])


def step_paths(below: str, views: Mapping[str, type[StepPage]]) -> list[URLPattern]:
    """Addresses of steps: the last part of each and its page."""
    return [
        path(f"{below}{part}/", view.as_view(), name=view.workflow.address_of(view.step).rpartition(":")[2])
        for part, view in views.items()
    ]
