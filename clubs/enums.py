"""Words of learning clubs (C1–C8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words

KIND = Words("clubs.kind", _("동아리 구분"))


class ClubKind(models.TextChoices):
    BUREAU = "bureau", KIND("bureau", _("국·소별 동아리"))
    JOINT = "joint", KIND("joint", _("통합창의동아리"))
    STUDY = "study", KIND("study", _("학습·연구 동아리"))
    GROUP = "group", KIND("group", _("혁신주도그룹"))


class ClubState(models.TextChoices):
    DRAFT = "draft", _("신청서 작성 중")
    APPLIED = "applied", _("승인 전")
    ACTIVE = "active", _("활동 중")
    ENDED = "ended", _("활동 마침")
    REFUSED = "refused", _("승인하지 않음")
    WITHDRAWN = "withdrawn", _("신청 취소")


WRITTEN = (ClubState.DRAFT, ClubState.APPLIED)  # not yet a club
GONE = (ClubState.REFUSED, ClubState.WITHDRAWN)  # its name is free again
LIVED = (ClubState.ACTIVE, ClubState.ENDED)


class TopicSource(models.TextChoices):
    CORE = "core", _("핵심과제")
    PLEDGE = "pledge", _("공약사항")
    OTHER = "other", _("그 밖의 과제")


class ReportKind(models.TextChoices):
    MONTH = "month", _("월별 활동보고서")
    HALF = "half", _("반기 보고서")
    RESULT = "result", _("연구성과 보고서")


class ReportState(models.TextChoices):
    DUE = "due", _("제출 전")
    SENT = "sent", _("제출")
    WAIVED = "waived", _("받지 않기로 함")
    MISSED = "missed", _("내지 않음")  # until the club was over


REPORT_TONES: dict[str, str] = {
    ReportState.DUE: "warning",
    ReportState.SENT: "success",
    ReportState.WAIVED: "neutral",
    ReportState.MISSED: "danger",
}


class Purpose(models.TextChoices):
    """What a club asks money for (C4)."""

    ADVICE = "advice", _("자문수당")
    BOOKS = "books", _("도서 구입")
    TRIP = "trip", _("현장견학")
    OTHER = "other", _("그 밖의 지원")


class SupportState(models.TextChoices):
    ASKED = "asked", _("승인 전")
    RETURNED = "returned", _("보완 중")
    APPROVED = "approved", _("정산 전")
    CLAIMED = "claimed", _("정산 확인 전")
    SETTLED = "settled", _("정산 마침")
    REFUSED = "refused", _("승인하지 않음")
    WITHDRAWN = "withdrawn", _("신청 취소")


OPEN_SUPPORTS = (SupportState.ASKED, SupportState.RETURNED, SupportState.APPROVED, SupportState.CLAIMED)
TAKING = (SupportState.APPROVED, SupportState.CLAIMED, SupportState.SETTLED)  # money of the club
SUPPORT_TONES: dict[str, str] = {
    SupportState.ASKED: "warning",
    SupportState.RETURNED: "warning",
    SupportState.APPROVED: "info",
    SupportState.CLAIMED: "warning",
    SupportState.SETTLED: "success",
    SupportState.REFUSED: "danger",
    SupportState.WITHDRAWN: "neutral",
}


class Cause(models.TextChoices):
    """Why a member's place in the club is to be looked at."""

    MOVED = "moved", _("다른 국·소로 전보")
    GONE = "gone", _("퇴직·계정 중지")
    PROMOTED = "promoted", _("승진·직위 변경")
    HEAD = "head", _("국·소장이 바뀜")


class UpkeepState(models.TextChoices):
    OPEN = "open", _("정비 전")
    LEFT = "left", _("탈퇴")
    KEPT = "kept", _("계속 참여")


class BestState(models.TextChoices):
    OPEN = "open", _("추천 전")
    NAMED = "named", _("추천함")
    NONE = "none", _("추천하지 않음")
    REVOKED = "revoked", _("시상 취소")


BEST_TONES: dict[str, str] = {
    BestState.OPEN: "warning",
    BestState.NAMED: "success",
    BestState.NONE: "neutral",
    BestState.REVOKED: "danger",
}
