"""Words of panels and their sessions (O4, E7)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PanelState(models.TextChoices):
    STANDING = "standing", _("운영 중")
    DUE = "due", _("정기 회의 필요")
    ENDED = "ended", _("해산")


RUNNING = (PanelState.STANDING, PanelState.DUE)


class Every(models.TextChoices):
    """In each of which periods (basis.periods) a panel meets at least once."""

    MONTH = "month", _("매월")
    QUARTER = "quarter", _("매분기")
    HALF = "half", _("매반기")


class SeatState(models.TextChoices):
    """Who sits on a day follows from the days of the term alone; the state says what is still to be decided."""

    SITTING = "sitting", _("임기 중")
    ENDING = "ending", _("임기 만료 예정")
    RENEWED = "renewed", _("연임 결정")
    ENDED = "ended", _("임기 마침")


LASTING = (SeatState.SITTING, SeatState.ENDING, SeatState.RENEWED)


class Chair(models.TextChoices):
    """What a seat is in its panel."""

    CHAIR = "chair", _("위원장")
    VICE = "vice", _("부위원장")
    LEADER = "leader", _("분임장")
    MEMBER = "member", _("위원")
    SECRETARY = "secretary", _("간사")


VOTING = (Chair.CHAIR, Chair.VICE, Chair.MEMBER)
PRESIDING = (Chair.CHAIR, Chair.VICE, Chair.LEADER)
WRITING = (Chair.SECRETARY, Chair.LEADER)  # of groups: who prepares and writes down


class Basis(models.TextChoices):
    """How somebody came to the seat: with the post, or for a term."""

    EX_OFFICIO = "ex_officio", _("당연직")
    APPOINTED = "appointed", _("위촉직")


class Sex(models.TextChoices):
    FEMALE = "female", _("여성")
    MALE = "male", _("남성")


class SessionState(models.TextChoices):
    PLANNED = "planned", _("예정")
    PAST = "past", _("회의록 작성 전")
    HELD = "held", _("회의록 확정 전")
    CONFIRMED = "confirmed", _("회의록 확정")
    CORRECTING = "correcting", _("정정 확인 전")
    CANCELLED = "cancelled", _("취소")


TO_COME = (SessionState.PLANNED, SessionState.PAST)
STANDS = (SessionState.CONFIRMED, SessionState.CORRECTING)  # what was resolved holds
OPEN_SESSIONS = (SessionState.PLANNED, SessionState.PAST, SessionState.HELD, SessionState.CORRECTING)


class Sort(models.TextChoices):
    """What a session of a group is; only regular ones count for the period, and earn hours (C2, C3)."""

    REGULAR = "regular", _("정기모임")
    EXTRA = "extra", _("수시모임")
    TRIP = "trip", _("현장견학")
    EXPERT = "expert", _("전문가 초빙")


class Presence(models.TextChoices):
    """How somebody was there (C7)."""

    PRESENT = "present", _("참석")
    LATE = "late", _("지각")
    LEFT = "left", _("조퇴")
    ONLINE = "online", _("온라인")
    ABSENT = "absent", _("불참")


CAME = (Presence.PRESENT, Presence.LATE, Presence.LEFT, Presence.ONLINE)


class Reply(models.TextChoices):
    """What is said to an invitation (C2)."""

    YES = "yes", _("참석")
    NO = "no", _("불참")
    OTHER = "other", _("대신 참석")


PRESENCE_TONES: dict[str, str] = {
    Presence.PRESENT: "success",
    Presence.LATE: "warning",
    Presence.LEFT: "warning",
    Presence.ONLINE: "info",
    Presence.ABSENT: "neutral",
}
REPLY_TONES: dict[str, str] = {Reply.YES: "success", Reply.NO: "danger", Reply.OTHER: "info"}


class Outcome(models.TextChoices):
    PASSED = "passed", _("원안 의결")
    AMENDED = "amended", _("수정 의결")
    REJECTED = "rejected", _("부결")
    DEFERRED = "deferred", _("보류")


CARRIED = (Outcome.PASSED, Outcome.AMENDED)
DECIDED = (*CARRIED, Outcome.REJECTED)


class DecisionState(models.TextChoices):
    DRAFT = "draft", _("회의록 확정 전")
    OPEN = "open", _("처리 중")
    DONE = "done", _("처리 완료")
    DROPPED = "dropped", _("거둠")


DECISION_TONES = {
    DecisionState.DRAFT: "neutral",
    DecisionState.OPEN: "warning",
    DecisionState.DONE: "success",
    DecisionState.DROPPED: "neutral",
}
