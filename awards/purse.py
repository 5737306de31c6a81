"""The money that prizes are paid from: of the year in which they are decided (A5)."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from awards.models import Award
from awards.policies import BUDGET_COUNT, BUDGET_EACH, BUDGET_WARNING
from budgets.purses import Causes, Purse, Words
from core.now import today

PRIZES = Purse(
    key="awards",
    label=_("시상 예산"),
    section="evaluations",
    home=(_("시상"), reverse_lazy("awards:list")),
    view="awards.see_budget",
    change="awards.change_budget",
    code="기획 > 창의행정 역량강화 및 건전한 재정운영 > 구정혁신추진 > 창의제안 활성화 > 포상금",
    warning=BUDGET_WARNING,
    each=BUDGET_EACH,
    plan=lambda: BUDGET_COUNT.on(today()) * BUDGET_EACH.on(today()),
    causes=Causes(
        model=Award,
        label=_("시상"),
        title="title",
        title_label=_("상 이름"),
        day="decided_on",
        day_label=_("결정일"),
        place="department_name",
        place_label=_("부서"),
        url_name="awards:award",
    ),
    words=Words(
        whole=_("시상 예산 전체"),
        whole_help=_("한 해에 결정한 시상의 시상금 전체입니다."),
        each=_("시상별 시상금"),
        average=_("한 건의 평균 시상금"),
        more=_("더 줄 수 있는 건수"),
        nothing=_("지급했거나 지급할 시상금이 없습니다."),
        begin=_("심사 결과를 확정하면 여기에 나타납니다."),
        unfunded=_("예산을 편성하면 시상을 결정할 수 있습니다."),
    ),
)
