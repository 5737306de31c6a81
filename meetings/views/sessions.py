"""A session: planned, its page, changed, held, its minutes (E7, C2, C7)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, date_weekday
from core.attachments import links_of
from core.cells import Cell
from core.components import Badge
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ReasonStep, StepPage
from meetings import agenda, attending
from meetings.attending import Coming, coming, own_seat, pointed
from meetings.documents import presence
from meetings.enums import PRESENCE_TONES, REPLY_TONES, STANDS, Chair, SessionState
from meetings.forms.sessions import FilesForm, SessionForm, key_of
from meetings.kinds import COMMITTEE
from meetings.models import Attendance, Panel, Session
from meetings.selectors import SESSION_TONES, composition, things_seen, votes_of, when
from meetings.services import sessions
from meetings.sockets import AGENDA
from meetings.views.decisions import decision_table
from meetings.views.lists import SESSIONS
from meetings.views.panels import AnyPanelStep, ways_to
from meetings.workflow import SESSION
from mileage.rules import amount_text
from notifications.bar import bar_of
from organization.views.tables import table


def get_session(user: Any, pk: int) -> Session:
    """404 for what one may not know."""
    rows = Session.objects.visible_to(user).select_related(
        "panel", "written_by__department", "confirmed_by__department"
    )
    return get_object_or_404(rows, pk=pk)


def ways_to_session(session: Session) -> list[tuple[Any, Any]]:
    """Its crumbs, with its own at the end."""
    own = (str(session), session.get_absolute_url())
    if session.panel.kind == COMMITTEE:
        return [SESSIONS, own]
    return [*ways_to(session.panel), (session.title, own[1])]


def answering(session: Session, user: Any) -> dict[str, Any] | None:
    """What the person said to the invitation; None for who is not asked, or where nothing can be said any more."""
    seat = own_seat(session, user)
    if seat is None or session.state != SessionState.PLANNED or session.has_begun:
        return None
    answer = session.answers.filter(seat=seat).select_related("stand_in__department").first()
    return {
        "url": reverse("meetings:session_answer", args=[session.pk]),
        "answer": answer,
        "stand_ins": session.panel.kind_of.stand_ins,
    }


def signing(session: Session, user: Any) -> dict[str, Any] | None:
    """Where the person signs in, or that it is done; None while nobody can, or for who does not come."""
    if session.panel.kind_of.resolves or not attending.may_sign(session):
        return None
    if not can(user, "meetings.sign", session):
        return None
    found = session.signs.filter(user=user).first()
    return {"url": reverse("meetings:session_sign", args=[session.pk]), "found": found}


def instead_of(session: Session, user: Any) -> str:
    """For whom the person comes."""
    if session.state != SessionState.PLANNED or not session.panel.kind_of.stand_ins:
        return ""
    said = session.answers.filter(stand_in=user).select_related("seat__user__department").first()
    return said.seat.label if said else ""


def offers_for(user: Any, panel: Panel, kept: Iterable[tuple[Model, str]] = ()) -> list[tuple[Model, str]]:
    """What may stand on the agenda; what stands there already first."""
    found = {key_of(thing): (thing, words) for thing, words in kept}
    # What waits for a resolution is no matter of those that pass none.
    kind = panel.kind_of
    for offer in AGENDA if kind.resolves else (agenda.offer, kind.offers):
        for thing, words in offer(user, panel):
            found.setdefault(key_of(thing), (thing, words))
    return list(found.values())


class SessionNew(AnyPanelStep, FormPage):
    step = "plan"
    form_class = SessionForm
    success = gettext_lazy("일정을 잡고 참석할 사람에게 알렸습니다.")

    def get_title(self) -> Any:
        return self.object.kind_of.words["plan"]

    def get_crumbs(self) -> Crumbs:
        return [*ways_to(self.object), (self.get_title(), None)]

    def get_context(self) -> dict[str, Any]:
        return {"submit": self.get_title()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.object.kind_of, "offers": offers_for(self.request.user, self.object)}

    def get_draft_key(self) -> str:
        return f"meetings.session.new.{self.object.pk}"

    def act(self, form: SessionForm) -> str:
        made = sessions.plan(self.object, **form.values(), items=form.items(), actor=self.actor)
        return made.get_absolute_url()


class SessionPage(BaseView):
    permission = "meetings.view"
    section = "evaluations"
    template_name = "meetings/session.html"

    def get_crumbs(self) -> Crumbs:
        return [*ways_to_session(self.session)[:-1], (str(self.session), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        user = request.user
        self.session = session = get_session(user, pk)
        self.request.section = session.panel.kind_of.section
        self.runs = can(user, "meetings.run", session)
        log = latest_first(session)
        return self.render(
            {
                "session": session,
                "title": str(session),
                "lead": when(session),
                "badges": [Badge(session.get_state_display(), SESSION_TONES[session.state])],
                **bar_of(user, session, log=log),
                "facts": self.facts(),
                "faults": self.faults(),
                "member": session.panel.kind_of.member,
                "words": session.panel.kind_of.words,
                "pointed": pointed(session) if self.runs or can(user, "meetings.confirm", session) else [],
                "answering": answering(session, user),
                "signing": signing(session, user),
                "instead_of": instead_of(session, user),
                "items": self.items(),
                "struck": list(session.struck.select_related("by__department")) if self.runs else [],
                **self.people(),
                "decisions": decision_table(
                    session.decisions.select_related("person__department", "department")
                ),
                "files": links_of(session),
                "papers": session.panel.kind_of.papers(session),
                "corrections": list(session.corrections.all()),
                "asked": session.corrections.filter(accepted=None).first()
                if session.state == SessionState.CORRECTING
                else None,
                "events": [event_of(row) for row in log],
            }
        )

    def facts(self) -> list[tuple[Any, Any]]:
        session = self.session
        ended = f" ~ {session.ends_at:%H:%M}" if session.ends_at else ""
        kind = session.panel.kind_of
        facts: list[tuple[Any, Any]] = [
            (kind.noun, session.panel.name),
            (_("회차"), str(session.number)),
            (_("일시"), f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}{ended}"),
            (_("장소"), session.place),
        ]
        if not kind.resolves and not kind.by_planning:
            facts.append((_("모임 구분"), session.get_sort_display()))
            if session.guest:
                facts.append((_("외부 전문가"), session.guest))
        if session.needed is not None and kind.resolves:
            facts += [
                (_("출석한 위원"), counted(session.came or 0, _("명"))),
                (_("의사 정족수"), self.quorum()),
            ]
        elif session.needed is not None:
            whole = counted(self.seats, _("명"))
            label = _("참석") if kind.by_planning else _("참석한 회원")
            facts.append((label, f"{session.came} / {whole}"))
        if session.written_by:
            facts.append((_("회의록 작성자"), str(session.written_by)))
        if session.confirmed_by and session.state in STANDS:
            facts.append((_("회의록 확정자"), str(session.confirmed_by)))
        return facts

    def quorum(self) -> str:
        words = _("%(needed)d명 이상: 충족") if self.session.is_quorate else _("%(needed)d명 이상: 미달")
        return words % {"needed": self.session.needed}

    def faults(self) -> Sequence[str]:
        """What is wrong with the composition on that day, for who sees to it."""
        session = self.session
        if session.state == SessionState.CANCELLED or not session.panel.kind_of.resolves:
            return []
        if not can(self.request.user, "meetings.compose", session):
            return []
        return composition(session.panel, session.held_on).faults

    def items(self) -> list[dict[str, Any]]:
        found = list(self.session.items.all())
        things = things_seen(self.request.user, found)
        tones = {"passed": "success", "amended": "success", "rejected": "danger", "deferred": "warning"}
        return [
            {
                "item": item,
                "url": thing.get_absolute_url() if (thing := things.get(item.pk)) else "",
                "tone": tones.get(item.outcome, "neutral"),
                "votes": votes_of(item),
            }
            for item in found
        ]

    @cached_property
    def seats(self) -> int:
        return self.session.attendances.count()

    def people(self) -> dict[str, Any]:
        """Who was there; before, who is asked to come, what they said, and who has signed in."""
        session, kind = self.session, self.session.panel.kind_of
        found = list(session.attendances.select_related("seat__panel", "stand_in__department"))
        if found:
            heads = [_("직책"), kind.member, _("출석"), _("대신 온 직원"), _("인정 시간"), _("비고")]
            shown = table(kind.member, heads, [self.was_there(one) for one in found], right=[4])
            return {"people": shown}
        said = coming(session)
        self.signs = {one.seat_id: one for one in attending.signed(session)}
        heads = [_("직책"), kind.member, _("참석 여부"), _("대신 참석할 직원"), _("출석 서명"), _("비고")]
        rows = [self.is_asked(one) for one in said]
        return {
            "people": table(kind.member, heads, rows) if rows else None,
            "tally": attending.tally(said) if any(one.answer for one in said) else [],
        }

    def was_there(self, one: Attendance) -> list[Cell | str]:
        group = not self.session.panel.kind_of.resolves
        return [
            one.seat.place if group else str(Chair(one.chair).label),
            one.label,
            Cell(presence(one), tone=PRESENCE_TONES[one.presence]),
            one.stand_in.full_label if one.stand_in else "",
            amount_text(one.hours, "learning") if one.hours else "",
            one.note,
        ]

    def is_asked(self, one: Coming) -> list[Cell | str]:
        """The reasons are for who prepares the session."""
        session, answer = self.session, one.answer
        kind, sign = session.panel.kind_of, self.signs.get(one.seat.pk)
        waits = session.state == SessionState.PLANNED and not session.has_begun
        reply: Cell | str = ""
        if answer is not None:
            reply = Cell(str(answer.get_reply_display()), tone=REPLY_TONES[answer.reply])
        elif waits and not kind.resolves:
            reply = Cell(_("답하지 않음"), tone="neutral")
        return [
            one.seat.chair_label if kind.resolves else one.seat.place,
            one.seat.label,
            reply,
            answer.stand_in.full_label if answer and answer.stand_in else "",
            f"{localtime(sign.signed_at):%H:%M}" if sign else "",
            answer.reason if answer and (self.runs or one.seat.user_id == self.request.user.pk) else "",
        ]


class SessionStep(StepPage):
    workflow = SESSION
    find = staticmethod(get_session)
    section = "evaluations"
    permission = "meetings.view"

    def prepare(self) -> None:
        super().prepare()
        self.request.section = self.object.panel.kind_of.section

    def get_crumbs(self) -> Crumbs:
        return [*ways_to_session(self.object), (self.title, None)]


class SessionChange(SessionStep, FormPage):
    step = "change"
    form_class = SessionForm
    submit = gettext_lazy("바꾸고 알리기")
    lead = gettext_lazy("바꾸면 참석할 사람 모두에게 다시 알립니다. 날짜를 바꾸면 참석 여부도 새로 받습니다.")
    success = gettext_lazy("일정을 바꾸고 참석할 사람에게 알렸습니다.")

    def prepare(self) -> None:
        super().prepare()
        self.items = list(self.object.items.all())
        things = things_seen(self.request.user, self.items)
        self.kept = [(things[item.pk], item.title) for item in self.items if item.pk in things]

    def get_form_kwargs(self) -> dict[str, Any]:
        panel = self.object.panel
        offers = offers_for(self.request.user, panel, self.kept)
        return {"kind": panel.kind_of, "offers": offers, "moving": panel.kind_of.reasoned}

    def get_initial(self) -> dict[str, Any]:
        named = {title for _thing, title in self.kept}
        return {
            **{name: getattr(self.object, name) for name in (*sessions.FIELDS, "version")},
            "things": [key_of(thing) for thing, _title in self.kept],
            "agenda": "\n".join(item.title for item in self.items if item.title not in named),
        }

    def act(self, form: SessionForm) -> str:
        version = form.cleaned_data["version"]
        sessions.change(
            self.object,
            form.values(),
            items=form.items(),
            reason=form.cleaned_data.get("reason", ""),
            actor=self.actor,
            version=version,
        )
        return self.get_success_url()


class SessionCancel(SessionStep, ReasonStep):
    step = "cancel"
    lead = gettext_lazy("참석할 사람 모두에게 사유와 함께 알립니다.")
    success = gettext_lazy("취소하고 참석할 사람에게 알렸습니다.")
    service = staticmethod(sessions.cancel)


class SessionFiles(SessionStep, FormPage):
    step = "add_files"
    form_class = FilesForm
    success = gettext_lazy("자료를 올렸습니다.")

    def act(self, form: FilesForm) -> str:
        sessions.add_files(self.object, form.cleaned_data["attachments"], actor=self.actor)
        return self.get_success_url()
