"""What all pages of leaks have in common: who has no business here does not learn that there are any."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from core.page import BaseView
from core.permissions import can
from core.views.steps import StepPage
from leaks.models import Leak
from leaks.workflow import LEAK

HOME = (gettext_lazy("개인정보 유출"), reverse_lazy("leaks:list"))


def get_leak(user: Any, pk: int) -> Leak:
    return get_object_or_404(Leak.objects.visible_to(user).select_related("account__department"), pk=pk)


class Officers(BaseView):
    """Stands first among the bases."""

    permission = "leaks.view"
    section = "leaks"

    def admit(self) -> None:
        if not can(self.actor, self.permission):
            raise Http404


class Step(Officers, StepPage):
    workflow = LEAK
    find = staticmethod(get_leak)
    above = (HOME,)

    def get_name(self) -> str:
        return str(self.object.code)
