"""What planning does with a ranking: draft, reckon again, confirm, cancel, hand out prizes (M5)."""

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.forms import ReasonForm
from core.now import today
from core.page import BaseView, Crumbs
from core.permissions import ensure
from core.views.forms import ConfirmPage, FormPage
from core.views.seen import SeenPage
from mileage.forms import DraftForm, PrizeForm
from mileage.models import Prize, Ranking, RankingRow
from mileage.services import rankings as services
from mileage.views.rankings import HOME, LIST, discard_text, get_ranking


class RankingNew(FormPage):
    permission = "mileage.rank"
    section = "mileage"
    form_class = DraftForm
    title = gettext_lazy("순위 초안 만들기")
    lead = gettext_lazy("끝난 기간의 초안은 자동으로 만들어집니다. 그 전의 기간은 여기서 만듭니다.")
    submit = gettext_lazy("초안 만들기")
    crumbs = (HOME, LIST, (title, None))

    def get_cancel_url(self) -> str:
        return reverse("mileage:ranking_list")

    def act(self, form: DraftForm) -> str:
        return services.draft(*form.chosen(), actor=self.request.user).get_absolute_url()


class RankingStep(BaseView):
    section = "mileage"
    permission = "mileage.rank"
    title: ClassVar[Any] = ""

    def prepare(self) -> None:
        self.ranking = get_ranking(self.request.user, self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.ranking.title, self.ranking.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.ranking.get_absolute_url()


class SeenRanking(RankingStep, SeenPage):
    """A step on the ranking as it was seen."""

    def get_subject(self) -> Ranking:
        return self.ranking


class RankingRecompute(SeenRanking, ConfirmPage):
    title = gettext_lazy("다시 계산")
    success = gettext_lazy("지금 점수로 다시 계산했습니다.")

    def get_text(self) -> str:
        return _("지금 점수와 방침 값으로 초안을 다시 계산할까요?")

    def act(self) -> str:
        return services.recompute(self.ranking, actor=self.request.user).get_absolute_url()


class RankingConfirm(SeenRanking, ConfirmPage):
    title = gettext_lazy("순위 확정")
    success = gettext_lazy("순위를 확정하고 선정된 사람에게 알렸습니다.")

    def get_text(self) -> str:
        return _("확정하면 순위가 굳어지고 선정된 사람에게 알림과 메일이 갑니다. 확정할까요?")

    def act(self) -> str:
        return services.confirm(self.ranking, actor=self.request.user, version=self.seen).get_absolute_url()


class RankingDiscard(SeenRanking, ConfirmPage):
    title = gettext_lazy("초안 지우기")
    danger = True
    success = gettext_lazy("초안을 지웠습니다. 필요하면 ‘초안 만들기’로 다시 만들 수 있습니다.")

    def get_text(self) -> str:
        return discard_text(self.ranking)

    def act(self) -> str:
        services.discard(self.ranking, actor=self.request.user, version=self.seen)
        return reverse("mileage:ranking_list")


class RankingCancel(SeenRanking, FormPage):
    form_class = ReasonForm
    title = submit = gettext_lazy("확정 취소")
    lead = gettext_lazy("초안으로 되돌리고, 선정되었던 사람에게 사유와 함께 알립니다.")
    danger = True
    success = gettext_lazy("확정을 취소했습니다. 다시 계산하여 확정할 수 있습니다.")

    def act(self, form: ReasonForm) -> str:
        reason = form.cleaned_data["reason"]
        services.cancel(self.ranking, reason=reason, actor=self.request.user, version=self.seen)
        return self.get_cancel_url()


class PrizeGive(RankingStep, FormPage):
    form_class = PrizeForm
    title = submit = gettext_lazy("시상 기록")
    success = gettext_lazy("시상을 기록했습니다.")

    def prepare(self) -> None:
        self.row = get_object_or_404(
            RankingRow.objects.select_related("ranking", "user"), pk=self.kwargs["pk"]
        )
        self.ranking = get_ranking(self.request.user, self.row.ranking_id)
        if not self.row.wins:
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        return {"given_on": today()}

    def get_context(self) -> dict[str, Any]:
        prize = self.ranking.contest.prize_text(self.ranking.prize)
        return {"lead": f"{self.ranking.title} · {self.row.label} · {prize}"}

    def act(self, form: PrizeForm) -> str:
        services.give(self.row, **form.cleaned_data, actor=self.request.user)
        return self.get_cancel_url()


class PrizeUndo(RankingStep, FormPage):
    form_class = ReasonForm
    title = submit = gettext_lazy("시상 기록 되돌리기")
    success = gettext_lazy("시상 기록을 되돌렸습니다.")

    def prepare(self) -> None:
        found = Prize.objects.select_related("row__ranking", "row__user")
        self.prize = get_object_or_404(found, pk=self.kwargs["pk"])
        self.ranking = get_ranking(self.request.user, self.prize.row.ranking_id)
        ensure(self.request.user, "mileage.rank", self.ranking)

    def get_context(self) -> dict[str, Any]:
        given = self.prize
        return {"lead": f"{given.row.label} · {date_weekday(given.given_on)} · {given.receipt}"}

    def act(self, form: ReasonForm) -> str:
        services.take_back(self.prize, reason=form.cleaned_data["reason"], actor=self.request.user)
        return self.get_cancel_url()
