"""Words of city-district incentive projects (I1–I9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words

KIND = Words("incentives.kind", _("평가 구분"))


class Kind(models.TextChoices):
    """Whose evaluation it is (I1); as incentives.reckoning.bonus has them."""

    JOINT = "joint", KIND("joint", _("시·자치구 공동협력사업"))
    SINGLE = "single", KIND("single", _("서울시 단위사업 평가"))
    OUTSIDE = "outside", KIND("outside", _("대외기관 평가"))


class Way(models.TextChoices):
    ABSOLUTE = "absolute", _("절대평가")
    RELATIVE = "relative", _("상대평가")


class Role(models.TextChoices):
    OWNER = "owner", _("주관")
    HELPER = "helper", _("협조")


class Post(models.TextChoices):
    """Whom the contact table names of each department, and of the city."""

    HEAD = "head", _("과장")
    LEADER = "leader", _("팀장")
    CHARGE = "charge", _("담당")


class ContactState(models.TextChoices):
    CURRENT = "current", _("담당")
    MOVED = "moved", _("바꿀 사람")
    ENDED = "ended", _("끝남")


class DivisionState(models.TextChoices):
    PREPARED = "prepared", _("평가계획 통보 전")
    NOTIFIED = "notified", _("자체계획 작성")
    PLANNED = "planned", _("자체계획 승인 전")
    RUNNING = "running", _("추진 중")
    SUBMITTED = "submitted", _("평가자료 제출")
    JUDGED = "judged", _("결과 확정")
    DROPPED = "dropped", _("대상에서 빠짐")


class Level(models.TextChoices):
    FIELD = "field", _("분야")
    ITEM = "item", _("항목")
    DETAIL = "detail", _("세부지표")


class Shape(models.TextChoices):
    """As incentives.reckoning.attainment has them (I3)."""

    HIGHER = "higher", _("높을수록 좋음")
    LOWER = "lower", _("낮을수록 좋음")
    RANGE = "range", _("범위 안이면 만점")
    STEPS = "steps", _("구간표")
    YES = "yes", _("이행 여부")
    BASE = "base", _("기준값에서 늘린 만큼")


class WeekState(models.TextChoices):
    OPEN = "open", _("보고 중")
    FROZEN = "frozen", _("마감")


class WeeklyState(models.TextChoices):
    DUE = "due", _("보고 전")
    WRITTEN = "written", _("팀장 확인 전")
    CONFIRMED = "confirmed", _("확인")
    MISSED = "missed", _("보고하지 않음")


class BriefingKind(models.TextChoices):
    """What is briefed when (I5)."""

    RESULTS = "results", _("성과 및 개선대책 보고회")
    OVERALL = "overall", _("종합보고회")
    PROJECT = "project", _("사업별 보고회")
    BUREAU = "bureau", _("국별 보고회")
    CHECK = "check", _("추진사항 점검")


class Tier(models.TextChoices):
    TOP = "top", _("최우수 이상")
    GOOD = "good", _("우수")
    FAIR = "fair", _("장려 이하")


class Money(models.TextChoices):
    GRANT = "grant", _("교부금")
    PRIZE = "prize", _("포상금")
    SUBSIDY = "subsidy", _("경상보조금")


class Behind(models.TextChoices):
    """What somebody was in a result; as incentives.reckoning.merit has them (I8)."""

    LEADER = "leader", _("총괄 팀장")
    CHARGE = "charge", _("총괄 담당자")
    HELPER = "helper", _("협조부서 담당자")
    FURTHER = "further", _("그 밖의 기여자")


class PayoutState(models.TextChoices):
    UNSETTLED = "unsettled", _("정해지지 않음")
    NOTHING = "nothing", _("지급하지 않음")
    PAST = "past", _("지난 결과")
    RECKONED = "reckoned", _("지급계획 전")
    PLANNED = "planned", _("부구청장 결재 전")
    APPROVED = "approved", _("기획예산과 협조 전")
    AGREED = "agreed", _("지급 요청 전")
    REQUESTED = "requested", _("지급 전")
    PAID = "paid", _("지급함")


class YearState(models.TextChoices):
    """Of the leave and commendations of a year (I8)."""

    OPEN = "open", _("확정 전")
    CONFIRMED = "confirmed", _("확정")
