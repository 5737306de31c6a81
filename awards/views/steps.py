"""The steps of an award: handing over, withholding, revoking, returning (A5, P13)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.enums import AwardState
from awards.forms import HandOverForm, ReturnForm, RevocationForm
from awards.services import handing, revoking
from awards.views.lists import HOME
from awards.views.page import get_award
from awards.workflow import AWARD, release_text
from basis.formats import won
from core.access import Look
from core.forms import ReasonForm
from core.now import today
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage


class AwardStep(StepPage):
    workflow = AWARD
    find = staticmethod(get_award)
    section = "evaluations"
    permission = "awards.own"
    above = (HOME,)

    def get_name(self) -> str:
        return str(self.object.code)

    def get_look(self) -> Look:
        return Look(f"{self.object}: {self.title}", self.object.pk, self.object.user)


class _Binding(AwardStep, FormPage):
    """A form on the award as it was seen."""

    binds = True


class HandOver(_Binding):
    step = "hand_over"
    form_class = HandOverForm
    success = gettext_lazy("시상을 기록했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"handed_on": today()}

    def get_context(self) -> dict[str, Any]:
        award = self.object
        gets = [won(award.amount) if award.amount else "", award.other]
        return {"lead": " · ".join(filter(None, [str(award), award.who, *gets]))}

    def act(self, form: HandOverForm) -> str:
        handing.hand_over(self.object, **form.cleaned_data, actor=self.actor, version=self.seen)
        return self.get_success_url()


class TakeBack(AwardStep, ReasonStep):
    step = "take_back"
    lead = gettext_lazy("잘못 적은 시상 기록을 지우고 지급을 기다리는 시상으로 되돌립니다.")
    success = gettext_lazy("시상 기록을 되돌렸습니다.")
    service = staticmethod(handing.take_back)


class Withhold(AwardStep, ReasonStep):
    step = "withhold"
    lead = gettext_lazy(
        "다른 곳에서 이미 시상했거나 받을 사람과 연락할 수 없을 때 보류합니다. 예산은 잡아 둔 채로 둡니다."
    )
    success = gettext_lazy("지급을 보류했습니다.")
    service = staticmethod(handing.withhold)


class Release(AwardStep, ConfirmStep):
    step = "release"
    success = gettext_lazy("보류를 풀었습니다.")
    service = staticmethod(handing.release)

    def get_text(self) -> str:
        return release_text()


class AskRevocation(_Binding):
    step = "ask_revocation"
    form_class = RevocationForm
    danger = True
    success = gettext_lazy("시상 취소를 요청했습니다. 다른 담당자나 기획예산과장이 결정합니다.")

    def get_context(self) -> dict[str, Any]:
        lead = _("요청한 사람은 스스로 결정할 수 없습니다.")
        if self.object.state == AwardState.HANDED and self.object.amount:
            back = _("취소하면 %(amount)s을 환수합니다.") % {"amount": won(self.object.amount)}
            lead = f"{back} {lead}"
        return {"lead": lead}

    def act(self, form: RevocationForm) -> str:
        revoking.ask_revocation(self.object, **form.cleaned_data, actor=self.actor, version=self.seen)
        return self.get_success_url()


class RefuseRevocation(AwardStep, ReasonStep):
    step = "refuse_revocation"
    success = gettext_lazy("취소 요청을 받아들이지 않았습니다. 시상은 그대로입니다.")
    service = staticmethod(revoking.refuse_revocation)


class Revoke(_Binding):
    step = "revoke"
    form_class = ReasonForm
    success = gettext_lazy("시상을 취소했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"reason": self.object.asked_reason}

    def get_context(self) -> dict[str, Any]:
        award = self.object
        found = [_("공개할 사유: %(note)s") % {"note": award.note}]
        if award.state == AwardState.HANDED and award.amount:
            found.append(_("지급한 %(amount)s을 환수합니다.") % {"amount": won(award.amount)})
        elif award.is_paid_from_purse:
            found.append(_("잡아 둔 예산 %(amount)s이 풀립니다.") % {"amount": won(award.amount)})
        if award.points:
            found.append(_("성과포인트도 원장에서 취소됩니다."))
        return {"lead": " ".join(found)}

    def act(self, form: ReasonForm) -> str:
        reason = form.cleaned_data["reason"]
        revoking.revoke(self.object, reason=reason, actor=self.actor, version=self.seen)
        return self.get_success_url()


class GiveBack(_Binding):
    step = "give_back"
    form_class = ReturnForm
    success = gettext_lazy("환수를 기록했습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {"returned_on": today()}

    def get_context(self) -> dict[str, Any]:
        return {"lead": _("환수할 금액 %(amount)s") % {"amount": won(self.object.asked_back)}}

    def act(self, form: ReturnForm) -> str:
        handing.give_back(self.object, **form.cleaned_data, actor=self.actor, version=self.seen)
        return self.get_success_url()
