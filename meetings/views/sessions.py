"""A session: planned, its page, changed, held, its minutes (E7)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from basis.formats import counted, date_weekday
from core.attachments import links_of
from core.cells import Cell
from core.components import Badge
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from meetings.documents import minutes, presence
from meetings.enums import STANDS, Chair, SessionState
from meetings.forms.sessions import CorrectionForm, FilesForm, MinutesForm, SessionForm, key_of
from meetings.models import Decision, Panel, Session
from meetings.selectors import SESSION_TONES, composition, seated, things_seen, votes_of, when
from meetings.services import corrections, sessions
from meetings.sockets import AGENDA
from meetings.views.decisions import decision_table
from meetings.views.lists import SESSIONS
from meetings.views.panels import PanelStep
from meetings.workflow import SESSION
from notifications.bar import bar_of
from organization.models import Department
from organization.views.tables import table

LINES = 3  # empty ones below what was decided


def get_session(user: Any, pk: int) -> Session:
    """404 for what one may not know."""
    rows = Session.objects.visible_to(user).select_related(
        "panel", "written_by__department", "confirmed_by__department"
    )
    return get_object_or_404(rows, pk=pk)


def offers_for(user: Any, panel: Panel, kept: Iterable[tuple[Model, str]] = ()) -> list[tuple[Model, str]]:
    """What may stand on the agenda; what stands there already first."""
    found = {key_of(thing): (thing, words) for thing, words in kept}
    for offer in AGENDA:
        for thing, words in offer(user, panel):
            found.setdefault(key_of(thing), (thing, words))
    return list(found.values())


class SessionNew(PanelStep, FormPage):
    step = "plan"
    form_class = SessionForm
    success = gettext_lazy("회의를 잡고 위원에게 알렸습니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"offers": offers_for(self.request.user, self.object)}

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
        return [SESSIONS, (str(self.session), None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        user = request.user
        self.session = session = get_session(user, pk)
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
                "items": self.items(),
                "people": self.people(),
                "decisions": decision_table(
                    session.decisions.select_related("person__department", "department")
                ),
                "files": links_of(session),
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
        facts: list[tuple[Any, Any]] = [
            (_("위원회"), session.panel.name),
            (_("회차"), str(session.number)),
            (_("일시"), f"{date_weekday(session.held_on)} {session.begins_at:%H:%M}{ended}"),
            (_("장소"), session.place),
        ]
        if session.needed is not None:
            facts += [
                (_("출석한 위원"), counted(session.came or 0, _("명"))),
                (_("의사 정족수"), self.quorum()),
            ]
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
        if session.state == SessionState.CANCELLED or not can(self.request.user, "meetings.compose", session):
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

    def people(self) -> dict[str, Any] | None:
        """Who was there; before, who is asked to come."""
        found = list(self.session.attendances.all())
        rows: list[list[Cell | str]] = [
            [
                str(Chair(one.chair).label),
                one.label,
                Cell(presence(one), tone="success" if one.present else "neutral"),
                one.note,
            ]
            for one in found
        ] or [
            [str(seat.get_chair_display()), seat.label, "", ""]
            for seat in seated(self.session.panel, self.session.held_on)
        ]
        return table(_("위원"), [_("직책"), _("위원"), _("출석"), _("비고")], rows) if rows else None


class SessionStep(StepPage):
    workflow = SESSION
    find = staticmethod(get_session)
    section = "evaluations"
    permission = "meetings.view"
    above = (SESSIONS,)


class SessionChange(SessionStep, FormPage):
    step = "change"
    form_class = SessionForm
    submit = gettext_lazy("바꾸고 알리기")
    lead = gettext_lazy("바꾸면 그날 임기 중인 위원 모두에게 다시 알립니다.")
    success = gettext_lazy("회의를 바꾸고 위원에게 알렸습니다.")

    def prepare(self) -> None:
        super().prepare()
        self.items = list(self.object.items.all())
        things = things_seen(self.request.user, self.items)
        self.kept = [(things[item.pk], item.title) for item in self.items if item.pk in things]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"offers": offers_for(self.request.user, self.object.panel, self.kept)}

    def get_initial(self) -> dict[str, Any]:
        named = {title for _thing, title in self.kept}
        return {
            **{name: getattr(self.object, name) for name in (*sessions.FIELDS, "version")},
            "things": [key_of(thing) for thing, _title in self.kept],
            "agenda": "\n".join(item.title for item in self.items if item.title not in named),
        }

    def act(self, form: SessionForm) -> str:
        version = form.cleaned_data["version"]
        sessions.change(self.object, form.values(), items=form.items(), actor=self.actor, version=version)
        return self.get_success_url()


class SessionCancel(SessionStep, ReasonStep):
    step = "cancel"
    lead = gettext_lazy("위원 모두에게 사유와 함께 알립니다.")
    success = gettext_lazy("회의를 취소하고 위원에게 알렸습니다.")
    service = staticmethod(sessions.cancel)


class SessionFiles(SessionStep, FormPage):
    step = "add_files"
    form_class = FilesForm
    success = gettext_lazy("회의 자료를 올렸습니다.")

    def act(self, form: FilesForm) -> str:
        sessions.add_files(self.object, form.cleaned_data["attachments"], actor=self.actor)
        return self.get_success_url()


class SessionMinutes(SessionStep, FormPage):
    """Attendance, outcomes and what was said, on one page; written again until it is confirmed."""

    step = "hold"
    form_class = MinutesForm
    binds = True
    template_name = "meetings/minutes_form.html"
    submit = gettext_lazy("회의록 저장")
    lead = gettext_lazy(
        "저장하면 작성하지 않은 사람이 확인하여 확정합니다. 확정하기 전에는 다시 고칠 수 있습니다."
    )
    success = gettext_lazy("회의록을 저장했습니다. 다른 사람이 확정합니다.")

    def prepare(self) -> None:
        super().prepare()
        self.seats = seated(self.object.panel, self.object.held_on)
        self.items = list(self.object.items.all())
        self.given = list(self.object.decisions.all())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            "seats": self.seats,
            "items": self.items,
            "departments": list(Department.objects.open_on(self.object.held_on).reviewing()),
            "lines": len(self.given) + LINES,
        }

    def get_initial(self) -> dict[str, Any]:
        found = list(self.object.attendances.all())
        excused = [one for one in found if one.excused]
        fields = ("outcome", "resolution", "yes", "no", "abstained")
        return {
            "present": [one.seat_id for one in found if one.present] if found else [s.pk for s in self.seats],
            "excused": [one.seat_id for one in excused],
            "note": excused[0].note if excused else "",
            "ends_at": self.object.ends_at,
            "minutes": self.object.minutes,
            **{f"item-{item.pk}-{name}": getattr(item, name) for item in self.items for name in fields},
            **{
                f"decision-{line}-{name}": value
                for line, one in enumerate(self.given)
                for name, value in (("text", one.text), ("who", _key(one)), ("until", one.until))
            },
        }

    def act(self, form: MinutesForm) -> str:
        data = form.cleaned_data
        sessions.hold(
            self.object,
            present=set(data["present"]),
            excused=form.excused_seats(),
            ends_at=data["ends_at"],
            minutes=data["minutes"],
            outcomes=form.outcomes(),
            decided=form.decided(),
            actor=self.actor,
            version=self.seen,
        )
        return self.get_success_url()


def _key(one: Decision) -> str:
    """How the form names whose it is."""
    return f"person:{one.person_id}" if one.person_id else f"department:{one.department_id}"


class SessionRewrite(SessionMinutes):
    step = "rewrite"


class SessionConfirm(SessionStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("회의록을 확정하고 위원에게 알렸습니다.")
    service = staticmethod(sessions.confirm)

    def get_text(self) -> str:
        return _("출석과 의결, 회의 내용을 확인했으면 확정해 주세요. 확정하면 의결의 효력이 생깁니다.")


class SessionGiveBack(SessionStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("회의록을 작성한 사람에게 보완을 요청했습니다.")
    service = staticmethod(sessions.give_back)


class SessionAskCorrection(SessionStep, FormPage):
    step = "ask_correction"
    form_class = CorrectionForm
    binds = True
    lead = gettext_lazy(
        "정정 전과 정정 후가 모두 남습니다. 의결과 표결은 정정할 수 없으며, 다시 정할 안건은 다음 회의에 올려 주세요."
    )
    success = gettext_lazy("정정을 요청했습니다. 다른 사람이 확인합니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"minutes": self.object.minutes}

    def act(self, form: CorrectionForm) -> str:
        corrections.ask_correction(self.object, **form.cleaned_data, actor=self.actor, version=self.seen)
        return self.get_success_url()


class SessionCorrect(SessionStep, ConfirmStep):
    step = "correct"
    success = gettext_lazy("회의록을 정정하고 위원에게 알렸습니다.")
    service = staticmethod(corrections.correct)


class SessionRefuseCorrection(SessionStep, ReasonStep):
    step = "refuse_correction"
    success = gettext_lazy("회의록을 그대로 두었습니다.")
    service = staticmethod(corrections.refuse_correction)


class SessionPaper(BaseView):
    """The minutes for printing, as HWPX (`?format=hwpx`) and Excel."""

    permission = "meetings.view"

    def get(self, request: Request, pk: int) -> HttpResponse:
        session = get_session(request.user, pk)
        if session.needed is None or session.state == SessionState.CANCELLED:
            raise Http404
        self.looked = name = f"회의록_{session}_{session.held_on}"
        back = session.get_absolute_url()
        return document_response(minutes(session), request.GET.get("format", "html"), name, back=back)
