"""Points entered or taken back by hand: asked by one of planning, decided by a second person (M3)."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from basis.errors import Rejected
from basis.formats import date_weekday, datetime_ko
from core import attachments
from core.access import Look
from core.cells import Cell, Column
from core.components import Action, Badge, Event
from core.now import today
from core.page import BaseView, Crumbs
from core.page import Request as HttpRequest
from core.permissions import NOBODY, can
from core.transition import latest_first
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from core.workflow import workflow_of
from mileage import catalogue
from mileage.enums import RequestKind, RequestState
from mileage.filters import RequestFilter
from mileage.forms import GrantForm, ReversalForm
from mileage.models import Entry, Request
from mileage.models.request import EVENT
from mileage.rules import amount_text
from mileage.selectors.notes import rule_label
from mileage.selectors.requests import others, reversal_asked
from mileage.services import requests as services
from mileage.views.entry import get_entry, look_at
from mileage.views.statement import HOME
from mileage.workflow import REQUEST, confirm_text
from notifications.bar import bar_of
from notifications.lists import NudgingList
from organization.views.tables import table

LIST = (gettext_lazy("등록·취소 요청"), reverse_lazy("mileage:requests"))
TONES = {"requested": "info", "confirmed": "success", "rejected": "danger", "withdrawn": "neutral"}
STATES, KINDS = dict(RequestState.choices), dict(RequestKind.choices)


def moment(at: Any) -> str:
    return datetime_ko(timezone.localtime(at)) if at else ""


class RequestList(NudgingList):
    permission = "mileage.view_all"
    section = "mileage"
    title = gettext_lazy("등록·취소 요청")
    file_name = gettext_lazy("점수_등록_취소_요청")
    filter_class = RequestFilter
    open_states = (RequestState.REQUESTED,)
    urgent_order = ("requested_at",)
    default_order = ("-requested_at",)
    crumbs = (HOME, (gettext_lazy("등록·취소 요청"), None))
    empty_message = gettext_lazy("조건에 맞는 요청이 없습니다.")
    columns = (
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            lambda value: Cell(str(STATES[value]), tone=TONES[value]),
            excel=lambda value: str(STATES[value]),
            sort=("state",),
        ),
        Column(
            "kind", gettext_lazy("구분"), ("kind",), lambda v: str(KINDS[v]), excel=lambda v: str(KINDS[v])
        ),
        Column("title", gettext_lazy("내용"), ("title",), primary=True, width=40),
        Column(
            "rule", gettext_lazy("기준"), ("rule",), rule_label, excel=rule_label, hide_mobile=True, width=20
        ),
        Column("day", gettext_lazy("일어난 날"), ("day",), date_weekday, sort=("day",), kind="date"),
        Column(
            "by",
            gettext_lazy("요청"),
            ("requested_by__name", "requested_at"),
            lambda name, at: Cell(name, sub=moment(at)),
            excel=lambda name, _at: name,
            sort=("requested_at",),
        ),
        Column(
            "decided",
            pgettext_lazy("상태", "확인"),
            ("decided_by__name", "decided_at"),
            lambda name, at: Cell(name or "", sub=moment(at) or None),
            excel=lambda name, _at: name or "",
        ),
        Column("reason", gettext_lazy("사유"), ("reason",), screen=False, width=50),
        Column("document", gettext_lazy("근거 문서번호"), ("document",), screen=False, width=20),
    )

    def get_queryset(self, user: Any) -> QuerySet[Request]:
        return Request.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return f"/mileage/requests/{pk}/"

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "mileage.manage"):
            return {}
        return {"primary": Action(_("점수 등록 요청"), reverse("mileage:request_new"), hotkey="n")}


def get_request(user: Any, pk: int) -> Request:
    rows = Request.objects.visible_to(user).select_related(
        "requested_by__department", "decided_by__department", "entry__account__user__department"
    )
    return get_object_or_404(rows, pk=pk)


class RequestPage(BaseView):
    permission = "mileage.view_all"
    section = "mileage"
    template_name = "mileage/request.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.asked.title, None)]

    def get_look(self) -> Look | None:
        """What was asked to be given or taken back, with the amounts."""
        others = [person for person in self.asked.receivers if person != self.request.user]
        return Look(self.asked.title, self.asked.pk) if others else None

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.asked = asked = get_request(request.user, pk)
        waiting = asked.state == RequestState.REQUESTED
        page = bar_of(request.user, asked)
        people = others(asked) if waiting else []
        return self.render(
            {
                "title": asked.title,
                "lead": _("%(kind)s · %(day)s")
                % {"kind": asked.get_kind_display(), "day": date_weekday(asked.day)},
                "badges": [Badge(asked.get_state_display(), TONES[asked.state])],
                **page,
                "waiting": waiting,
                "may_decide": page["action_bar"].mine,
                "deciders": [person.full_label for person in people],
                "facts": self.facts(),
                "table": table(_("받는 사람"), [_("직원"), _("점수·시간"), ""], self.receivers(), right=(1,)),
                "files": [attachments.link_of(a) for a in attachments.files_of(asked)],
                "events": self.events(),
            }
        )

    def facts(self) -> list[tuple[Any, Any]]:
        asked = self.asked
        return [
            (_("기준"), rule_label(asked.rule)),
            (_("일어난 날"), date_weekday(asked.day)),
            (_("사유"), asked.reason),
            (_("근거 문서번호"), asked.document),
            (_("요청자"), f"{asked.requested_by.full_label} · {moment(asked.requested_at)}"),
            (
                _("확인자"),
                f"{asked.decided_by.full_label} · {moment(asked.decided_at)}" if asked.decided_by else "",
            ),
        ]

    def receivers(self) -> list[list[Cell | str]]:
        """Who gets how much; after the decision the lines that came of it."""
        asked, rule = self.asked, catalogue.rule_of(self.asked.rule)
        amount = rule.on(asked.day) if asked.amount is None else asked.amount
        if asked.entry is not None:
            made = {asked.entry.account.user_id: asked.entry}
            words = _("취소할 기록 보기")
        else:
            rows = Entry.objects.filter(event=f"{EVENT}:{asked.pk}", reverses=None)
            made = {entry.account.user_id: entry for entry in rows.select_related("account")}
            words = _("기록 보기")
        shown: list[list[Cell | str]] = []
        for person in asked.receivers:
            entry = made.get(person.pk)
            given = amount if asked.entry is not None or entry is None else entry.amount
            link = Cell(words, url=entry.get_absolute_url()) if entry else ""
            shown.append([person.full_label, amount_text(given, rule.scheme), link])
        return shown

    def events(self) -> list[Event]:
        return [
            Event(
                when=moment(row.at),
                text=str(workflow_of(Request).label_of(row.name)),
                who=row.who,
                note=row.reason,
            )
            for row in latest_first(self.asked)
        ]


class RequestNew(HoldsFiles):
    permission = "mileage.manage"
    reveals = NOBODY
    section = "mileage"
    form_class = GrantForm
    title = submit = gettext_lazy("점수 등록 요청")
    lead = gettext_lazy(
        "요청한 사람도 받는 사람도 아닌 기획예산과 담당자나 기획예산과장이 확인하면 기록됩니다."
    )
    success = gettext_lazy("요청했습니다. 확인을 기다립니다.")
    crumbs = (HOME, LIST, (title, None))

    def get_initial(self) -> dict[str, Any]:
        return {"day": today()}

    def get_draft_key(self) -> str:
        return "mileage.request"

    def get_cancel_url(self) -> str:
        return reverse("mileage:requests")

    def act(self, form: GrantForm) -> str:
        try:
            with self.files(form) as files:
                asked = services.request_grant(**form.values(), files=files, actor=self.request.user)
        except services.AlreadyAsked as error:
            link = (error.message, error.request.get_absolute_url(), _("그 요청 보기"))
            raise Rejected(format_html('{} <a href="{}">{}</a>', *link)) from error
        return asked.get_absolute_url()


class EntryReverse(HoldsFiles):
    permission = "mileage.manage"
    section = "mileage"
    form_class = ReversalForm
    title = submit = gettext_lazy("기록 취소 요청")
    danger = True
    success = gettext_lazy("요청했습니다. 확인을 기다립니다.")

    def prepare(self) -> None:
        self.entry = get_entry(self.request.user, self.kwargs["pk"])

    def get_look(self) -> Look | None:
        return look_at(self.entry, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is asked for already is shown, not asked for again."""
        page = super().get(request, *args, **kwargs)
        asked = reversal_asked(self.entry)
        return HttpResponseRedirect(asked.get_absolute_url()) if asked else page

    def get_context(self) -> dict[str, Any]:
        account = self.entry.account
        lead = _("%(person)s · %(title)s · %(amount)s") % {
            "person": account.user.full_label,
            "title": self.entry.title,
            "amount": amount_text(self.entry.amount, account.scheme),
        }
        return {"lead": lead}

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.title, None)]

    def get_draft_key(self) -> str:
        return f"mileage.reversal.{self.entry.pk}"

    def get_cancel_url(self) -> str:
        return self.entry.get_absolute_url()

    def act(self, form: ReversalForm) -> str:
        said = {name: form.cleaned_data[name] for name in ("reason", "document")}
        with self.files(form) as files:
            asked = services.request_reversal(self.entry, **said, files=files, actor=self.request.user)
        return asked.get_absolute_url()


class RequestStep(StepPage):
    workflow = REQUEST
    find = staticmethod(get_request)
    permission = "mileage.view_all"
    section = "mileage"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.title)


class RequestConfirm(RequestStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("기록했습니다. 본인에게 알렸습니다.")
    service = staticmethod(services.confirm)

    def get_text(self) -> str:
        return confirm_text(self.object)


class RequestReject(RequestStep, ReasonStep):
    step = "reject"
    danger = True
    success = gettext_lazy("반려했습니다. 요청한 사람에게 알렸습니다.")
    service = staticmethod(services.reject)


class RequestWithdraw(RequestStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("요청을 취소했습니다.")
    service = staticmethod(services.withdraw)
