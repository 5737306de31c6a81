"""Words of field visits (V2, V4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExpenseKind(models.TextChoices):
    """What a visit costs (V4), in the order of the forms."""

    TRANSPORT = "transport", _("교통비")
    DAILY = "daily", _("일비")
    MEALS = "meals", _("식비")
    LODGING = "lodging", _("숙박비")
    LOCAL = "local", _("근무지 내 출장 여비")  # instead of all others (V4a)


class VisitState(models.TextChoices):
    """Where a field visit stands (V2). RECORDED: made before the process was kept here."""

    DRAFT = "draft", _("작성 중")
    SUBMITTED = "submitted", _("승인 대기")
    RETURNED = "returned", pgettext_lazy("상태", "보완 요청")
    REJECTED = "rejected", _("불승인")
    APPROVED = "approved", _("출장명령 대기")
    ORDERED = "ordered", _("방문 예정")
    TRAVELLED = "travelled", _("결과보고 대기")
    REPORTED = "reported", _("정산 대기")
    SETTLED = "settled", _("정산 완료")
    CANCELLED = "cancelled", pgettext_lazy("상태", "취소")
    RECORDED = "recorded", _("지난 기록")


MADE_STATES = (VisitState.TRAVELLED, VisitState.REPORTED, VisitState.SETTLED, VisitState.RECORDED)
ENDED_STATES = (VisitState.CANCELLED, VisitState.REJECTED)
PLANNING_STATES = (VisitState.DRAFT, VisitState.RETURNED)  # the department writes the plan
OPEN_STATES = (
    *PLANNING_STATES,
    VisitState.SUBMITTED,
    VisitState.APPROVED,
    VisitState.ORDERED,
    VisitState.TRAVELLED,
    VisitState.REPORTED,
)


class VisitMeans(models.TextChoices):
    """How the team travels. An official vehicle costs no fare and halves the daily allowance (V4); with one that is
    assigned to the traveller's own office nothing is paid inside the place of work (V4a)."""

    PUBLIC = "public", _("대중교통")
    OFFICIAL = "official", _("관용차")
    ASSIGNED = "assigned", _("전용 차량")
    OWN = "own", _("자가용")
    HIRED = "hired", _("임차 차량")


OFFICIAL_MEANS = (VisitMeans.OFFICIAL, VisitMeans.ASSIGNED)


class VisitPlace(models.TextChoices):
    """Where a visit goes: inside the place of work (V4a), or outside it, by the limits of lodging (V4)."""

    LOCAL = "local", _("근무지 내: 같은 시·군 안 또는 12km 미만")
    SEOUL = "seoul", _("관외: 서울특별시")
    METROPOLIS = "metropolis", _("관외: 광역시")
    ELSEWHERE = "elsewhere", _("관외: 그 밖의 지역")
