"""Words of the mileage ledger (M1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from policies.words import Words

SCHEME = Words("mileage.scheme", _("점수 종류"))


class Scheme(models.TextChoices):
    """What is counted, each in its own unit."""

    CREATIVITY = "creativity", SCHEME("creativity", _("창의마일리지"))
    KNOWLEDGE = "knowledge", SCHEME("knowledge", _("지식활동 점수"))
    LEARNING = "learning", SCHEME("learning", _("상시학습"))
    PERFORMANCE = "performance", SCHEME("performance", _("성과포인트"))

    @property
    def unit(self) -> str:
        return str(_("시간") if self == Scheme.LEARNING else _("점"))

    @property
    def counted(self) -> str:
        """What a column of its amounts is called: hours are no points."""
        return str(_("인정 시간") if self == Scheme.LEARNING else _("점수"))


RANKING = Words("mileage.ranking", _("순위"))


class RankingKind(models.TextChoices):
    """Who is chosen for points (M5)."""

    CREATIVE_KING = "creative_king", RANKING("creative_king", _("창의왕"))
    MVP_PERSON = "mvp_person", RANKING("mvp_person", _("혁신 MVP(개인)"))
    MVP_DEPARTMENT = "mvp_department", RANKING("mvp_department", _("혁신 MVP(부서)"))
    YEAR_END = "year_end", RANKING("year_end", _("통합마일리지 우수자"))


class RankingState(models.TextChoices):
    """States of core.publishing, without an announcement."""

    DRAFT = "draft", _("초안")
    CONFIRMED = "confirmed", _("확정")


class HandoverState(models.TextChoices):
    MADE = "made", _("인계")
    WITHDRAWN = "withdrawn", _("인계 취소")


class RequestKind(models.TextChoices):
    """What planning may ask for by hand."""

    GRANT = "grant", _("점수 등록")
    REVERSE = "reverse", _("기록 취소")


class RequestState(models.TextChoices):
    REQUESTED = "requested", _("확인 대기")
    CONFIRMED = "confirmed", pgettext_lazy("상태", "확인")
    REJECTED = "rejected", _("반려")
    WITHDRAWN = "withdrawn", _("요청 취소")
