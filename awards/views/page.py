"""The page of an award, its certificate."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from awards.documents import certificates, file_name, points, tax_text
from awards.enums import AwardState, Receiver
from awards.models import Award
from awards.sockets import follower_of
from awards.views.lists import HOME, TONES
from basis.documents.response import document_response
from basis.formats import counted, date_weekday, number, told, won
from core.access import Look
from core.components import Badge
from core.numbers import wholes
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from notifications.bar import bar_of

MOST_TOGETHER = 100


def get_award(user: Any, pk: int) -> Award:
    """404 for what one may not know."""
    rows = Award.objects.visible_to(user).select_related(
        "content_type", "user__department", "department", "handed_by__department", "returned_by__department"
    )
    return get_object_or_404(rows, pk=pk)


def facts(award: Award) -> list[tuple[Any, Any]]:
    """Who, for what, by which decision, what, handed over when by whom (A5)."""
    found = [
        (_("받는 사람"), award.who),
        (_("받는 사람 구분"), award.get_receiver_display()),
        (_("공적"), award.work),
        (_("시상 구분"), " · ".join(filter(None, [award.kind, award.division, award.period]))),
        (_("기여도"), f"{award.share.normalize():f}%" if award.share != 100 else ""),
        (_("결정"), f"{date_weekday(award.decided_on)} · {award.decision}"),
        (_("시상금"), won(award.amount) if award.amount else ""),
        (_("세금"), tax_text(award) if award.amount else ""),
        (_("지급 재원"), "" if award.from_purse or not award.amount else _("시상 예산 아닌 재원")),
        (_("성과포인트"), counted(number(points(award.points)), _("점")) if award.points else ""),
        (_("특별휴가"), leave_text(award)),
        (_("그 밖의 시상"), award.other),
        (_("상장 번호"), award.certificate),
    ]
    return [(label, value) for label, value in found if value]


def leave_text(award: Award) -> str:
    if not award.leave_days:
        return ""
    said = counted(award.leave_days, _("일"))
    if award.leave_until:
        said += " · " + _("%(day)s까지") % {"day": date_weekday(award.leave_until)}
    if award.leave_over:
        over = counted(award.leave_over, _("일"))
        said += " · " + _("연간 한도를 넘어 %(over)s은 인정하지 않음") % {"over": over}
    return said


def handing(award: Award) -> list[tuple[Any, Any]]:
    """How it was handed over, or what of it was asked back."""
    found = []
    if award.handed_on:
        found += [
            (_("지급일"), date_weekday(award.handed_on)),
            (_("지급한 직원"), str(award.handed_by or "")),
            (_("수령 확인"), award.receipt),
        ]
    elif award.state == AwardState.GRANTED:
        found.append((_("지급 기한"), date_weekday(award.due_on)))
    if award.asked_back:
        found.append((_("환수할 금액"), won(award.asked_back)))
        returned = (
            f"{date_weekday(award.returned_on)} · {award.returned_by}" if award.returned_on else _("환수 전")
        )
        found.append((_("환수"), returned))
    if award.note:
        found.append(
            (
                _("공개한 취소 사유") if award.state == AwardState.REVOKED else _("공개할 취소 사유"),
                award.note,
            )
        )
    return found


class AwardPage(BaseView):
    permission = "awards.own"
    section = "evaluations"
    template_name = "awards/page.html"
    award: Award

    def get_crumbs(self) -> Crumbs:
        above = HOME if can(self.request.user, "awards.see_all") else (_("나의 시상"), reverse("awards:mine"))
        return [above, (self.award.code, None)]

    def get_look(self) -> Look | None:
        """The own is nobody's business; of a citizen whose name is gone nothing is seen."""
        own = self.award.user_id == self.request.user.pk
        return None if own else Look(str(self.award), self.award.pk, self.award.user)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.award = award = get_award(request.user, pk)
        thing = follower_of(award).page_of(award) if award.thing is not None else ""
        log = latest_first(award)
        return self.render(
            {
                "award": award,
                "title": f"{award.title} {award.grade}".strip(),
                "lead": f"{award.code} · {award.who}",
                "badges": [Badge(award.get_state_display(), TONES[AwardState(award.state)])],
                **bar_of(request.user, award, log=log),
                "facts": facts(award),
                "handing": handing(award),
                "thing_url": thing,
                "is_citizen": award.receiver == Receiver.CITIZEN,
                "events": [event_of(row, detail=detail_of(row.data)) for row in log],
            }
        )


def detail_of(data: dict[str, Any]) -> str:
    """The day and the receipt of what was recorded."""
    return " · ".join(told(data[name]) for name in ("on", "receipt") if data.get(name))


class Certificate(BaseView):
    permission = "awards.see_all"
    section = "evaluations"

    def get_look(self) -> Look:
        return Look(_("상장 %(code)s") % {"code": self.award.code}, self.award.pk, self.award.user)

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.award = award = get_award(request.user, pk)
        if award.state == AwardState.REVOKED:
            raise Http404
        document, back = certificates([award]), award.get_absolute_url()
        return document_response(document, request.GET.get("format", "html"), file_name([award]), back=back)


class Certificates(BaseView):
    """Of many: one document, each on a page of its own."""

    permission = "awards.see_all"
    section = "evaluations"

    def get_look(self) -> Look:
        return Look(_("상장 %(count)d건") % {"count": len(self.awards)})

    def get(self, request: Request) -> HttpResponse:
        keys = wholes(request.GET.getlist("pk"))[:MOST_TOGETHER]
        known = Award.objects.visible_to(request.user).standing().filter(pk__in=keys)
        self.awards = list(known.order_by("year", "number"))
        if not self.awards:
            raise Http404
        document, back = certificates(self.awards), reverse("awards:list")
        return document_response(
            document, request.GET.get("format", "html"), file_name(self.awards), back=back
        )


class Bulk(BaseView):
    """What was chosen in the list, on to the page that does it."""

    permission = "awards.see_all"
    section = "evaluations"

    def get(self, request: Request) -> HttpResponse:
        return HttpResponseRedirect(reverse("awards:list"))

    def post(self, request: Request) -> HttpResponse:
        chosen = "&".join(f"pk={pk}" for pk in wholes(request.POST.getlist("pk"))[:MOST_TOGETHER])
        places = {
            "hand_over": f"{reverse('awards:hand_over_many')}?{chosen}",
            "certificates": f"{reverse('awards:certificates')}?{chosen}",
            "hwpx": f"{reverse('awards:certificates')}?{chosen}&format=hwpx",
        }
        target = places.get(request.POST.get("action", "")) if chosen else None
        return HttpResponseRedirect(target or reverse("awards:list"))
