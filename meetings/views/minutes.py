"""A session written down, confirmed, undone, corrected; its paper (E7, C7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.documents.response import document_response
from core.page import BaseView, Request
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep
from meetings.attending import expected, hours_line, pointed
from meetings.documents import minutes
from meetings.enums import DecisionState, SessionState
from meetings.forms.minutes import BaseMinutes, GroupMinutesForm, MinutesForm
from meetings.forms.sessions import CorrectionForm
from meetings.models import Decision
from meetings.selectors import seated
from meetings.services import corrections, sessions
from meetings.views.decisions import decision_table
from meetings.views.sessions import SessionStep, get_session
from organization.models import Department

LINES = 3  # empty ones below what was decided


class SessionMinutes(SessionStep, FormPage):
    """Attendance, outcomes and what was said, on one page; written again until it is confirmed."""

    step = "hold"
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
        found = list(self.object.decisions.select_related("person__department", "department"))
        self.given = [one for one in found if one.state == DecisionState.DRAFT]
        self.kept = [one for one in found if one.state != DecisionState.DRAFT]

    def get_form_class(self) -> type[BaseMinutes]:
        return MinutesForm if self.object.panel.kind_of.resolves else GroupMinutesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            "seats": self.seats,
            "items": self.items,
            "departments": list(Department.objects.open_on(self.object.held_on).reviewing()),
            "lines": len(self.given) + LINES,
        }

    def get_context(self) -> dict[str, Any]:
        return {"kept": decision_table(self.kept), "signs": self.object.signs.count()}

    def get_initial(self) -> dict[str, Any]:
        fields = ("outcome", "resolution", "yes", "no", "abstained")
        return {
            **(self.committee() if self.object.panel.kind_of.resolves else self.group()),
            "ends_at": self.object.ends_at,
            "minutes": self.object.minutes,
            **{f"item-{item.pk}-{name}": getattr(item, name) for item in self.items for name in fields},
            **{
                f"decision-{line}-{name}": value
                for line, one in enumerate(self.given)
                for name, value in (("text", one.text), ("who", _key(one)), ("until", one.until))
            },
        }

    def committee(self) -> dict[str, Any]:
        found = list(self.object.attendances.all())
        excused = [one for one in found if one.excused]
        return {
            "present": [one.seat_id for one in found if one.present] if found else [s.pk for s in self.seats],
            "excused": [one.seat_id for one in excused],
            "note": excused[0].note if excused else "",
        }

    def group(self) -> dict[str, Any]:
        """As it was written; at first as the signatures say, or the answers."""
        found = {one.seat_id: one for one in self.object.attendances.select_related("stand_in")}
        here: Mapping[int, Any] = found or expected(self.object)
        return {
            f"seat-{pk}-{name}": value
            for pk, one in here.items()
            for name, value in (
                ("presence", one.presence),
                ("stand_in", one.stand_in.employee_number if one.stand_in else ""),
                ("note", one.note),
            )
        }

    def act(self, form: BaseMinutes) -> str:
        data = form.cleaned_data
        sessions.hold(
            self.object,
            **form.roll(),
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
    success = gettext_lazy("회의록을 확정하고 참석할 사람에게 알렸습니다.")
    service = staticmethod(sessions.confirm)

    def foresee(self) -> Sequence[Any]:
        """What is earned, and what should be looked at before."""
        return [*filter(None, [hours_line(self.object)]), *pointed(self.object)]

    def get_text(self) -> str:
        if not self.object.panel.kind_of.resolves:
            return _("출석과 회의 내용을 확인했으면 확정해 주세요. 잘못 확정하면 취소할 수 있습니다.")
        return _("출석과 의결, 회의 내용을 확인했으면 확정해 주세요. 확정하면 의결의 효력이 생깁니다.")


class SessionUndo(SessionStep, ReasonStep):
    step = "undo"
    lead = gettext_lazy(
        "인정한 시간을 거두고, 처리하지 않은 결정 사항을 멈춥니다. 고친 뒤 다시 확정하면 돌아옵니다."
    )
    success = gettext_lazy("회의록 확정을 취소했습니다. 고친 뒤 다시 확정해 주세요.")
    service = staticmethod(sessions.undo)


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
    success = gettext_lazy("회의록을 정정하고 참석할 사람에게 알렸습니다.")
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
