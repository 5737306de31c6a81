"""Terms: somebody is appointed or invited, a term is corrected, renewed, ended (O4)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.formats import date_weekday
from core.access import Look
from core.components import Action
from core.now import today
from core.numbers import wholes
from core.page import Crumbs, Request
from core.permissions import NOBODY, can
from core.steps import steps_for
from core.views.forms import ConfirmPage, FormPage, PreviewPage
from core.views.steps import StepPage
from meetings.enums import SeatState
from meetings.forms.panels import AppointForm, EndForm, InviteForm, RenewForm, RenewManyForm, SeatForm
from meetings.models import Seat
from meetings.services import seats
from meetings.views.lists import PANELS
from meetings.views.panels import PanelStep
from meetings.workflow import SEATS
from organization.services import outsiders

RENEWABLE = (SeatState.SITTING, SeatState.ENDING)


def get_seat(user: Any, pk: int) -> Seat:
    """404 for what one may not know."""
    rows = Seat.objects.visible_to(user).committees().select_related("panel", "user__department")
    return get_object_or_404(rows, pk=pk)


class _NewSeat(PanelStep, FormPage):
    reveals = NOBODY

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": today(), "ends_on": seats.usual_end(today())}


class SeatNew(_NewSeat):
    step = "appoint"
    form_class = AppointForm
    success = gettext_lazy("위원으로 위촉하고 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "official": True}

    def act(self, form: AppointForm) -> str:
        seats.appoint(self.object, form.cleaned_data["user"], form.values(), actor=self.actor)
        return self.get_success_url()


class SeatInvite(_NewSeat):
    step = "invite"
    form_class = InviteForm
    lead = gettext_lazy(
        "계정이 없는 외부위원의 계정을 만들고 비밀번호를 정하는 링크를 전자우편으로 보냅니다. "
        "이 계정은 자신이 위원인 심사와 회의만 볼 수 있고, 임기가 끝나면 심사할 수 없습니다."
    )
    success = gettext_lazy("위원으로 위촉하고 초대장을 보냈습니다.")

    def act(self, form: InviteForm) -> str:
        who = {name: form.cleaned_data[name] for name in ("name", "email")}
        seats.invite(self.object, form.values(), **who, actor=self.actor)
        return self.get_success_url()


class SeatStep(StepPage):
    """On one's term; it leads back to the panel."""

    workflow = SEATS
    find = staticmethod(get_seat)
    section = "evaluations"
    permission = "meetings.seat"

    def get_name(self) -> str:
        return str(self.object.label)

    def get_crumbs(self) -> Crumbs:
        panel = self.object.panel
        return [PANELS, (panel.name, panel.get_absolute_url()), (f"{self.get_name()}: {self.title}", None)]

    def get_look(self) -> Look:
        seat = self.object
        return Look(f"{seat.panel.name} {seat.label}: {self.title}", seat.pk, seat.user)

    def get_cancel_url(self) -> str:
        return str(self.object.panel.get_absolute_url())


class SeatEdit(SeatStep, FormPage):
    """What a seat is, and from here what becomes of it."""

    step = "edit"
    form_class = SeatForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("위원 정보를 고쳤습니다.")

    def get_title(self) -> str:
        return str(self.object.label)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in (*seats.FIELDS, "version")}

    def get_context(self) -> dict[str, Any]:
        seat, user = self.object, self.request.user
        _primary, rest = steps_for(user, seat, without=["edit"])
        if outsiders.is_outsider(seat.user) and can(user, outsiders.INVITE):
            rest = [Action(_("초대장 다시 보내기"), reverse("meetings:seat_reinvite", args=[seat.pk])), *rest]
        return {"actions": rest, "lead": f"{seat.panel.name} · {seat.get_state_display()}"}

    def act(self, form: SeatForm) -> str:
        version = form.cleaned_data["version"]
        seats.edit(self.object, form.values(), actor=self.actor, version=version)
        return self.get_success_url()


class SeatEnd(SeatStep, FormPage):
    step = "end"
    form_class = EndForm
    binds = True
    reveals = NOBODY
    success = gettext_lazy("임기를 끝내고 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: EndForm) -> str:
        seats.end(self.object, **form.cleaned_data, actor=self.actor, version=self.seen)
        return self.get_success_url()


class SeatRenew(SeatStep, FormPage):
    step = "renew"
    form_class = RenewForm
    reveals = NOBODY
    lead = gettext_lazy("지금 임기가 끝난 다음 날부터 새 임기가 시작됩니다.")
    success = gettext_lazy("연임을 정하고 알렸습니다.")

    def get_initial(self) -> dict[str, Any]:
        ends = self.object.ends_on
        return {"ends_on": seats.usual_end(ends + seats.ONE_DAY)} if ends else {}

    def act(self, form: RenewForm) -> str:
        seats.renew([self.object], **form.cleaned_data, actor=self.actor)
        return self.get_success_url()


class SeatReinvite(SeatStep, ConfirmPage):
    """The link by which who came from outside gives themselves a password."""

    step = "edit"
    needs = outsiders.INVITE
    reveals = NOBODY
    title = gettext_lazy("초대장 다시 보내기")
    submit = gettext_lazy("초대장 보내기")
    success = gettext_lazy("초대장을 보냈습니다.")

    def get_text(self) -> str:
        words = _("%(name)s님에게 비밀번호를 정하는 링크를 보낼까요? 앞서 보낸 링크는 쓸 수 없게 됩니다.")
        return words % {"name": self.object.user.name}

    def act(self) -> str:
        outsiders.invite(self.object.user, actor=self.actor)
        return self.get_success_url()


class RenewMany(PreviewPage):
    """From the ticks of the list of terms: until when for all."""

    permission = "meetings.seat"
    reveals = NOBODY
    section = "evaluations"
    form_class = RenewManyForm
    title = gettext_lazy("연임")
    submit = gettext_lazy("모두 연임")
    check = gettext_lazy("새 임기 확인")
    crumbs = (PANELS, (gettext_lazy("연임"), None))

    def prepare(self) -> None:
        asked = self.request.POST.getlist("pk") or self.request.GET.getlist("pk")
        known = Seat.objects.visible_to(self.request.user).committees()
        rows = known.filter(pk__in=wholes(asked), state__in=RENEWABLE)
        self.offered = (
            rows.exclude(ends_on=None).select_related("panel", "user__department").order_by("panel", "pk")
        )

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.prepare()
        if not self.offered:
            messages.error(request, _("임기 종료일이 있고 아직 연임을 정하지 않은 위원을 골라 주세요."))
            return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if "ends_on" not in request.POST:  # from the list
            query = urlencode([("pk", pk) for pk in wholes(request.POST.getlist("pk"))])
            return HttpResponseRedirect(f"{request.path}?{query}")
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"offered": self.offered}

    def get_initial(self) -> dict[str, Any]:
        ends = [seat.ends_on for seat in self.offered if seat.ends_on]
        usual = {"ends_on": seats.usual_end(max(ends) + seats.ONE_DAY)} if ends else {}
        return {"pk": [seat.pk for seat in self.offered], **usual}

    def get_cancel_url(self) -> str:
        return reverse("meetings:seats")

    def foresee(self, form: RenewManyForm) -> list[str]:
        words = _("%(panel)s %(who)s: %(start)s ~ %(end)s")
        end = date_weekday(form.cleaned_data["ends_on"])
        return [
            words % {"panel": seat.panel.name, "who": seat.label, "start": date_weekday(start), "end": end}
            for seat in form.cleaned_data["pk"]
            if (start := seat.ends_on and seat.ends_on + seats.ONE_DAY)
        ]

    def act(self, form: RenewManyForm) -> str:
        made = seats.renew(form.cleaned_data["pk"], ends_on=form.cleaned_data["ends_on"], actor=self.actor)
        words: Any = ngettext(
            "%(count)d명의 연임을 정했습니다.", "%(count)d명의 연임을 정했습니다.", len(made)
        )
        messages.success(self.request, words % {"count": len(made)})
        return self.get_cancel_url()
