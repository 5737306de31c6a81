"""Words of benchmarking (B1–B7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words

SOURCE = Words("benchmarking.source", _("기관 구분"))


class SourceKind(models.TextChoices):
    CENTRAL = "central", SOURCE("central", _("중앙부처"))
    LOCAL = "local", SOURCE("local", _("시·군·구"))
    COMPANY = "company", SOURCE("company", _("기업"))
    OVERSEAS = "overseas", SOURCE("overseas", _("해외"))


CHANNEL = Words("benchmarking.channel", _("발굴 경로"))


class Channel(models.TextChoices):
    PRESS = "press", CHANNEL("press", _("언론보도"))
    EVALUATION = "evaluation", CHANNEL("evaluation", _("대외평가"))
    PRACTICE = "practice", CHANNEL("practice", _("우수시책"))
    OVERSEAS_TRIP = "overseas_trip", CHANNEL("overseas_trip", _("해외체험"))


FIELD = Words("benchmarking.field", _("분야"))


class Field(models.TextChoices):
    ADMINISTRATION = "administration", FIELD("administration", _("행정개혁"))
    FINANCE = "finance", FIELD("finance", _("재정확충"))
    WELFARE = "welfare", FIELD("welfare", _("구민복지"))
    ENVIRONMENT = "environment", FIELD("environment", _("생활환경"))
    CONSTRUCTION = "construction", FIELD("construction", _("건설교통"))


COST = Words("benchmarking.cost", _("예산 구분"))


class CostClass(models.TextChoices):
    NONE = "none", COST("none", _("비예산"))
    LOW = "low", COST("low", _("저예산"))
    BUDGET = "budget", COST("budget", _("예산"))


COST_ORDER = {CostClass.NONE: 0, CostClass.LOW: 1, CostClass.BUDGET: 2}  # the first two are shown first (B1)
UNKNOWN_COST = 3


class Origin(models.TextChoices):
    """Where a case comes from: entered when it was found, or much later from what the office had of earlier years."""

    HERE = "", _("이 시스템에서 등록")
    RECORD = "record", _("지난 자료")


class CaseState(models.TextChoices):
    REPORTED = "reported", _("제보")
    REGISTERED = "registered", _("발굴")
    IN_REVIEW = "in_review", _("부서 검토")
    DECIDED = "decided", _("결정")
    IMPLEMENTED = "implemented", _("업무반영")
    CANCELLED = "cancelled", _("등록 취소")
    RETURNED = "returned", _("제보 반려")
    RECORDED = "recorded", _("지난 기록")  # of earlier years, without a decision that anybody wrote down


# Told of by staff and not taken in by planning, or not any more: no cases yet, nobody has points for them (B1).
REPORTS = (CaseState.REPORTED, CaseState.RETURNED)
NO_CASES = (*REPORTS, CaseState.CANCELLED)


DECISION = Words("benchmarking.decision", _("검토결과"))


class Decision(models.TextChoices):
    ADOPT = "adopt", DECISION("adopt", _("도입"))
    KEEP = "keep", DECISION("keep", _("현행유지"))
    LONG_TERM = "long_term", DECISION("long_term", _("장기검토"))
    IN_FORCE = "in_force", DECISION("in_force", _("기시행 중"))
    DECLINED = "declined", DECISION("declined", _("미도입"))  # in records of earlier years that say no more


# What a department may answer (B4).
ANSWERS = (Decision.ADOPT, Decision.KEEP, Decision.LONG_TERM, Decision.IN_FORCE)

UNDECIDED = "undecided"  # in addresses of lists: cases that have no outcome yet
UNKNOWN = "unrecorded"  # in addresses of lists: what nobody wrote down of earlier years

# Which decision stands for the case when departments differ (B4).
DECISION_PRECEDENCE = (
    Decision.ADOPT,
    Decision.LONG_TERM,
    Decision.IN_FORCE,
    Decision.KEEP,
    Decision.DECLINED,
)


class RoundKind(models.TextChoices):
    FIRST = "first", _("최초 검토")
    AGAIN = "again", _("재검토")


class FollowUpState(models.TextChoices):
    PLANNED = "planned", _("추진 중")
    REPORTED = "reported", _("반영 확인 대기")
    CONFIRMED = "confirmed", _("업무반영")
    DROPPED = "dropped", _("추진 중단")
