"""Words of proposals (P1–P8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policies.words import Words

KIND = Words("proposals.kind", _("제안 구분"))


class Kind(models.TextChoices):
    CITIZEN = "citizen", KIND("citizen", _("구민 제안"))
    STAFF = "staff", KIND("staff", _("직원 제안"))


CHANNEL = Words("proposals.channel", _("접수 경로"))


class Channel(models.TextChoices):
    """How it came (P1)."""

    WEB = "web", CHANNEL("web", _("누리집"))
    EPEOPLE = "epeople", CHANNEL("epeople", _("국민신문고"))
    POST = "post", CHANNEL("post", _("우편"))
    FAX = "fax", CHANNEL("fax", _("팩스"))
    OFFICE = "office", CHANNEL("office", _("구청 방문"))
    CENTER = "center", CHANNEL("center", _("주민센터 방문"))
    BOARD = "board", CHANNEL("board", _("직원 게시판"))


# What staff enter on a citizen's behalf (P1).
BY_HAND = (Channel.EPEOPLE, Channel.POST, Channel.FAX, Channel.OFFICE, Channel.CENTER)

FIELD = Words("proposals.field", _("제안 분야"))


class Field(models.TextChoices):
    ADMINISTRATION = "administration", FIELD("administration", _("행정"))
    ECONOMY = "economy", FIELD("economy", _("경제·일자리"))
    WELFARE = "welfare", FIELD("welfare", _("복지·보건"))
    CULTURE = "culture", FIELD("culture", _("교육·문화"))
    ENVIRONMENT = "environment", FIELD("environment", _("환경·청소"))
    TRAFFIC = "traffic", FIELD("traffic", _("교통·주차"))
    SAFETY = "safety", FIELD("safety", _("안전·도시"))
    OTHER = "other", FIELD("other", _("그 밖"))


class State(models.TextChoices):
    HELD = "held", _("확인 필요")  # came like from a robot: nobody sees it until planning has looked
    RECEIVED = "received", _("접수")
    SUPPLEMENT = "supplement", _("보완 요청")
    REVIEW = "review", _("부서 검토")
    REVIEWED = "reviewed", _("부서 답변 완료")
    OPINION = "opinion", _("외부 의견 조회")
    ADOPTED = "adopted", _("채택")
    REJECTED = "rejected", _("불채택")
    NO_PROPOSAL = "no_proposal", _("제안 아님")
    CONVERTED = "converted", _("민원으로 전환")
    ANSWERED = "answered", _("민원 답변 완료")
    TRANSFERRED = "transferred", _("다른 기관으로 이송")
    LINKED = "linked", _("같은 제안에 연결")
    LAPSED = "lapsed", _("보완 없이 종결")
    WITHDRAWN = "withdrawn", _("취하")
    RECORDED = "recorded", _("지난 기록")  # of earlier years, without a decision that anybody wrote down


RUNNING = (State.RECEIVED, State.REVIEW, State.REVIEWED)  # the days until the decision are counted
OPEN = (State.HELD, State.SUPPLEMENT, State.OPINION, *RUNNING)
DECIDED = (State.ADOPTED, State.REJECTED)
OUTCOMES = (*DECIDED, State.NO_PROPOSAL)
# What a record of earlier years may tell of its end (N1).
RECORDS = (
    *DECIDED,
    State.NO_PROPOSAL,
    State.ANSWERED,
    State.TRANSFERRED,
    State.LAPSED,
    State.WITHDRAWN,
    State.RECORDED,
)


class InterimState(models.TextChoices):
    """Of an interim answer (P6)."""

    DRAFT = "draft", _("보내기 전")
    SENT = "sent", _("보냄")
    MISSED = "missed", _("보내지 않음")
    NEEDLESS = "needless", _("필요 없어짐")


GROUND = Words("proposals.ground", _("제안 아님의 사유"), longest=80)


class Ground(models.TextChoices):
    """Why something is no proposal (P5)."""

    RIGHTS = "rights", GROUND("rights", _("다른 사람의 권리에 속하는 것"))
    ADOPTED = "adopted", GROUND("adopted", _("이미 채택된 것"))
    IN_FORCE = "in_force", GROUND("in_force", _("이미 시행하고 있거나 비슷한 것"))
    IMPRACTICABLE = "impracticable", GROUND("impracticable", _("실제로 시행할 수 없는 것"))
    COMPLAINT = "complaint", GROUND("complaint", _("단순한 불편 신고나 건의"))
    COMMERCIAL = "commercial", GROUND("commercial", _("특정한 상품이나 업체를 알리는 것"))
    NOT_PUBLIC = "not_public", GROUND("not_public", _("구정 업무가 아닌 것"))
    REPEATED = "repeated", GROUND("repeated", _("이미 답한 것을 새로운 까닭 없이 다시 낸 것"))


class Petition(models.TextChoices):
    """What a proposal becomes that is a 민원 (O8, P5)."""

    SUGGESTION = "suggestion", _("건의민원")
    LAW_QUESTION = "law_question", _("질의민원(법령)")
    QUESTION = "question", _("질의민원(제도·절차)")
    GRIEVANCE = "grievance", _("고충민원")


class UndertakingState(models.TextChoices):
    PLANNED = "planned", _("이행 중")
    REPORTED = "reported", _("시행 확인 대기")
    CARRIED_OUT = "carried_out", _("시행 완료")
    CLOSED = "closed", _("이행 관리 끝")
    DROPPED = "dropped", _("이행 중단")


FOLLOWED = (UndertakingState.PLANNED, UndertakingState.REPORTED, UndertakingState.CARRIED_OUT)


class MilestoneKind(models.TextChoices):
    """The steps of an undertaking, each with its day (P8)."""

    PLAN = "plan", _("계획")
    BUDGET = "budget", _("예산")
    CARRY_OUT = "carry_out", _("시행")


class Progress(models.TextChoices):
    """What a department says at the check of a quarter (P8)."""

    ON_PLAN = "on_plan", _("계획대로")
    DELAYED = "delayed", _("늦어짐")
    HINDERED = "hindered", _("어려움이 있음")
    DONE = "done", _("시행하고 있음")


class Verdict(models.TextChoices):
    """What the proposer says whether it was done (P8)."""

    DONE = "done", _("되었다")
    PARTLY = "partly", _("일부 되었다")
    NOT_DONE = "not_done", _("안 되었다")
    UNKNOWN = "unknown", _("모르겠다")


GRADE = Words("proposals.grade", _("효과 등급"))


class Grade(models.TextChoices):
    """Of the effect of a year (P14)."""

    A = "a", GRADE("a", _("수"))
    B = "b", GRADE("b", _("우"))
    C = "c", GRADE("c", _("미"))
    D = "d", GRADE("d", _("양"))
    E = "e", GRADE("e", _("가"))


class ObjectionKind(models.TextChoices):
    OBJECTION = "objection", _("이의 신청")
    REVIEW = "review", _("재심사")
    LATER = "later", _("실시된 제안 재심사")


class ObjectionState(models.TextChoices):
    ASKED = "asked", _("심사 중")
    UPHELD = "upheld", _("받아들임")
    REFUSED = "refused", _("받아들이지 않음")
    WITHDRAWN = "withdrawn", _("취하")


class Notice(models.TextChoices):
    """What a citizen is told of before giving personal data (P3; 개인정보 보호법 15②)."""

    PURPOSE = "purpose", _("수집·이용 목적")
    ITEMS = "items", _("수집하는 항목")
    PERIOD = "period", _("보유 기간")
    REFUSAL = "refusal", _("동의하지 않을 권리와 불이익")


CALL_KIND = Words("proposals.call_kind", _("공모 종류"))


class CallKind(models.TextChoices):
    """Calls for proposals (P4)."""

    ALWAYS = "always", CALL_KIND("always", _("상시 공모"))
    THEME = "theme", CALL_KIND("theme", _("주제 공모"))
    CONTEST = "contest", CALL_KIND("contest", _("구민 공모전"))


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("구민과 직원")
    CITIZENS = "citizens", _("구민")
    STAFF = "staff", _("직원")


# Who may answer a call, by the kind of proposal it brings.
ADDRESSED = {
    Kind.CITIZEN: (Audience.EVERYBODY, Audience.CITIZENS),
    Kind.STAFF: (Audience.EVERYBODY, Audience.STAFF),
}


class CallState(models.TextChoices):
    """Whether it is out; whether it is open follows from its days."""

    DRAFT = "draft", _("작성 중")
    ASKED = "asked", _("공개 요청")
    PUBLISHED = "published", _("공개")
    WITHDRAWN = "withdrawn", _("거둠")


class Complaint(models.TextChoices):
    """Why somebody reports a public text."""

    PERSONAL = "personal", _("개인정보가 드러남")
    DEFAMATION = "defamation", _("명예를 해침")
    ADVERTISING = "advertising", _("광고")


class ComplaintState(models.TextChoices):
    OPEN = "open", _("처리할 신고")
    SHOWN = "shown", _("다시 공개")
    HIDDEN = "hidden", _("계속 가림")
    COVERED = "covered", _("일부 가림")
