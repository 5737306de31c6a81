"""The office's side: the list, one proposal, entering and proposing, who made it (P1, P5, D3)."""

from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.personal import mask
from core import beside, codes
from core.access import Look
from core.attachments import links_of
from core.cells import Cell, Column, badge_cell, choice, due_cell, known_day, known_value
from core.components import Action, Way, taking_in
from core.listed import BulkAction
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.passes import path_of
from core.permissions import can, ensure
from core.steps import step_action
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from letters.models import Letter
from letters.selectors import letters_about
from notifications.bar import bar_of
from proposals.enums import OPEN, Channel, Field, Kind, State
from proposals.excel import PastProposalImporter, ProposalImporter
from proposals.filters import DeskFilter
from proposals.forms.handling import LookForm
from proposals.forms.writing import EntryForm, StaffForm, WholeForm
from proposals.models import Objection, Proposal, Proposer, Undertaking
from proposals.models.proposal import proposal_code
from proposals.policies import REPEAT_ANSWERS
from proposals.selectors import answers, following
from proposals.selectors import proposals as selectors
from proposals.selectors.repeats import repeated_by
from proposals.services import receiving
from proposals.views.joint import JointPage
from proposals.views.public import badge_of

HOME = (gettext_lazy("제안"), reverse_lazy("proposals:desk"))
PEOPLE = Prefetch("proposers", Proposer.objects.select_related("user__department"))


def get_proposal(user: Any, pk: int) -> Proposal:
    """404 for what one may not know."""
    rows = Proposal.objects.visible_to(user).select_related("clock", "petition_clock", "linked_to")
    return get_object_or_404(rows, pk=pk)


class ProposalList(ListView):
    permission = "proposals.desk"
    section = "proposals"
    title = gettext_lazy("제안")
    file_name = gettext_lazy("제안")
    filter_class = DeskFilter
    open_states = OPEN
    urgent_order = ("clock__due", "received_at")
    default_order = ("-received_at", "-pk")
    crumbs = ((gettext_lazy("제안"), None),)
    empty_message = gettext_lazy("조건에 맞는 제안이 없습니다.")
    columns = (
        Column(
            "code",
            gettext_lazy("번호"),
            ("year", "number"),
            proposal_code,
            sort=("year", "number"),
            excel=proposal_code,
            width=12,
        ),
        Column("title", gettext_lazy("제목"), ("title",), mask, sort=("title",), primary=True, width=50),
        Column("kind", gettext_lazy("구분"), ("kind",), choice(Kind), sort=("kind",), excel=choice(Kind)),
        Column(
            "field",
            gettext_lazy("분야"),
            ("field",),
            choice(Field),
            sort=("field",),
            excel=choice(Field),
            hide_mobile=True,
        ),
        Column(
            "channel",
            gettext_lazy("접수 경로"),
            ("channel",),
            choice(Channel),
            sort=("channel",),
            excel=choice(Channel),
            hide_mobile=True,
        ),
        Column(
            "state",
            gettext_lazy("상태"),
            ("state",),
            badge_cell(State, selectors.TONES),
            sort=("state",),
            excel=choice(State),
        ),
        Column(
            "received",
            gettext_lazy("접수일"),
            ("received_on", "inexact"),
            known_day("received_on"),
            sort=("received_on",),
            kind="date",
            excel=known_value("received_on"),
        ),
        Column(
            "due",
            gettext_lazy("결정 기한"),
            ("clock__due", "clock__paused", "closed_on"),
            lambda due, paused, closed: Cell("") if closed or due is None else due_cell(due, paused),
            sort=("clock__due",),
            kind="date",
            excel=lambda due, paused, closed: due,
        ),
    )

    bulk_url_name = "proposals:bulk"

    def get_queryset(self, user: Any) -> Any:
        return Proposal.objects.visible_to(user)

    def get_bulk_actions(self) -> list[BulkAction]:
        if can(self.request.user, "proposals.dispatch"):
            return [BulkAction("dispatch", _("부서에 보내기"), "secondary")]
        return []

    def row_url(self, pk: Any) -> str:
        return reverse("proposals:desk_page", args=[pk])

    def get_tools(self) -> list[Action]:
        tools = [Action(_("제안하기"), reverse("proposals:propose"), "primary")]
        if can(self.request.user, "proposals.plan"):
            tools.append(Action(_("접수 등록"), reverse("proposals:enter"), "secondary"))
        return tools

    def get_context(self) -> dict[str, Any]:
        if not can(self.request.user, "proposals.import"):
            return {}
        new, past = taking_in(ProposalImporter.kind), taking_in(PastProposalImporter.kind, past=True)
        return {"actions": [*new, *past]}

    def get_empty_action(self) -> tuple[Any, str]:
        return _("제안하기"), reverse("proposals:propose")


def _ways(user: Any, proposal: Proposal) -> list[Way]:
    """To what became of it, for who may see that."""
    ways = []
    if getattr(proposal, "undertaking", None):
        for found in Undertaking.objects.visible_to(user).filter(proposal=proposal):
            where = f"{found.department_name} · {found.get_state_display()}"
            ways.append(Way(_("이행 관리"), where, found.get_absolute_url()))
    if proposal.objections.all():
        asked = Objection.objects.visible_to(user).filter(proposal=proposal)
        ways += [
            Way(one.get_kind_display(), one.get_state_display(), one.get_absolute_url()) for one in asked
        ]
    return ways


class ProposalPage(BaseView):
    permission = "proposals.desk"
    section = "proposals"
    template_name = "proposals/page.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.proposal.code, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        rows = Proposal.objects.visible_to(request.user).whole()
        rows = beside.asking(rows.prefetch_related(PEOPLE), letters=Letter.objects.all())
        self.proposal = proposal = get_object_or_404(rows, pk=pk)
        return self.render(
            {
                **self.all_there_is(),
                "lead": " · ".join(
                    [proposal.code, proposal.get_kind_display(), proposal.get_channel_display()]
                ),
                "badges": [badge_of(proposal)],
                **bar_of(request.user, proposal),
                "reviews": answers.cards(proposal, request.user) if beside.has(proposal, "reviews") else (),
                "ways": _ways(request.user, proposal),
                "letters": letters_about(request.user, proposal) if beside.has(proposal, "letters") else (),
            }
        )

    def all_there_is(self) -> dict[str, Any]:
        """For whom it concerns; others read what everybody reads."""
        proposal = self.proposal
        if not can(self.request.user, "proposals.files", proposal):
            nothing = dict.fromkeys(("files", "opinions", "staff", "earlier_decisions", "events"), ())
            return {**selectors.told(proposal), **nothing}
        log = latest_first(proposal)
        return {
            **selectors.told_to_proposer(proposal, log),
            "files": links_of(proposal) if beside.has(proposal, "files") else (),
            "opinions": list(proposal.opinions.all()),
            "staff": [one for one in proposal.proposers.all() if one.user],
            "earlier_decisions": [answers.facts_of(one) for one in following.earlier_decisions(proposal)],
            "events": [event_of(row) for row in log],
        }


class Alike(BaseView):
    """Earlier ones like this, a part of its page; a page of its own without script."""

    permission = "proposals.desk"
    section = "proposals"
    title = gettext_lazy("비슷한 제안")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.proposal.code, self.proposal.get_absolute_url()), (self.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.proposal = proposal = get_proposal(request.user, pk)
        part = (
            "proposals/alike_desk.html" if request.headers.get("HX-Request") else "proposals/alike_page.html"
        )
        repeated = _closable(request.user, proposal)
        alike = [one for one in selectors.alike(proposal.title, proposal.pk) if one.proposal not in repeated]
        found = {"alike": alike, "repeated": repeated, "proposal": proposal}
        return self.render({"title": self.title, "lead": mask(proposal.title), **found}, template=part)


def _closable(user: Any, proposal: Proposal) -> list[Proposal]:
    """What was answered of the same content, where that is often enough to close this one for it (P5)."""
    if not step_action(user, proposal, "dismiss"):
        return []
    found = repeated_by(proposal)
    return found if len(found) >= REPEAT_ANSWERS.on(proposal.received_on) else []


class Entering(FormPage):
    section = "proposals"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get_cancel_url(self) -> str:
        return reverse("proposals:desk")


class Propose(HoldsFiles, Entering):
    permission = "proposals.propose"
    form_class = StaffForm
    title = gettext_lazy("제안하기")
    submit = gettext_lazy("제안 보내기")
    success = gettext_lazy("제안이 접수되었습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_draft_key(self) -> str:
        return "proposals.propose"

    def act(self, form: StaffForm) -> str:
        with self.files(form) as files:
            made = receiving.propose(form.content(), form.people(), actor=self.request.user, files=files)
        return made.get_absolute_url()


class Enter(JointPage, HoldsFiles, Entering):
    """What came on paper or by 국민신문고; the slip with the private link is shown once."""

    permission = "proposals.plan"
    form_class = EntryForm
    title = gettext_lazy("접수 등록")
    submit = gettext_lazy("접수")
    token = code = ""

    def get_draft_key(self) -> str:
        return "proposals.enter"

    def get_draft_url(self, key: str) -> str:
        """The browser would send who it is, too."""
        return ""

    def kept(self, typed: QueryDict) -> QueryDict:
        """Nothing of who sent it."""
        kept = typed.copy()
        for name in typed.keys() - {"channel", "held", *WholeForm.Meta.fields}:
            del kept[name]
        return kept

    def typed(self) -> QueryDict:
        """A browser sends files only once: those chosen so far are put to the draft."""
        form = self.form_class(self.request.POST, self.request.FILES, **self.get_form_kwargs())
        self.hold_sent(form)
        return cast(QueryDict, form.data)

    def act(self, form: EntryForm) -> str:
        self.code = codes.new_code()
        with self.files(form) as files:
            made, self.token = receiving.enter(
                form.content(),
                form.people(),
                channel=form.cleaned_data["channel"],
                actor=self.request.user,
                files=files,
                code=self.code,
            )
        self.made = made
        return made.get_absolute_url()

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        answer = super().done(target, fresh=fresh)
        if not self.token:
            return answer
        link = self.request.build_absolute_uri(path_of(self.token))
        slip = {
            "proposal": self.made,
            "link": link,
            "code": codes.shown(self.code),
            "title": _("접수증"),
        }
        response = self.render(slip, template="proposals/slip.html")
        response["Cache-Control"] = "private, no-store"
        return response


class AskContact(FormPage):
    """Who a citizen is, is looked at with a reason (D3)."""

    permission = "proposals.desk"
    section = "proposals"
    form_class = LookForm
    title = gettext_lazy("제안자 연락처 보기")
    lead = gettext_lazy("열람 사유를 적으면 누가 언제 왜 보았는지 기록됩니다.")
    submit = gettext_lazy("보기")

    def prepare(self) -> None:
        self.proposal = get_proposal(self.request.user, self.kwargs["pk"])
        ensure(self.request.user, "proposals.contact", self.proposal)

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.proposal.code, self.proposal.get_absolute_url()), (self.title, None)]

    def get_draft_key(self) -> str:
        return ""

    def get_cancel_url(self) -> str:
        return self.proposal.get_absolute_url()

    def act(self, form: LookForm) -> str:
        shown = reverse("proposals:desk_contact_shown", args=[self.proposal.pk])
        return f"{shown}?{urlencode({'reason': form.cleaned_data['reason']})}"


class Contact(BaseView):
    permission = "proposals.contact"
    section = "proposals"
    template_name = "proposals/contact.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.proposal.code, self.proposal.get_absolute_url()), (_("제안자 연락처"), None)]

    def get_look(self) -> Look:
        return Look(_("%(code)s 제안자 연락처") % {"code": self.proposal.code}, self.proposal.pk)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.proposal = proposal = get_proposal(request.user, pk)
        if not request.GET.get("reason", "").strip():
            return HttpResponseRedirect(reverse("proposals:desk_contact", args=[pk]))
        people = [(_titled(one), _contact(one)) for one in proposal.proposers.select_related("user")]
        return self.render({"title": _("제안자 연락처"), "proposal": proposal, "people": people})


def _titled(person: Any) -> str:
    """Of several, who is the main one."""
    main = person.is_main and person.share < receiving.WHOLE
    return _("%(person)s (주 제안자)") % {"person": person} if main else str(person)


def _contact(person: Any) -> list[tuple[Any, Any]]:
    guardian = " ".join(filter(None, [person.guardian_name, person.guardian_phone]))
    facts = [
        (_("이름"), str(person)),
        (_("전화번호"), person.phone),
        (_("전자우편"), person.email),
        (_("주소"), person.address),
        (_("법정대리인"), guardian),
        (_("기여도"), person.share_text),
    ]
    return [(label, value) for label, value in facts if value]
