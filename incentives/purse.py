"""The money from which departments get their bonus: of the year in which it is paid (I7)."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from budgets.purses import Causes, Purse, Words
from core.now import today
from incentives.models import Payout, Prize
from incentives.policies import BONUS_EACH, BONUS_PERCENT, BUDGET_WARNING


def planned() -> int:
    """A part of what came in this year, and of what was won without having come in yet."""
    year = today().year
    rows = Prize.objects.filter(result__division__project__year__in=(year - 1, year))
    amounts = rows.exclude(received_on__lt=today().replace(month=1, day=1)).values_list("amount", flat=True)
    return sum(amounts) * BONUS_PERCENT.on(today()) // 100


BONUS = Purse(
    key="incentives",
    past="incentive-budgets-past",
    label=_("포상금 예산"),
    section="incentives",
    home=(_("공동협력사업"), reverse_lazy("incentives:list")),
    view="incentives.see_budget",
    change="incentives.change_budget",
    code="기획 > 창의행정 역량강화 및 건전한 재정운영 > 시·자치구 공동협력사업 > 포상금",
    warning=BUDGET_WARNING,
    each=BONUS_EACH,
    plan=planned,
    causes=Causes(
        model=Payout,
        label=_("포상금"),
        title="title",
        title_label=_("평가 이름"),
        day="day",
        day_label=_("지급 예정일"),
        place="place",
        place_label=_("주관 부서"),
        url_name="incentives:payout",
    ),
    words=Words(
        whole=_("포상금 예산 전체"),
        whole_help=_("한 해에 수상 부서에 포상금으로 주는 돈 전체입니다."),
        each=_("결과별 포상금"),
        average=_("포상금 한 건의 평균"),
        more=_("더 지급할 수 있는 건수"),
        nothing=_("지급했거나 지급할 포상금이 없습니다."),
        begin=_("기획예산과가 지급계획에 협조하면 여기에 나타납니다."),
        unfunded=_("예산을 편성하면 지급계획에 협조할 수 있습니다."),
    ),
)
