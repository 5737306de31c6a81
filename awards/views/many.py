"""Handing over many at once: a receipt beside each award that waits, and what became of each (A5)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.enums import AwardState
from awards.forms import ManyForm
from awards.models import Award
from awards.services.handing import Outcome, hand_over_many
from awards.views.lists import HOME
from basis.formats import date_short, won
from core.access import Look
from core.now import today
from core.numbers import typed_beside, wholes
from core.page import BaseView, Request

MOST = 100  # recorded together
FIELD = "receipt-"  # … and the id of the award


class HandOverMany(BaseView):
    permission = "awards.hand_over"
    section = "evaluations"
    template_name = "awards/hand_over.html"
    crumbs = (HOME, (gettext_lazy("시상 기록"), None))

    def get_look(self) -> Look:
        return Look(_("시상 기록"))

    def get(self, request: Request) -> HttpResponse:
        return self.page(ManyForm(initial={"handed_on": today()}), {})

    def post(self, request: Request) -> HttpResponse:
        form, typed = ManyForm(request.POST), typed_beside(request.POST, FIELD, MOST)
        known = Award.objects.visible_to(request.user).in_bulk(list(typed))
        if not form.is_valid():
            errors = {pk: Outcome(award, typed[pk]) for pk, award in known.items()}
            return self.page(form, errors, status=422)
        pairs = [(award, typed[pk]) for pk, award in known.items()]
        day = form.cleaned_data["handed_on"]
        results = hand_over_many(pairs, handed_on=day, actor=request.user)
        failed = {result.award.pk: result for result in results if result.error}
        return self.page(form, failed, results, status=422 if failed or not results else 200)

    def listed(self, failed: Collection[int]) -> list[Award]:
        """Those that wait (of the chosen ones, if any were), and those for which a receipt would not do."""
        rows = Award.objects.visible_to(self.request.user)
        waiting = rows.filter(state=AwardState.GRANTED, asked_reason="")
        if chosen := wholes(self.request.GET.getlist("pk"))[:MOST]:
            waiting = waiting.filter(pk__in=chosen)
        found = list(waiting.order_by("due_on", "number")[:MOST])
        others = set(failed) - {award.pk for award in found}
        return [*found, *rows.filter(pk__in=others).order_by("number")] if others else found

    def not_waiting(self, but: Collection[int]) -> list[Award]:
        """Chosen, and not to be handed over; `but`: those said otherwise."""
        if not (chosen := wholes(self.request.GET.getlist("pk"))[:MOST]):
            return []
        rows = Award.objects.visible_to(self.request.user).filter(pk__in=chosen).exclude(pk__in=but)
        waits = {"state": AwardState.GRANTED, "asked_reason": ""}
        return list(rows.exclude(**waits).order_by("number"))

    def page(
        self,
        form: ManyForm,
        failed: dict[int, Outcome],
        results: Sequence[Outcome] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        done = [result for result in results or () if not result.error]
        rows: list[dict[str, Any]] = [
            {
                "award": award,
                "what": " · ".join(filter(None, [won(award.amount) if award.amount else "", award.other])),
                "due": date_short(award.due_on),
                "late": award.state == AwardState.GRANTED and award.due_on < today(),
                "name": f"{FIELD}{award.pk}",
                "typed": failed[award.pk].receipt if award.pk in failed else "",
                "error": failed[award.pk].error if award.pk in failed else "",
            }
            for award in self.listed(failed)
        ]
        return self.render(
            {
                "title": _("시상 기록"),
                "lead": _(
                    "건네준 시상의 수령증 번호나 상품권 번호를 적어 주세요. 비워 둔 줄은 그대로 둡니다."
                ),
                "form": form,
                "rows": rows,
                "done": done,
                "not_waiting": self.not_waiting({*(result.award.pk for result in done), *failed}),
                "empty": results is not None and not results,
            },
            status=status,
        )
