"""The office's side of calls: the list, preparing, publishing (P4)."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cells import Cell, Column, badge_cell, choice, day
from core.components import Action
from core.lists import ListView
from core.now import today
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of
from proposals.call_workflow import CALLS, may_edit
from proposals.enums import Audience, CallKind, CallState
from proposals.filters import CallFilter
from proposals.forms.calls import CallForm
from proposals.models import Call
from proposals.models.call import CALL
from proposals.selectors import calls as selectors
from proposals.services import calls
from proposals.views.desk import HOME

LIST = (gettext_lazy("공모"), reverse_lazy("proposals:desk_calls"))
TONES = {**selectors.TONES, CallState.PUBLISHED: "success"}


def get_call(user: Any, pk: int) -> Call:
    """404 for what one may not know."""
    return get_object_or_404(Call.objects.visible_to(user).select_related("department", "prepared_by"), pk=pk)


class CallList(ListView):
    permission = "proposals.calls"
    section = "proposals"
    title = gettext_lazy("공모")
    file_name = gettext_lazy("공모")
    filter_class = CallFilter
    default_order = ("-opens_on",)
    crumbs = (HOME, (gettext_lazy("공모"), None))
    empty_message = gettext_lazy("조건에 맞는 공모가 없습니다.")
    columns = (
        Column("title", gettext_lazy("공모 이름"), ("title",), sort=("title",), primary=True, width=40),
        Column(
            "kind", gettext_lazy("공모 종류"), ("kind",), choice(CallKind), sort=("kind",), excel=choice(CallKind)
        ),
        Column(
            "audience", gettext_lazy("낼 수 있는 사람"), ("audience",), choice(Audience), excel=choice(Audience),
            hide_mobile=True,
        ),
        Column("department", gettext_lazy("담당 부서"), ("department__name",), sort=("department__name",), width=20),
        Column("opens", gettext_lazy("시작일"), ("opens_on",), day, sort=("opens_on",), kind="date", excel=lambda d: d),
        Column(
            "closes", gettext_lazy("마감일"), ("closes_on",), lambda value: day(value) or Cell(_("늘 받음")),
            sort=("closes_on",), kind="date", excel=lambda d: d,
        ),
        Column(
            "state", gettext_lazy("상태"), ("state",), badge_cell(CallState, TONES), sort=("state",),
            excel=choice(CallState),
        ),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Call.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:desk_call", args=[pk])

    def get_tools(self) -> list[Action]:
        return [Action(_("공모 만들기"), reverse("proposals:desk_call_new"), "primary")]

    def get_empty_action(self) -> tuple[Any, str]:
        return _("공모 만들기"), reverse("proposals:desk_call_new")


class CallPage(BaseView):
    permission = "proposals.calls"
    section = "proposals"
    template_name = "proposals/call.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.call.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.call = call = get_call(request.user, pk)
        page = bar_of(request.user, call)
        again = Action(_("이 공모로 새 공모 만들기"), f"{reverse('proposals:desk_call_new')}?copy={call.pk}")
        return self.render(
            {
                **page,
                "call": call,
                "title": call.title,
                "lead": selectors.where_now(call) if call.state != CallState.DRAFT else "",
                "badges": [selectors.badge_of(call)],
                "actions": [*page["actions"], again],
                "facts": selectors.facts_of(call),
                "count": call.proposals.visible_to(request.user).count(),
                "events": [event_of(row) for row in latest_first(call)],
            }
        )


def _a_year_on(value: date | None) -> date | None:
    if value is None:
        return None
    try:
        return value.replace(year=today().year if value.year < today().year else value.year + 1)
    except ValueError:  # 29 February
        return value.replace(year=value.year + 1, day=28)


class CallNew(FormPage):
    """A new call; with `copy`, one of an earlier year with its days a year on."""

    permission = "proposals.prepare_call"
    section = "proposals"
    form_class = CallForm
    title = gettext_lazy("공모 만들기")
    submit = gettext_lazy("공모 저장")
    success = gettext_lazy("공모를 저장했습니다. 내용을 확인한 뒤 공개를 요청해 주세요.")

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.title, None)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        if not (pk := whole(self.request.GET.get("copy", ""))):
            return {"department": self.request.user.department_id}
        before = get_call(self.request.user, pk)
        again = {name: getattr(before, name) for name in CALL}
        return {**again, **{name: _a_year_on(again[name]) for name in ("opens_on", "closes_on", "result_on")}}

    def get_draft_key(self) -> str:
        return "" if "copy" in self.request.GET else "proposals.call.new"

    def get_cancel_url(self) -> str:
        return reverse("proposals:desk_calls")

    def act(self, form: CallForm) -> str:
        return calls.prepare(form.values(), actor=self.actor).get_absolute_url()


class CallStep(StepPage):
    workflow = CALLS
    find = staticmethod(get_call)
    section = "proposals"
    permission = "proposals.calls"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.title)


class Edit(CallStep, FormPage):
    step = "edit"
    form_class = CallForm
    submit = gettext_lazy("수정 내용 저장")
    success = gettext_lazy("수정되었습니다.")

    def prepare(self) -> None:
        self.needs = may_edit(get_call(self.actor, self.kwargs["pk"]))  # type: ignore[misc]  # of this request, where the class says none
        super().prepare()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in (*CALL, "version")}

    def act(self, form: CallForm) -> str:
        calls.edit(self.object, form.values(), actor=self.actor, version=form.cleaned_data["version"])
        return self.get_success_url()


class AskPublish(CallStep, ConfirmStep):
    step = "ask"
    success = gettext_lazy("공개를 요청했습니다. 기획예산과가 확인하고 공개합니다.")
    service = staticmethod(calls.ask)


class Return(CallStep, ReasonStep):
    step = "return"
    success = gettext_lazy("공모를 돌려보냈습니다.")
    service = staticmethod(calls.give_back)


class Publish(CallStep, ConfirmStep):
    step = "publish"
    success = gettext_lazy("공모를 공개했습니다.")
    service = staticmethod(calls.publish)

    def get_text(self) -> str:
        return _("‘%(title)s’ 공모를 누구나 볼 수 있게 공개할까요? 기간: %(days)s") % {
            "title": self.object.title,
            "days": self.object.days,
        }


class Withdraw(CallStep, ReasonStep):
    step = "withdraw"
    lead = gettext_lazy("더 받지 않습니다. 이미 낸 제안은 그대로 처리합니다.")
    success = gettext_lazy("공모를 거두었습니다.")
    service = staticmethod(calls.withdraw)
