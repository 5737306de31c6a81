"""Savings bonuses: the list, one with its arithmetic, writing, and what planning records (E6)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.selectors import over_limit
from basis.formats import date_weekday, number, won
from contests.enums import OPEN_BONUSES, BonusState, Saving
from contests.filters import BonusFilter
from contests.forms.bonuses import AmountForm, BonusForm, PayForm, RecognisedForm
from contests.forms.practices import with_people
from contests.models import Bonus
from contests.models.bonus import BONUS
from contests.policies import CONTRIBUTORS
from contests.selectors import BONUS_TONES
from contests.services import bonuses
from contests.views.contests import HOME, SECTION
from contests.workflow_bonus import BONUS as WORKFLOW
from core.attachments import files_of, link_of
from core.cells import Column, badge_cell, choice
from core.components import Action, Badge
from core.now import today
from core.page import BaseView, Crumbs, Request
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage, PreviewPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from evaluations.reckoning.shares import split
from notifications.bar import bar_of
from notifications.lists import NudgingList

LIST = (gettext_lazy("예산성과금"), reverse_lazy("bonuses:list"))


def get_bonus(user: Any, pk: int) -> Bonus:
    """404 for what one may not know."""
    rows = Bonus.objects.visible_to(user).select_related(
        "department", "written_by__department", "panel_session__panel", "committee_session__panel"
    )
    return get_object_or_404(rows.prefetch_related("shares__user"), pk=pk)


def won_text(amount: int | None) -> str:
    return number(amount) if amount else ""


class BonusList(NudgingList):
    permission = "contests.view"
    section = SECTION
    title = gettext_lazy("예산성과금")
    file_name = gettext_lazy("예산성과금")
    filter_class = BonusFilter
    open_states = OPEN_BONUSES
    urgent_order = ("year", "pk")
    default_order = ("-year", "-pk")
    crumbs = (HOME, LIST)
    empty_message = gettext_lazy("조건에 맞는 예산성과금이 없습니다.")
    columns = (
        Column("title", gettext_lazy("제목"), ("title",), sort=("title",), primary=True, width=40),
        Column("year", gettext_lazy("절감 연도"), ("year",), sort=("year",), kind="int", align="right", width=10),
        Column("kind", gettext_lazy("절감 구분"), ("kind",), choice(Saving), sort=("kind",), excel=choice(Saving)),
        Column("department", gettext_lazy("부서"), ("department_name",), sort=("department_name",), width=18),
        Column("claimed", gettext_lazy("절감·증대액(원)"), ("claimed",), won_text, sort=("claimed",), kind="int",
               align="right", excel=lambda amount: amount, width=16),
        Column("amount", gettext_lazy("성과금(원)"), ("amount",), won_text, sort=("amount",), kind="int",
               align="right", excel=lambda amount: amount, width=14),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(BonusState, BONUS_TONES), sort=("state",),
               excel=choice(BonusState)),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Bonus.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("bonuses:bonus", args=[pk])

    def get_tools(self) -> list[Action]:
        return [Action(_("성과금 신청서 쓰기"), reverse("bonuses:new"), "primary")]


class BonusPage(BaseView):
    permission = "contests.view"
    section = SECTION
    template_name = "contests/bonus.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.bonus.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.bonus = bonus = get_bonus(request.user, pk)
        return self.render(
            {
                **bar_of(request.user, bonus),
                "bonus": bonus,
                "title": bonus.title,
                "lead": f"{bonus.department_name} · {bonus.get_kind_display()}",
                "badges": [Badge(bonus.get_state_display(), BONUS_TONES[bonus.state])],
                "facts": facts_of(bonus),
                "lines": bonus.lines(),
                "people": people_of(bonus),
                "files": [link_of(file) for file in files_of(bonus)],
                "events": [event_of(row) for row in latest_first(bonus)],
            }
        )


def facts_of(bonus: Bonus) -> list[tuple[Any, Any]]:
    due = bonus.next_due
    found = [
        (_("절감 연도"), str(bonus.year)),
        (_("절감 원인"), bonus.cause),
        (_("절감·증대액"), won(bonus.claimed)),
        (_("인정한 금액"), won(bonus.recognised) if bonus.recognised is not None else ""),
        (_("채택된 제안"), f"{bonus.proposal_number} {bonus.proposal_title}".strip()),
        (_("실무심사 회의"), str(bonus.panel_session or "")),
        (_("의결한 회의"), str(bonus.committee_session or "")),
        (_("지금 기한"), date_weekday(due) if due else ""),
        (_("쓴 직원"), str(bonus.written_by)),
    ]
    return [(label, text) for label, text in found if text]


def people_of(bonus: Bonus) -> list[tuple[str, str]]:
    """Who contributed, and once it is decided what each gets."""
    shares = list(bonus.shares.all())
    if bonus.amount is None:
        return [(str(one), "") for one in shares]
    parts = split(bonus.amount, [one.share for one in shares])
    return [(str(one), won(part)) for one, part in zip(shares, parts, strict=True)]


class Writing(HoldsFiles):
    """The form of a new one and of one that is mended."""

    section = SECTION
    permission = "contests.view"
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다. 부서장이 신청하면 기획예산과로 갑니다.")
    bonus: Bonus | None = None

    def get_form_class(self) -> Any:
        return with_people(BonusForm, CONTRIBUTORS.current())

    def get_draft_key(self) -> str:
        return f"contests.bonus.{self.bonus.pk if self.bonus else 'new'}"

    def act(self, form: BonusForm) -> str:
        with self.files(form) as files:
            made = bonuses.write(
                self.bonus,
                form.values(),
                form.everybody(),
                files=files,
                version=form.cleaned_data["version"],
                actor=self.actor,
            )
        return made.get_absolute_url()


class BonusNew(Writing):
    title = gettext_lazy("성과금 신청서 쓰기")
    crumbs = (HOME, LIST, (gettext_lazy("성과금 신청서 쓰기"), None))

    def get_initial(self) -> dict[str, Any]:
        return {"year": today().year - 1, "person1": self.request.user.employee_number, "share1": 100}

    def get_cancel_url(self) -> str:
        return reverse("bonuses:list")


class BonusStep(StepPage):
    workflow = WORKFLOW
    find = staticmethod(get_bonus)
    section = SECTION
    permission = "contests.view"
    above = (HOME, LIST)


class BonusEdit(BonusStep, Writing):
    step = "edit"

    def prepare(self) -> None:
        super().prepare()
        self.bonus = self.object

    def get_initial(self) -> dict[str, Any]:
        found = {name: getattr(self.object, name) for name in (*BONUS, "version")}
        shares = self.object.shares.all()
        citizen = next((one.share_text for one in shares if one.user is None), "")
        return {**found, **BonusForm.given(one for one in shares if one.user), "citizen_share": citizen}


class BonusNominate(BonusStep, ConfirmStep):
    step = "nominate"
    success = gettext_lazy("예산성과금을 신청했습니다. 기획예산과가 실무심사에 올립니다.")
    service = staticmethod(bonuses.nominate)

    def get_text(self) -> str:
        return _("선출직 공무원이 없고 다른 곳에서 같은 원인으로 받은 일이 없는지 확인하셨나요? 신청할까요?")


class BonusTakeBack(BonusStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("신청을 거두었습니다.")
    service = staticmethod(bonuses.take_back)


class BonusDrop(BonusStep, ConfirmStep):
    step = "drop"
    success = gettext_lazy("신청하지 않기로 했습니다.")
    service = staticmethod(bonuses.drop)


class BonusGiveBack(BonusStep, ReasonStep):
    step = "give_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(bonuses.give_back)


class BonusReject(BonusStep, ReasonStep):
    step = "reject"
    success = gettext_lazy("지급하지 않기로 기록했습니다. 부서에 알렸습니다.")
    service = staticmethod(bonuses.reject)


class BonusUndoDecide(BonusStep, ReasonStep):
    step = "undo_decide"
    success = gettext_lazy("심의 결과를 다시 기록할 수 있습니다.")
    service = staticmethod(bonuses.undo_decide)


class Recording(BonusStep, FormPage):
    """What a session resolved, with the arithmetic beside it."""

    template_name = "contests/bonus_record.html"
    binds = True

    def get_context(self) -> dict[str, Any]:
        return {"lines": self.object.lines(wide=False), "wide_lines": self.wide_lines()}

    def wide_lines(self) -> list[Any]:
        return []


class BonusReview(Recording):
    step = "review"
    form_class = RecognisedForm
    lead = gettext_lazy("실무심사를 한 회의의 회의록이 확정되어 있어야 합니다.")
    success = gettext_lazy("실무심사 결과를 기록했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"recognised": self.object.claimed}

    def act(self, form: RecognisedForm) -> str:
        bonuses.review(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class BonusDecide(Recording):
    step = "decide"
    form_class = AmountForm
    lead = gettext_lazy("위원회가 의결하고 회의록을 확정한 금액을 적습니다. 한도를 넘을 수 없습니다.")
    success = gettext_lazy("심의 결과를 기록했습니다. 다른 담당자나 과장이 지급을 결정합니다.")

    def wide_lines(self) -> list[Any]:
        return self.object.lines(wide=True)

    def act(self, form: AmountForm) -> str:
        bonuses.decide(self.object, **form.cleaned_data, version=self.seen, actor=self.actor)
        return self.get_success_url()


class BonusGrant(BonusStep, PreviewPage):
    """Who gets how much, and whose tax-free limit is near, before a second person decides it."""

    step = "grant"
    form_class = PayForm
    binds = True
    success = gettext_lazy("지급을 결정했습니다. 시상에서 지급을 기록합니다.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"asked": any(one.user_id is None for one in self.object.shares.all())}

    def foresee(self, form: PayForm) -> Sequence[Any]:
        gifts = bonuses.gifts_of(self.object, form.cleaned_data.get("citizen", ""))
        found = [f"{gift.name or gift.user.full_label}: {won(gift.amount)}" for gift in gifts]
        for over in over_limit(gifts):
            found.append(
                _("%(person)s: 올해 시상금이 %(sum)s이 되어 비과세 한도 %(limit)s에 이르거나 넘습니다.")
                % {"person": over.user, "sum": won(over.after), "limit": won(over.limit)}
            )
        return found

    def act(self, form: PayForm) -> str:
        citizen = form.cleaned_data.get("citizen", "")
        bonuses.pay(self.object, citizen=citizen, version=self.seen, actor=self.actor)
        return self.get_success_url()
