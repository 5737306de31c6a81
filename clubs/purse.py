"""The money with which clubs are supported: of the year in which it is spent (C4)."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from budgets.purses import Causes, Purse, Words
from clubs.models import Club, Support
from clubs.policies import ALLOTMENT, BUDGET_WARNING, SUPPORT_EACH
from core.now import today

SUPPORT = Purse(
    key="clubs",
    past="club-budgets-past",
    label=_("동아리 지원 예산"),
    section="clubs",
    home=(_("학습동아리"), reverse_lazy("clubs:home")),
    view="clubs.see_budget",
    change="clubs.change_budget",
    code="기획 > 창의행정 역량강화 및 건전한 재정운영 > 구정혁신추진 > 창의학습 활동지원 > 일반보상금",
    warning=BUDGET_WARNING,
    each=SUPPORT_EACH,
    plan=lambda: Club.objects.active().filter(year=today().year).count() * ALLOTMENT.on(today()),
    causes=Causes(
        model=Support,
        label=_("동아리 지원"),
        title="title",
        title_label=_("내용"),
        day="day",
        day_label=_("사용일"),
        place="club_name",
        place_label=_("동아리"),
        url_name="clubs:support",
    ),
    words=Words(
        whole=_("동아리 지원 예산 전체"),
        whole_help=_("한 해에 동아리를 지원하는 돈 전체입니다."),
        each=_("지원별 금액"),
        average=_("지원 한 건의 평균"),
        more=_("더 지원할 수 있는 건수"),
        nothing=_("지원했거나 지원할 돈이 없습니다."),
        begin=_("지원 신청을 승인하면 여기에 나타납니다."),
        unfunded=_("예산을 편성하면 지원을 승인할 수 있습니다."),
    ),
)
