"""Policy values of proposals (P3–P7, O8)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from basis.clock import Unit
from policies.registry import Policies, Policy
from proposals.enums import Grade, Kind, Petition
from reviews.figures import Figures

PROCESS = _("제안")
RULE_5 = _("우리 구 제안제도 운영 조례, 국민 제안 규정 제5조")
RULE_10 = _("우리 구 제안제도 운영 조례, 국민 제안 규정 제10조")
RULE_AGAIN = RULE_FOLLOW = _("우리 구 제안제도 운영 조례, 국민 제안 규정")
RULE_EFFECT = _("우리 구 제안제도 운영 조례, 국민 제안 규정 제23조")
PETITIONS = _("민원 처리에 관한 법률 시행령 제14조, 제15조, 제17조")
DAYS_SINCE = date(2023, 9, 1)  # until the day before, citizens waited a month

DAYS, MONTHS = _("일"), pgettext_lazy("기간", "개월")

own = Policies("proposals", PROCESS)


def days(key: str, default: int, *words: Any, **more: Any) -> Policy[int]:
    return own.number(key, default, DAYS, *words, least=1, most=365, **more)


def months(key: str, *words: Any, **more: Any) -> Policy[int]:
    return own.number(key, 0, MONTHS, *words, least=0, most=12, source=RULE_10, **more)


def grade(key: str, default: int, *words: Any) -> Policy[int]:
    return own.money(f"grade_{key}", default, *words, most=100_000_000_000, source=RULE_EFFECT)


DECIDE_DAYS = {
    Kind.CITIZEN: days(
        "decide_days", 30, _("구민 제안 결정 기한"), _("구민 제안은 접수한 날부터 {value} 안에 결정하여 알립니다."),
        source=RULE_10,
    ),
    Kind.STAFF: days(
        "decide_days_staff", 30, _("직원 제안 결정 기한"),
        _("직원 제안은 접수한 날부터 {value} 안에 결정하여 알립니다."), source=RULE_10,
    ),
}  # fmt: skip
DECIDE_MONTHS = {
    Kind.CITIZEN: months(
        "decide_months", _("구민 제안 결정 기한(개월)"),
        _("구민 제안의 결정 기한을 개월로 셀 때에는 {value}입니다(0은 일수로 셈)."), earlier=((DAYS_SINCE, 1),),
    ),
    Kind.STAFF: months(
        "decide_months_staff", _("직원 제안 결정 기한(개월)"),
        _("직원 제안의 결정 기한을 개월로 셀 때에는 {value}입니다(0은 일수로 셈)."),
    ),
}  # fmt: skip
SUPPLEMENT_WITHIN = days(
    "supplement_within",
    7,
    _("보완 요청 기한"),
    _("보완은 접수한 날부터 {value} 안에 요청합니다."),
    source=RULE_5,
)
SUPPLEMENT_DAYS = days(
    "supplement_days", 10, _("보완할 수 있는 기간"), _("제안자는 요청을 받은 날부터 {value} 안에 보완합니다."),
    source=RULE_5,
)  # fmt: skip
OBJECTION_DAYS = days(
    "objection_days", 15, _("이의신청 기간"),
    _("제안이 아니라는 결정에는 알림을 받은 날부터 {value} 안에 이의를 신청할 수 있습니다."), source=RULE_5,
)  # fmt: skip
REREVIEW_DAYS = days(
    "rereview_days", 15, _("재심사 요청 기간"),
    _("결정에는 알림을 받은 날부터 {value} 안에 재심사를 요청할 수 있습니다."), source=RULE_10,
)  # fmt: skip
PETITION_DAYS = {
    Petition.SUGGESTION: days(
        "petition_suggestion", 14, _("건의민원 처리 기한"), _("건의민원은 {value} 안에 처리합니다."), source=PETITIONS
    ),
    Petition.LAW_QUESTION: days(
        "petition_law", 14, _("법령 질의민원 처리 기한"), _("법령에 관한 질의민원은 {value} 안에 처리합니다."),
        source=PETITIONS,
    ),
    Petition.QUESTION: days(
        "petition_question", 7, _("일반 질의민원 처리 기한"),
        _("제도와 절차에 관한 질의민원은 {value} 안에 처리합니다."),
        source=PETITIONS,
    ),
    Petition.GRIEVANCE: days(
        "petition_grievance", 7, _("고충민원 처리 기한"), _("고충민원은 {value} 안에 처리합니다."), source=PETITIONS
    ),
}  # fmt: skip
SIMILAR_PERCENT = own.number(
    "similar_percent", 60, "%", _("비슷한 제안 안내 기준"),
    _("제목이 {value} 이상 비슷하면 비슷한 제안으로 안내합니다."), least=30, most=95,
)  # fmt: skip
REPEAT_PERCENT = own.number(
    "repeat_percent", 80, "%", _("같은 내용으로 보는 기준"),
    _("다른 사람이 낸 제안은 제목과 내용이 {value} 이상 비슷하면 같은 내용으로 봅니다."), least=50, most=100,
)  # fmt: skip
REPEAT_ANSWERS = own.number(
    "repeat_answers", 2, _("회"), _("되풀이된 제안의 종결"),
    _("같은 내용에 {value} 답한 뒤 새로운 까닭 없이 다시 낸 제안은 종결할 수 있습니다."), least=2, most=10,
    source=RULE_5,
)  # fmt: skip
JOINT_MOST = own.number(
    "joint_most", 5, _("명"), _("함께 제안하는 구민"),
    _("구민은 {value}까지 다른 사람과 함께 제안할 수 있습니다."), least=1, most=20,
)  # fmt: skip
WRITING_DAYS = days(
    "writing_days", 7, _("쓰던 제안의 보관 기간"), _("보내지 않은 제안은 {value} 동안 두었다가 지웁니다.")
)
LINK_YEARS = own.number(
    "link_years", 5, pgettext_lazy("기간", "년"), _("나의 제안 링크 유효 기간"),
    _("제안자가 받은 링크는 {value} 동안 쓸 수 있습니다."), least=1, most=10,
)  # fmt: skip
KEEP_ADOPTED = own.number(
    "keep_adopted", 5, pgettext_lazy("기간", "년"), _("채택한 제안자의 개인정보 보관 기간"),
    _("채택한 제안은 마친 다음 해 1월 1일부터 {value} 뒤에 제안자의 개인정보를 파기합니다."), least=3, most=10,
    source=_("우리 구 제안제도 운영 조례, 개인정보 보호법 제21조"),
)  # fmt: skip
KEEP_OTHERS = own.number(
    "keep_others", 2, pgettext_lazy("기간", "년"), _("채택하지 않은 제안자의 개인정보 보관 기간"),
    _("채택하지 않은 제안은 마친 다음 해 1월 1일부터 {value} 뒤에 제안자의 개인정보를 파기합니다."), least=2, most=10,
    source=_("국민 제안 규정 제12조, 개인정보 보호법 제21조"),
)  # fmt: skip
GUARDIAN_AGE = own.number(
    "guardian_age", 14, _("세"), _("법정대리인의 동의가 필요한 나이"),
    _("{value} 미만인 제안자는 법정대리인의 동의를 받습니다."), least=14, most=19,
    source=_("개인정보 보호법 제22조의2"),
)  # fmt: skip
SUPPORT_NETWORK = own.number(
    "support_network", 1, _("회"), _("한 네트워크의 하루 공감"),
    _("한 네트워크에서 한 제안에 하루 {value}까지 공감을 셉니다. 여럿이 함께 쓰는 네트워크로 등록한 곳은 더 셉니다."),
    least=1, most=100,
)  # fmt: skip
SUPPORT_HOURLY = own.number(
    "support_hourly", 60, _("회"), _("한 네트워크의 한 시간 공감"),
    _("한 네트워크에서 한 시간에 {value}까지 공감을 누를 수 있습니다."), least=5, most=1000,
)  # fmt: skip
SUPPORT_RISE = own.number(
    "support_rise", 30, _("회"), _("갑자기 늘어난 공감"),
    _("한 제안의 공감이 하루에 {value} 늘면 기획예산과 담당자에게 알립니다."), least=2, most=10000,
)  # fmt: skip
RISE_DAYS = days(
    "rise_days",
    7,
    _("갑자기 늘어난 공감을 보이는 기간"),
    _("갑자기 늘어난 공감은 {value} 동안 목록에 둡니다."),
)
WRITING_HOURLY = own.number(
    "writing_hourly", 20, _("회"), _("한 네트워크의 한 시간 쓰기 시작"),
    _("한 네트워크에서 한 시간에 {value}까지 제안을 쓰기 시작할 수 있습니다."), least=3, most=1000,
)  # fmt: skip
FOLLOW_DAYS = days(
    "follow_days", 60, _("마친 제안의 소식 주소 보관"),
    _("채택되지 않은 제안의 소식을 받는 주소는 처리를 마치고 {value} 뒤에 지웁니다."),
)  # fmt: skip
FOLLOW_YEARS = own.number(
    "follow_years", 3, pgettext_lazy("기간", "년"), _("채택된 제안의 소식 주소 보관"),
    _("채택된 제안의 소식을 받는 주소는 {value} 뒤에 지웁니다."), least=1, most=10,
)  # fmt: skip
COMPLAINT_DAYS = days(
    "complaint_days", 30, _("신고 처리 기한"), _("공개된 글의 신고는 {value} 안에 처리합니다."),
    source=_("정보통신망 이용촉진 및 정보보호 등에 관한 법률 제44조의2"),
)  # fmt: skip
COMPLAINT_ABUSE = own.number(
    "complaint_abuse", 5, _("건"), _("바로 가리지 않는 신고"),
    _("한 네트워크에서 하루에 {value} 넘게 신고하면 바로 가리지 않고 기획예산과 담당자가 먼저 봅니다."),
    least=1, most=100,
)  # fmt: skip
CALL_GRACE = own.number(
    "call_grace", 0, DAYS, _("공모 마감 뒤 받는 기간"),
    _("마감 전에 쓰기 시작한 제안은 마감일 뒤 {value}까지 보내면 공모에 낸 것으로 봅니다(0은 마감일까지)."),
    least=0, most=7,
)  # fmt: skip
COUNT_FROM_CLOSE = own.switch(
    "count_from_close", False, _("공모에 낸 직원 제안의 결정 기한"),
    _("공모에 낸 직원 제안의 결정 기한을 공모 마감일부터 셉니다: {value}."), source=RULE_10,
)  # fmt: skip
LATER_MONTHS = own.number(
    "later_months",
    24,
    MONTHS,
    _("실시된 제안의 재심사 신청 기간"),
    _(
        "채택하지 않은 제안과 같은 내용이 실시되면 결정을 알린 날부터 {value} 안에 재심사를 신청할 수 있습니다."
    ),
    least=1,
    most=60,
    source=RULE_AGAIN,
)
REOPEN_MONTHS = own.number(
    "reopen_months",
    24,
    MONTHS,
    _("불채택 제안을 다시 검토할 수 있는 기간"),
    _("채택하지 않은 제안은 결정한 날부터 {value} 안에 구청이 다시 검토할 수 있습니다."),
    least=1,
    most=60,
    source=RULE_AGAIN,
)
OBJECTION_DECIDE = days(
    "objection_decide",
    30,
    _("이의·재심사 결정 기한"),
    _("이의와 재심사는 신청한 날부터 {value} 안에 결정합니다."),
    source=RULE_AGAIN,
)
FOLLOW_MONTHS = own.number(
    "follow_months",
    36,
    MONTHS,
    _("채택 제안 이행 관리 기간"),
    _("채택한 제안은 결정한 날부터 {value} 동안 이행을 살핍니다."),
    least=1,
    most=120,
    source=RULE_FOLLOW,
)
CHECK_DAYS = days(
    "check_days",
    14,
    _("분기 이행 점검 시작"),
    _("이행 점검은 분기가 끝나기 {value} 전에 시작하여 분기 마지막 날까지 답합니다."),
    source=RULE_FOLLOW,
)
ASK_DAYS = days(
    "ask_days",
    28,
    _("제안자에게 묻는 때"),
    _("시행하고 {value}이 지나면 제안자에게 실제로 되었는지 묻습니다."),
)
EFFECT_MONTHS = own.number(
    "effect_months",
    12,
    MONTHS,
    _("시행 효과를 재는 기간"),
    _("효과가 처음 난 날부터 {value} 동안의 효과를 잽니다."),
    least=1,
    most=36,
    source=RULE_EFFECT,
)
EFFECT_DAYS = days(
    "effect_days",
    30,
    _("시행 효과 제출 기한"),
    _("담당 부서는 요청한 날부터 {value} 안에 시행 효과를 제출합니다."),
    source=RULE_EFFECT,
)
GRADE_FROM = {
    Grade.A: grade("a", 100_000_000, _("효과 등급 수"), _("한 해의 순효과가 {value} 이상이면 수입니다.")),
    Grade.B: grade("b", 50_000_000, _("효과 등급 우"), _("한 해의 순효과가 {value} 이상이면 우입니다.")),
    Grade.C: grade("c", 10_000_000, _("효과 등급 미"), _("한 해의 순효과가 {value} 이상이면 미입니다.")),
    Grade.D: grade(
        "d",
        1_000_000,
        _("효과 등급 양"),
        _("한 해의 순효과가 {value} 이상이면 양이고, 그보다 적으면 가입니다."),
    ),
}
FOLLOW_REMIND = own.days_before(
    "follow_remind",
    [30, 7, 1, 0],
    _("이행 예정일 전 알림"),
    _("이행 단계의 예정일과 점검 기한 {value}에 담당 부서에 알립니다(0은 당일)."),
)
FOLLOW_LATE = days(
    "follow_late",
    1,
    _("이행 지연 알림"),
    _("이행 단계의 예정일이나 점검 기한이 {value} 지나면 담당 부서에 알립니다."),
)
REMIND_BEFORE = own.days_before(
    "remind_before",
    [7, 3, 1, 0],
    _("결정 기한 전 알림"),
    _("결정 기한 {value}에 담당자에게 알립니다(0은 당일)."),
)
OVERDUE = days("overdue", 1, _("결정 지연 알림"), _("결정 기한이 {value} 지나면 담당자에게 알립니다."))

REVIEW_FIGURES = Figures(
    days=days(
        "review_days", 14, _("부서 검토 기한"), _("제안의 부서 검토 기한은 통보일부터 {value} 이내입니다.")
    ),
    confirmation=own.switch(
        "confirmation_needed", True, _("부서장 확인"), _("제안의 부서 답변은 부서장 확인을 거칩니다: {value}")
    ),
    cap=own.number(
        "extension_cap_days", 7, DAYS, _("부서 검토 기한 연장 한도"),
        _("제안의 부서 검토 기한은 당초 기한부터 {value}까지 연장할 수 있습니다."), least=0, most=60,
    ),
    before=own.days_before(
        "review_remind_before", [3, 1, 0], _("부서 검토 기한 전 알림"),
        _("제안의 부서 검토 기한 {value}에 검토자에게 알립니다(0은 당일)."),
    ),
    reviewer=days(
        "review_overdue_reviewer", 1, _("부서 검토 지연 알림: 검토자"),
        _("부서 검토 기한이 {value} 지나면 검토자에게 알립니다."),
    ),
    head=days(
        "review_overdue_head", 2, _("부서 검토 지연 알림: 부서장"),
        _("부서 검토 기한이 {value} 지나면 부서장에게 알립니다."),
    ),
    planning=days(
        "review_overdue_planning", 3, _("부서 검토 지연 알림: 기획 담당"),
        _("부서 검토 기한이 {value} 지나면 기획 담당자에게 알립니다."),
    ),
)  # fmt: skip
OPINION_DAYS = days(
    "opinion_days", 21, _("외부 의견 회신 기한"),
    _("외부 의견은 요청한 날부터 {value} 안에 받습니다. 그동안 결정 기한이 멈춥니다."),
    source=RULE_10,
)  # fmt: skip
INTERIM_DAYS = days(
    "interim_days", 14, _("중간 답변 간격"),
    _("결정이 늦어지면 기한의 마지막 날과 그 뒤 {value}마다 중간 답변을 보냅니다."),
    source=RULE_10,
)  # fmt: skip

# A proposal keeps those of the day it was received.
OF_A_PROPOSAL: tuple[Policy[Any], ...] = (
    *DECIDE_DAYS.values(),
    *DECIDE_MONTHS.values(),
    SUPPLEMENT_WITHIN,
    REMIND_BEFORE,
    OVERDUE,
    INTERIM_DAYS,
)
# Of one that is under way, what is asked by the day on which it began.
OF_AN_UNDERTAKING: tuple[Policy[Any], ...] = (FOLLOW_MONTHS, FOLLOW_REMIND, FOLLOW_LATE)


def decision_length(kind: str, day: date) -> tuple[int, Unit]:
    """How long the office has for what is received on this day (P6)."""
    long = DECIDE_MONTHS[Kind(kind)].on(day)
    return (long, Unit.MONTHS) if long else (DECIDE_DAYS[Kind(kind)].on(day), Unit.DAYS)
