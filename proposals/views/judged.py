"""What a proposer does about being judged, on the own page: object, take it back, ask that somebody does not judge
(E3, E4). Staff do the same on the pages of judging."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.views.bearer import BearerPage
from core.views.forms import ConfirmPage, FormPage
from evaluations.enums import ObjectionState
from evaluations.forms.results import ObjectionForm
from evaluations.forms.rounds import ChallengeForm
from evaluations.models import Entry, Objection
from evaluations.selectors.why import entries_of_thing
from evaluations.services import conflicts, objections


class OfEntry(BearerPage):
    permission = "proposals.own"
    entry: Entry

    def entries(self) -> list[Entry]:
        return entries_of_thing(self.subject)

    def prepare(self) -> None:
        found = next((one for one in self.entries() if one.pk == self.kwargs["entry"]), None)
        if found is None:
            raise Http404
        self.entry = found


class MineObject(OfEntry, FormPage):
    form_class = ObjectionForm
    title = submit = gettext_lazy("심사 결과 이의 신청")
    success = gettext_lazy("이의를 신청했습니다. 답하면 알려 드립니다.")

    def get_context(self) -> dict[str, Any]:
        until = self.entry.round.objections_until
        lead = _("%(day)s까지 한 번 신청할 수 있습니다.") % {"day": date_weekday(until)} if until else ""
        return {"lead": lead}

    def act(self, form: ObjectionForm) -> str:
        objections.ask(self.entry, reason=form.cleaned_data["reason"], actor=self.actor)
        return self.root


class MineWithdraw(OfEntry, ConfirmPage):
    title = gettext_lazy("심사 결과 이의 취하")
    success = gettext_lazy("이의를 취하했습니다.")

    def prepare(self) -> None:
        super().prepare()
        rows = Objection.objects.filter(entry=self.entry, state=ObjectionState.ASKED)
        self.objection = get_object_or_404(rows.select_related("round", "entry"))

    def get_text(self) -> str:
        return _("신청하신 이의를 거둘까요? 이의를 받는 동안에는 다시 신청할 수 있습니다.")

    def act(self) -> str:
        objections.withdraw(self.objection, actor=self.actor)
        return self.root


class MineChallenge(OfEntry, FormPage):
    form_class = ChallengeForm
    title = submit = gettext_lazy("기피 신청")
    success = gettext_lazy("기피를 신청했습니다. 결정되면 알려 드립니다.")
    lead = gettext_lazy(
        "공정한 심사를 기대하기 어려운 위원이 있으면 까닭을 적어 신청합니다. 위원장이 결정합니다."
    )

    def entries(self) -> list[Entry]:
        return conflicts.being_judged(self.subject)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "panel": conflicts.panel_of(self.entry)}

    def act(self, form: ChallengeForm) -> str:
        data = form.cleaned_data
        judge = next(one for one in conflicts.panel_of(self.entry) if one.pk == data["judge"])
        conflicts.challenge(self.entry, judge, data["reason"], actor=self.actor)
        return self.root
