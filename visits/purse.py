"""The travel budget: money of one year for field visits (V5)."""

from django.utils.translation import gettext_lazy as _

from benchmarking.views.lists import HOME
from budgets.purses import Causes, Purse, Words
from core.now import today
from visits.models import FieldVisit
from visits.policies import AMOUNT, BUDGET_WARNING, TEAMS

TRAVEL = Purse(
    key="travel",
    past="travel-budgets-past",
    label=_("여비 예산"),
    section="benchmarking",
    home=HOME,
    view="visits.see_budget",
    change="visits.change_budget",
    code="기획 > 창의행정 역량강화 및 건전한 재정운영 > 구정혁신추진 > 창의학습 활동지원 > 여비 > 국내여비",  # in 2016
    warning=BUDGET_WARNING,
    each=AMOUNT,
    plan=lambda: TEAMS.on(today()) * AMOUNT.on(today()),
    causes=Causes(
        model=FieldVisit,
        label=_("현장체험"),
        title="host",
        title_label=_("방문 기관"),
        day="visited_on",
        day_label=_("방문일"),
        place="department_name",
        place_label=_("방문 부서"),
        url_name="visits:visit",
    ),
    words=Words(
        whole=_("현장체험 여비 예산"),
        whole_help=_("한 해의 현장체험 여비 전체입니다."),
        each=_("현장체험별 여비"),
        average=_("한 번의 평균 여비"),
        more=_("더 갈 수 있는 횟수"),
        nothing=_("집행했거나 집행할 여비가 없습니다."),
        begin=_("현장체험을 승인하면 여기에 나타납니다."),
        unfunded=_("예산을 편성하면 현장체험을 승인할 수 있습니다."),
    ),
)
