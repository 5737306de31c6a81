"""Who comes: a year of sessions planned at once, answers to invitations, the number on the screen (C2, C7)."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from basis.documents.response import document_response
from basis.errors import Rejected
from basis.formats import date_weekday
from core import roomcode
from core.calendar import system_calendar
from core.now import now, today
from core.page import BaseView, Request
from core.views.forms import FormPage, PreviewPage
from meetings import attending, planning
from meetings.documents import attendance_sheet
from meetings.enums import SessionState, Sort
from meetings.forms.coming import AnswerForm, SignForm, YearForm
from meetings.planning import Planned
from meetings.selectors import seated, when
from meetings.services import answers, sessions
from meetings.services import signing as signatures
from meetings.views.panels import AnyPanelStep
from meetings.views.sessions import SessionStep

Line = tuple[str, Planned | None]  # what is said of a month, and the day that is planned, if one is


class PlanMany(AnyPanelStep, PreviewPage):
    """The year's sessions: first each day, with what was moved and what clashes, then all at once."""

    step = "plan_many"
    form_class = YearForm
    check = gettext_lazy("날짜 확인")
    submit = gettext_lazy("모두 잡고 알리기")
    lead = gettext_lazy(
        "쉬는 날은 같은 달의 다음 근무일로 옮깁니다. 확인한 뒤에 한꺼번에 잡고 한 번만 알립니다."
    )

    def get_initial(self) -> dict[str, Any]:
        first = today().replace(day=1)
        last = first.replace(month=12)
        return {"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}"}

    def lines(self, form: YearForm) -> list[Line]:
        values = form.cleaned_data
        wanted = planning.days_of(form.rule(), form.months(), system_calendar())
        taken = self.taken(values["sort"])
        clashes = attending.clashes(
            self.object, [one.day for one in wanted], values["begins_at"], values["ends_at"]
        )
        return [self.line(one, taken, clashes.get(one.day, ())) for one in wanted]

    def taken(self, sort: str) -> dict[Any, Any]:
        """Its own sessions by their day; the regular ones also by their month, which needs no second."""
        rows = self.object.sessions.exclude(state=SessionState.CANCELLED)
        found: dict[Any, Any] = {one.held_on: one for one in rows}
        if sort == Sort.REGULAR:
            found |= {(d.year, d.month): one for d, one in list(found.items()) if one.sort == Sort.REGULAR}
        return found

    def line(self, one: Planned, taken: dict[Any, Any], clashes: Sequence[attending.Clash]) -> Line:
        day, said = one.day, [date_weekday(one.day)]
        if one.moved is not None:
            name = system_calendar().closed_name(one.moved) or _("주말")
            said.append(_("%(day)s %(name)s에서 옮김") % {"day": date_weekday(one.moved), "name": name})
        if day < today():
            return _("%(day)s: 지난 날이라 잡지 않음") % {"day": said[0]}, None
        if there := taken.get(day) or taken.get((day.year, day.month)):
            words = _("%(day)s: 이미 잡은 %(title)s(%(held)s)이 있어 잡지 않음")
            return words % {"day": said[0], "title": there.title, "held": date_weekday(there.held_on)}, None
        for clash in clashes:
            words = ngettext(
                "%(count)d명이 %(session)s와 겹침", "%(count)d명이 %(session)s와 겹침", clash.people
            )
            said.append(words % {"count": clash.people, "session": clash.session})
        return " · ".join(said), one

    def foresee(self, form: YearForm) -> Sequence[Any]:
        lines = self.lines(form)
        if not any(planned for _words, planned in lines):
            raise Rejected(_("잡을 날이 없습니다. 달이나 날짜를 바꿔 주세요."), field="first")
        return [words for words, _planned in lines]

    def act(self, form: YearForm) -> str:
        days = [planned.day for _words, planned in self.lines(form) if planned]
        made = sessions.plan_many(self.object, days, **form.values(), actor=self.actor)
        words = ngettext(
            "모임 %(count)d회를 잡고 한 번에 알렸습니다.",
            "모임 %(count)d회를 잡고 한 번에 알렸습니다.",
            len(made),
        )
        messages.success(self.request, words % {"count": len(made)})
        return self.get_success_url()


class SessionAnswer(SessionStep, FormPage):
    """참석, 불참, 대신: in person, until it begins."""

    needs = "meetings.answer"
    form_class = AnswerForm
    title = gettext_lazy("참석 여부 답하기")
    submit = gettext_lazy("답하기")
    success = gettext_lazy("참석 여부를 전했습니다. 시작하기 전까지 바꿀 수 있습니다.")

    def prepare(self) -> None:
        super().prepare()
        self.seat = attending.own_seat(self.object, self.request.user)

    def get_draft_key(self) -> str:
        return ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"kind": self.object.panel.kind_of}

    def get_context(self) -> dict[str, Any]:
        return {"lead": f"{self.object} · {when(self.object)}"}

    def get_initial(self) -> dict[str, Any]:
        said = self.object.answers.filter(seat=self.seat).select_related("stand_in").first()
        if said is None:
            return {}
        number = said.stand_in.employee_number if said.stand_in else ""
        return {"reply": said.reply, "reason": said.reason, "stand_in": number}

    def act(self, form: AnswerForm) -> str:
        data = form.cleaned_data
        if self.seat is None:
            raise Rejected(_("그날 자리가 없어 답할 수 없습니다."))
        answers.answer(
            self.object,
            self.seat,
            data["reply"],
            data.get("stand_in"),
            data["reason"],
            actor=self.actor,
        )
        return self.get_success_url()


class SessionScreen(SessionStep, BaseView):
    """For the wall of the room: the number, its picture, who is missing. It renews itself without script."""

    step = "screen"
    template_name = "meetings/screen.html"

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        session, moment = self.object, now()
        code, left = roomcode.shown(attending.room(session)), roomcode.left()
        address = request.build_absolute_uri(reverse("meetings:session_sign", args=[session.pk]))
        picture = segno.make(f"{address}?code={code}", error="m").svg_data_uri(scale=8, light="#fff")
        opens, closes = attending.opens(session), attending.closes(session)
        response = self.render(
            {
                "title": str(session),
                "session": session,
                "code": f"{code[:3]} {code[3:]}",
                "picture": picture,
                "address": address,
                "left": left,
                "opens": "" if opens <= moment else f"{localtime(opens):%H:%M}",
                "closed": moment > closes,
                "signed": session.signs.count(),
                "asked": len(seated(session.panel, session.held_on)),
            }
        )
        response["Refresh"] = str(left + 1)  # just after the next one stands
        return response


class SessionSheet(SessionStep, BaseView):
    """An empty list to be signed on paper."""

    step = "sheet"

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.prepare()
        session = self.object
        self.looked = name = f"출석부_{session}_{session.held_on}"
        paper = attendance_sheet(session)
        return document_response(
            paper, request.GET.get("format", "html"), name, back=session.get_absolute_url()
        )


DEVICE_DAYS = 365


class SessionSign(SessionStep, FormPage):
    """On the member's own phone: one field, one button."""

    needs = "meetings.sign"
    form_class = SignForm
    title = gettext_lazy("출석 서명")
    submit = gettext_lazy("출석 서명")
    template_name = "meetings/sign.html"
    success = gettext_lazy("출석했습니다.")

    @property
    def cookie(self) -> str:
        return ("__Host-" if settings.SESSION_COOKIE_SECURE else "") + "room"

    def prepare(self) -> None:
        super().prepare()
        self.found = self.object.signs.filter(user=self.request.user).first()
        self.wait, self.closed = 0, ""
        try:
            signatures.need_open(self.object)
        except Rejected as error:
            self.closed = error.message

    def get_draft_key(self) -> str:
        return ""

    def get_success_url(self) -> str:
        return reverse("meetings:session_sign", args=[self.object.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"code": self.request.GET.get("code", "")[: roomcode.DIGITS]}

    def get_context(self) -> dict[str, Any]:
        return {
            "session": self.object,
            "lead": when(self.object),
            "found": self.found,
            "closed": self.closed,
            "cancel_url": "",
        }

    def once(self, make: Callable[[], str]) -> HttpResponse:
        """In no transaction: a wrong number stays counted though it is refused; a right one counts once anyhow."""
        return self.done(make(), fresh=True)

    def act(self, form: SignForm) -> str:
        device = signatures.device_of(self.device())
        try:
            signatures.sign(self.object, form.cleaned_data["code"], user=self.actor, device=device)
        except signatures.Slowed as slowed:
            self.wait = slowed.seconds
            raise
        return self.get_success_url()

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        response = super().page(form, status, **extra)
        if self.wait:
            response.status_code = 429
            response["Retry-After"] = str(self.wait)
        return response

    def device(self) -> str:
        """The phone's own secret, without a person in it."""
        known = self.request.COOKIES.get(self.cookie, "")
        try:
            return str(signing.loads(known, salt=signatures.SALT))
        except signing.BadSignature:
            return self.new

    @property
    def new(self) -> str:
        found: str = self.__dict__.setdefault("_new", secrets.token_hex(16))
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().dispatch(request, *args, **kwargs)
        if (secret := self.device()) == self.__dict__.get("_new"):
            response.set_cookie(
                self.cookie,
                signing.dumps(secret, salt=signatures.SALT),
                max_age=int(timedelta(days=DEVICE_DAYS).total_seconds()),
                secure=bool(settings.SESSION_COOKIE_SECURE),
                httponly=True,
                samesite="Lax",
            )
        return response
