"""Words of judging (E1–E8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words


class RoundState(models.TextChoices):
    PREPARING = "preparing", _("준비")
    RUNNING = "running", _("심사 중")
    DRAFT = "draft", _("결과 초안")
    ANNOUNCED = "announced", _("결과 예정")
    CONFIRMED = "confirmed", _("확정")
    ABANDONED = "abandoned", _("중단")


UNDERWAY = (RoundState.PREPARING, RoundState.RUNNING, RoundState.DRAFT, RoundState.ANNOUNCED)
ENTERED = (RoundState.PREPARING, RoundState.RUNNING)  # entries may still leave
TOLD = (RoundState.ANNOUNCED, RoundState.CONFIRMED)  # everybody may know the outcome


class StageState(models.TextChoices):
    WAITING = "waiting", _("시작 전")
    SIGNING = "signing", _("서약 중")
    SCORING = "scoring", _("채점 중")
    CLOSED = "closed", _("채점 마감")


class Body(models.TextChoices):
    """Who scores in a stage."""

    PANEL = "panel", _("위원")
    RESIDENTS = "residents", _("구민 평가단")


class Way(models.TextChoices):
    """How the sheets of an entry become one score (E4)."""

    MEAN = "mean", _("평균")
    MEDIAN = "median", _("중앙값")
    TRIMMED = "trimmed", _("최고·최저 제외 평균")
    CORRECTED = "corrected", _("위원 성향 보정")


GRADE = Words("evaluations.grade", _("시상 등급"))


class Slot(models.TextChoices):
    """A grade's place in the table of an office, which calls it as its rule does (금·은·동·장려)."""

    FIRST = "first", GRADE("first", _("최우수"))
    SECOND = "second", GRADE("second", _("우수"))
    THIRD = "third", GRADE("third", _("장려"))
    FOURTH = "fourth", GRADE("fourth", _("노력"))
    FIFTH = "fifth", GRADE("fifth", _("참가"))


class JudgeState(models.TextChoices):
    INVITED = "invited", _("서약 전")
    SIGNED = "signed", _("서약함")
    DECLINED = "declined", _("맡지 않음")
    RELEASED = "released", _("해촉")


SITTING = (JudgeState.INVITED, JudgeState.SIGNED, JudgeState.RELEASED)


class Ground(models.TextChoices):
    """Why a judge does not score an entry (E3)."""

    SELF = "self", _("본인의 것")
    JOINT = "joint", _("함께 제안한 것")
    RELATIVE = "relative", _("친족의 것")
    DEPARTMENT = "department", _("소속 부서의 것")
    REVIEWED = "reviewed", _("검토한 부서의 것")
    ADVISED = "advised", _("조언한 것")
    DECLARED = "declared", _("회피")
    CHALLENGED = "challenged", _("기피")


# What the system knows by itself, and what a judge says of oneself; a challenge is the entrants'.
KNOWN = (Ground.SELF, Ground.JOINT, Ground.DEPARTMENT, Ground.REVIEWED)
SAID = (Ground.RELATIVE, Ground.ADVISED, Ground.DECLARED)


class ConflictState(models.TextChoices):
    STANDS = "stands", _("심사하지 않음")
    ASKED = "asked", _("위원회 결정 전")
    REFUSED = "refused", _("받아들이지 않음")


class SheetState(models.TextChoices):
    OPEN = "open", _("채점 전")
    DONE = "done", _("채점 완료")
    ABSTAINED = "abstained", _("기권")
    VOID = "void", _("무효")


class ObjectionState(models.TextChoices):
    ASKED = "asked", _("답변 전")
    UPHELD = "upheld", _("받아들임")
    REFUSED = "refused", _("받아들이지 않음")
    WITHDRAWN = "withdrawn", _("취하")


class CorrectionState(models.TextChoices):
    ASKED = "asked", _("확인 전")
    MADE = "made", _("정정됨")
    REJECTED = "rejected", _("반려")
