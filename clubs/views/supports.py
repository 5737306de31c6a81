"""Money for clubs: the list with its sums, a request from asking to settlement, fees to be paid (C4, A3)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday, number, won
from budgets.selectors import budget_overview
from clubs.enums import OPEN_SUPPORTS, SUPPORT_TONES, TAKING, Purpose, SupportState
from clubs.filters_papers import FeeFilter, SupportFilter
from clubs.forms.papers import ClaimForm, SupportForm
from clubs.models import Club, Support
from clubs.purse import SUPPORT as PURSE
from clubs.selectors.papers import money_of
from clubs.services import supports
from clubs.views.cards import money_bar
from clubs.views.club import HOME, SECTION, get_club
from clubs.workflow_supports import SUPPORT
from core.attachments import files_of, link_of
from core.cells import Column, badge_cell, choice, day
from core.components import Badge, Figure
from core.listed import Show
from core.lists import ListView
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from notifications.bar import bar_of

LIST = (gettext_lazy("동아리 지원"), reverse_lazy("clubs:supports"))
FEES = gettext_lazy("자문수당 지급 명단")


def get_support(user: Any, pk: int) -> Support:
    """404 for what one may not know."""
    rows = Support.objects.visible_to(user).select_related(
        "club__bureau", "club__panel", "asked_by__department"
    )
    return get_object_or_404(rows, pk=pk)


def _club_asked(view: ListView) -> Club | None:
    """Of a list that shows those of one club."""
    pk = whole(view.request.GET.get("club", ""))
    return Club.objects.visible_to(view.actor).filter(pk=pk).first() if pk else None


def _money(amount: int | None) -> str:
    return number(amount) if amount is not None else "–"


class SupportList(ListView):
    permission = "clubs.view"
    section = SECTION
    title = gettext_lazy("동아리 지원")
    file_name = gettext_lazy("동아리_지원")
    filter_class = SupportFilter
    open_states = OPEN_SUPPORTS
    urgent_order = ("day", "club_name")
    default_order = ("-day", "club_name")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy("조건에 맞는 지원이 없습니다. 지원은 동아리 화면에서 신청합니다.")
    columns = (
        Column("title", gettext_lazy("내용"), ("title",), sort=("title",), primary=True, width=36),
        Column("club", gettext_lazy("동아리"), ("club_name",), sort=("club_name",), width=26),
        Column("purpose", gettext_lazy("지원 구분"), ("purpose",), choice(Purpose), sort=("purpose",),
               excel=choice(Purpose), width=12),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(SupportState, SUPPORT_TONES), sort=("state",),
               excel=choice(SupportState), width=12),
        Column("day", gettext_lazy("사용일"), ("day",), day, sort=("day",), kind="date", excel=lambda value: value),
        Column("amount", gettext_lazy("신청액(원)"), ("amount",), _money, sort=("amount",), align="right", kind="int",
               excel=lambda value: value, width=12),
        Column("actual", gettext_lazy("정산액(원)"), ("actual",), _money, sort=("actual",), align="right", kind="int",
               excel=lambda value: value, width=12),
        Column("asked", gettext_lazy("신청일"), ("asked_on",), day, sort=("asked_on",), kind="date",
               excel=lambda value: value, hide_mobile=True),
        Column("settled", gettext_lazy("정산일"), ("settled_on",), day, kind="date", excel=lambda value: value,
               screen=False),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Support]:
        return Support.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("clubs:support", args=[pk])

    def get_empty_action(self) -> tuple[Any, str]:
        return _("내 동아리 보기"), reverse("clubs:home")

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        """What is shown comes to; of one club, or to who may see the budget, what is left."""
        settled = Q(state=SupportState.SETTLED)
        sums = queryset.order_by().aggregate(
            asked=Sum("amount"),
            approved=Sum("amount", filter=Q(state__in=TAKING)),
            settled=Sum("actual", filter=settled),
        )
        here = self.request.path
        found = [
            Figure(_("신청"), number(sums["asked"] or 0), _("원"), f"{here}?show={Show.ALL}"),
            Figure(_("승인"), number(sums["approved"] or 0), _("원"), f"{here}?taking=1"),
            Figure(
                _("정산"), number(sums["settled"] or 0), _("원"), f"{here}?state={SupportState.SETTLED.value}"
            ),
        ]
        if club := _club_asked(self):
            left = money_of(club).left
            found.append(Figure(_("남은 지원 한도"), number(left), _("원"), club.get_absolute_url()))
        return found


class Fees(ListView):
    """What advisers are to be paid outside this system: whom, for which club, when, how much; no resident number."""

    permission = "clubs.see_budget"
    section = SECTION
    title = FEES
    file_name = gettext_lazy("자문수당_지급_명단")
    filter_class = FeeFilter
    default_order = ("-day", "payee")
    crumbs = (HOME, (FEES, None))
    empty_message = gettext_lazy("조건에 맞는 자문수당이 없습니다. 지원을 승인하면 여기에 모입니다.")
    columns = (
        Column("payee", gettext_lazy("받을 사람"), ("payee",), sort=("payee",), primary=True, width=28),
        Column("club", gettext_lazy("동아리"), ("club_name",), sort=("club_name",), width=26),
        Column("title", gettext_lazy("내용"), ("title",), width=36, hide_mobile=True),
        Column("day", gettext_lazy("사용일"), ("day",), day, sort=("day",), kind="date", excel=lambda value: value),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(SupportState, SUPPORT_TONES), sort=("state",),
               excel=choice(SupportState), width=12),
        Column("amount", gettext_lazy("금액(원)"), ("state", "amount", "actual"),
               lambda state, amount, actual: number(_fee(state, amount, actual)), align="right", kind="int",
               excel=lambda state, amount, actual: _fee(state, amount, actual), width=12),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> QuerySet[Support]:
        return Support.objects.visible_to(user).filter(purpose=Purpose.ADVICE, state__in=TAKING)

    def row_url(self, pk: Any) -> str:
        return reverse("clubs:support", args=[pk])

    def get_figures(self, queryset: QuerySet) -> Sequence[Figure]:
        settled = Q(state=SupportState.SETTLED)
        sums = queryset.order_by().aggregate(
            paid=Sum("actual", filter=settled), to_come=Sum("amount", filter=~settled)
        )
        return [
            Figure(_("정산 마침(지급할 것)"), number(sums["paid"] or 0), _("원"), "?settled=1"),
            Figure(_("정산 전"), number(sums["to_come"] or 0), _("원"), "?settled=0"),
        ]


def _fee(state: str, amount: int, actual: int | None) -> int:
    return (actual or 0) if state == SupportState.SETTLED else amount


class SupportPage(BaseView):
    permission = "clubs.view"
    section = SECTION
    template_name = "clubs/support.html"

    def get_crumbs(self) -> Crumbs:
        club = self.support.club
        return [HOME, (club.name, club.get_absolute_url()), (self.support.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.support = support = get_support(request.user, pk)
        decides = can(request.user, "clubs.support_decide", support)
        return self.render(
            {
                **bar_of(request.user, support),
                "support": support,
                "title": support.title,
                "lead": f"{support.club_name} · {support.get_purpose_display()}",
                "badges": [Badge(support.get_state_display(), SUPPORT_TONES[support.state])],
                "facts": self.facts(),
                "money": (money := money_of(support.club)),
                "money_bar": money_bar(money) if money.allotment else None,
                "purse": budget_overview(PURSE, support.year) if decides else None,
                "files": [link_of(file) for file in files_of(support)],
                "events": [event_of(row) for row in latest_first(support)],
            }
        )

    def facts(self) -> list[tuple[Any, Any]]:
        one = self.support
        found = [
            (_("신청액"), won(one.amount)),
            (_("정산액"), won(one.actual) if one.actual is not None else ""),
            (_("사용일"), date_weekday(one.day)),
            (_("받을 사람·업체"), one.payee),
            (_("신청한 직원"), one.asked_by.full_label),
            (_("신청일"), date_weekday(one.asked_on)),
            (_("결정일"), date_weekday(one.decided_on) if one.decided_on else ""),
            (_("정산 기한"), date_weekday(one.settle_by) if one.state == SupportState.APPROVED else ""),
            (_("정산일"), date_weekday(one.settled_on) if one.settled_on else ""),
        ]
        return [(label, text) for label, text in found if text]


class SupportNew(HoldsFiles, FormPage):
    """Asked for on the club's page."""

    permission = "clubs.view"
    section = SECTION
    form_class = SupportForm
    title = gettext_lazy("동아리 지원 신청")
    submit = gettext_lazy("지원 신청")
    success = gettext_lazy("지원을 신청했습니다. 승인하면 알려 드립니다.")

    def prepare(self) -> None:
        self.club = get_club(self.actor, self.kwargs["pk"])
        ensure(self.actor, "clubs.write", self.club)

    def get_draft_key(self) -> str:
        return f"clubs.support.new.{self.club.pk}"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.club.name, self.club.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.club.get_absolute_url()

    def get_context(self) -> dict[str, Any]:
        return {"lead": left_text(self.club)}

    def act(self, form: SupportForm) -> str:
        with self.files(form) as files:
            made = supports.ask(self.club, form.values(), files=files, actor=self.actor)
        return str(made.get_absolute_url())


def left_text(club: Any) -> str:
    return _("이 동아리는 올해 %(left)s까지 더 지원받을 수 있습니다.") % {
        "left": won(max(0, money_of(club).left))
    }


class SupportStep(StepPage):
    workflow = SUPPORT
    find = staticmethod(get_support)
    section = SECTION
    permission = "clubs.view"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.title)


class SupportEdit(SupportStep, HoldsFiles, FormPage):
    step = "edit"
    title = gettext_lazy("지원 신청 고치기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")
    form_class = SupportForm

    def get_draft_key(self) -> str:
        return f"clubs.support.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in (*supports.ASKED, "version")}

    def get_context(self) -> dict[str, Any]:
        return {"lead": left_text(self.object.club)}

    def act(self, form: SupportForm) -> str:
        with self.files(form) as files:
            supports.edit(
                self.object,
                form.values(),
                files=files,
                version=form.cleaned_data["version"],
                actor=self.actor,
            )
        return self.get_success_url()


class SupportAgain(SupportStep, ConfirmStep):
    step = "again"
    success = gettext_lazy("지원을 다시 신청했습니다.")
    service = staticmethod(supports.again)


class SupportApprove(SupportStep, ConfirmStep):
    step = "approve"
    success = gettext_lazy("지원을 승인하고 예산에 잡아 두었습니다.")
    service = staticmethod(supports.approve)

    def get_text(self) -> str:
        return _("%(club)s에 %(amount)s을 지원할까요?") % {
            "club": self.object.club_name,
            "amount": won(self.object.amount),
        }

    def foresee(self) -> Sequence[Any]:
        """What the club and the purse have left after it."""
        one, money = self.object, money_of(self.object.club)
        purse = budget_overview(PURSE, one.year)
        lines = [
            (_("동아리의 남은 지원 한도"), _after(money.left, one.amount)),
            (_("%(year)d년 동아리 지원 예산") % {"year": one.year}, _after(purse.free, one.amount)),
        ]
        return [f"{label}: {text}" for label, text in lines]


def _after(left: int, amount: int) -> str:
    if amount > left:
        return _("%(left)s 남아 있어 모자랍니다.") % {"left": won(left)}
    return _("%(left)s → %(then)s") % {"left": won(left), "then": won(left - amount)}


class SupportGiveBack(SupportStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(supports.give_back)


class SupportRefuse(SupportStep, ReasonStep):
    step = "refuse"
    success = gettext_lazy("지원하지 않기로 했습니다. 동아리에 알렸습니다.")
    service = staticmethod(supports.refuse)


class SupportWithdraw(SupportStep, ReasonStep):
    step = "withdraw"
    success = gettext_lazy("지원 신청을 취소했습니다.")
    service = staticmethod(supports.withdraw)


class SupportClaim(SupportStep, HoldsFiles, FormPage):
    step = "claim"
    binds = True
    form_class = ClaimForm
    success = gettext_lazy("정산을 신청했습니다.")

    def get_draft_key(self) -> str:
        return f"clubs.support.claim.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        one = self.object
        return {"actual": one.amount if one.actual is None else one.actual, "day": one.day}

    def get_context(self) -> dict[str, Any]:
        return {"lead": _("승인받은 금액은 %(amount)s입니다.") % {"amount": won(self.object.amount)}}

    def act(self, form: ClaimForm) -> str:
        data = form.cleaned_data
        with self.files(form) as files:
            supports.claim(
                self.object,
                actual=data["actual"],
                day=data["day"],
                files=files,
                version=self.seen,
                actor=self.actor,
            )
        return self.get_success_url()


class SupportUnclaim(SupportStep, ConfirmStep):
    step = "unclaim"
    success = gettext_lazy("정산 신청을 거두었습니다.")
    service = staticmethod(supports.unclaim)


class SupportRejectClaim(SupportStep, ReasonStep):
    step = "reject_claim"
    success = gettext_lazy("정산 보완을 요청했습니다.")
    service = staticmethod(supports.reject_claim)


class SupportSettle(SupportStep, ConfirmStep):
    step = "settle"
    success = gettext_lazy("정산했습니다. 남은 금액은 예산으로 돌아갔습니다.")
    service = staticmethod(supports.settle)

    def get_text(self) -> str:
        return _("승인액 %(amount)s 가운데 %(actual)s을 정산할까요?") % {
            "amount": won(self.object.amount),
            "actual": won(self.object.actual or 0),
        }


class SupportUnsettle(SupportStep, ReasonStep):
    step = "unsettle"
    lead = gettext_lazy("집행한 것을 되돌리고 승인한 금액을 다시 잡아 둡니다.")
    success = gettext_lazy("정산을 되돌렸습니다.")
    service = staticmethod(supports.unsettle)
