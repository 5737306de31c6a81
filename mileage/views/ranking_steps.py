"""What planning does with a ranking: draft, reckon again, confirm, cancel (M5)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.permissions import NOBODY
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from mileage.forms import DraftForm
from mileage.services import rankings as services
from mileage.views.rankings import HOME, LIST, get_ranking
from mileage.workflow import RANKING, discard_text


class RankingNew(FormPage):
    permission = "mileage.rank"
    reveals = NOBODY
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


class RankingStep(StepPage):
    workflow = RANKING
    find = staticmethod(get_ranking)
    section = "mileage"
    permission = "mileage.rank"
    above = (HOME, LIST)

    def get_name(self) -> str:
        return str(self.object.title)


class RankingRecompute(RankingStep, ConfirmStep):
    step = "recompute"
    success = gettext_lazy("지금 점수로 다시 계산했습니다.")
    service = staticmethod(services.recompute)

    def get_text(self) -> str:
        return _("지금 점수와 방침 값으로 초안을 다시 계산할까요?")


class RankingConfirm(RankingStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("순위를 확정하고 선정된 사람에게 알렸습니다.")
    service = staticmethod(services.confirm)

    def get_text(self) -> str:
        return _("확정하면 순위가 굳어지고 선정된 사람에게 알림과 메일이 갑니다. 확정할까요?")


class RankingDiscard(RankingStep, ConfirmStep):
    step = "discard"
    danger = True
    success = gettext_lazy("초안을 지웠습니다. 필요하면 ‘초안 만들기’로 다시 만들 수 있습니다.")
    service = staticmethod(services.discard)

    def get_text(self) -> str:
        return discard_text(self.object)

    def get_success_url(self) -> str:
        return reverse("mileage:ranking_list")


class RankingCancel(RankingStep, ReasonStep):
    step = "cancel"
    lead = gettext_lazy("초안으로 되돌리고, 선정되었던 사람에게 사유와 함께 알립니다.")
    danger = True
    success = gettext_lazy("확정을 취소했습니다. 다시 계산하여 확정할 수 있습니다.")
    service = staticmethod(services.cancel)
