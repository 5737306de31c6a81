"""Policy values of panels and their sessions (O4, E7)."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policies

PROCESS = _("위원회와 회의")
RULE = _("국민 제안 규정 제8조제3항, 우리 구 제안 조례")
ORDINANCE = _("우리 구 제안 조례, 위원회 운영 규정")
DAYS = _("일")
MINUTES = _("분")
own = Policies("meetings", PROCESS, section="evaluations")
groups = Policies("meetings", _("모임 출석"), section="clubs")

OUTSIDE_LEAST = own.number(
    "outside_least", 50, "%", _("공무원이 아닌 위원의 비율"),
    _("제안을 결정하는 위원회는 위원의 {value} 이상을 공무원이 아닌 사람으로 합니다."),
    least=0, most=100, source=RULE,
)  # fmt: skip
ONE_SEX_MOST = own.number(
    "one_sex_most", 60, "%", _("한 성별의 비율"),
    _("위촉직 위원 가운데 한 성별이 {value}를 넘지 않게 합니다."),
    least=50, most=100, source=RULE,
)  # fmt: skip
QUORUM = own.number(
    "quorum", 50, "%", _("의사 정족수"),
    _("회의는 재적위원의 {value}를 넘게 출석하여야 의결할 수 있습니다."),
    least=0, most=99, source=ORDINANCE,
)  # fmt: skip
MAJORITY = own.number(
    "majority", 50, "%", _("의결 정족수"),
    _("안건은 출석위원의 {value}를 넘게 찬성하여야 의결됩니다."),
    least=0, most=99, source=ORDINANCE,
)  # fmt: skip
TERM_MONTHS = own.number(
    "term_months", 24, _("개월"), _("위원 임기"),
    _("위촉직 위원의 임기는 {value}이며 연임할 수 있습니다."), least=1, most=120, source=ORDINANCE,
)  # fmt: skip
RENEW_BEFORE = own.number(
    "renew_before", 30, DAYS, _("임기 만료 알림 시작"),
    _("위원의 임기가 끝나기 {value} 전부터 연임이나 해촉을 정하도록 할 일에 올립니다."), least=1, most=365,
)  # fmt: skip
REMIND_TERM = own.days_before(
    "remind_term", [14, 7, 1], _("임기 만료 알림"), _("임기가 끝나기 {value}에 다시 알립니다.")
)
REMIND_SESSION = own.days_before(
    "remind_session", [3, 1, 0], _("회의 알림"), _("회의 {value}에 위원에게 다시 알립니다.")
)
REMIND_DECISION = own.days_before(
    "remind_decision",
    [3, 0],
    _("결정 사항 알림"),
    _("결정 사항의 기한 {value}에 맡은 사람에게 다시 알립니다."),
)
DECISION_LATE = own.number(
    "decision_late", 1, DAYS, _("결정 사항 지연 알림"),
    _("결정 사항의 기한이 {value} 지나면 맡은 사람에게 알립니다."), least=1, most=60,
)  # fmt: skip
MINUTES_DAYS = own.number(
    "minutes_days", 7, DAYS, _("회의록 작성 기한"),
    _("회의록은 회의한 날부터 {value} 안에 작성합니다."), least=1, most=60,
)  # fmt: skip
USUAL_HOURS = own.number(
    "usual_hours", 2, _("시간"), _("달력에 적는 회의 시간"),
    _("회의가 끝나는 시각을 모르면 달력에는 시작부터 {value} 동안으로 적습니다."), least=1, most=12,
)  # fmt: skip
AHEAD_MONTHS = own.number(
    "ahead_months", 12, _("개월"), _("회의를 미리 잡을 수 있는 기간"),
    _("회의는 {value} 앞까지 미리 잡을 수 있습니다."), least=1, most=36,
)  # fmt: skip
SIGN_BEFORE = groups.number(
    "sign_before", 30, MINUTES, _("출석 서명을 여는 때"),
    _("출석 서명은 모임을 시작하기 {value} 전부터 받습니다."), least=0, most=180,
)  # fmt: skip
SIGN_AFTER = groups.number(
    "sign_after", 10, MINUTES, _("출석 서명을 닫는 때"),
    _("출석 서명은 모임이 끝나는 시각에서 {value} 뒤까지 받습니다."), least=0, most=180,
)  # fmt: skip
GRACE = groups.number(
    "grace", 10, MINUTES, _("지각으로 보지 않는 시간"),
    _("시작하고 {value}이 지난 뒤에 서명하면 지각으로 적습니다(총무가 고칠 수 있습니다)."), least=0, most=120,
)  # fmt: skip
SIGN_TRIES = groups.number(
    "sign_tries", 5, _("번"), _("출석 번호를 틀릴 수 있는 횟수"),
    _("출석 번호를 {value} 틀리면 그 직원만 잠시 기다리게 합니다."), least=2, most=50,
)  # fmt: skip
SIGN_WAIT = groups.number(
    "sign_wait", 3, MINUTES, _("출석 번호를 틀렸을 때 가장 오래 기다리는 시간"),
    _("출석 번호를 여러 번 틀려도 {value} 넘게 기다리게 하지 않습니다."), least=1, most=60,
)  # fmt: skip
SESSION_FEE = own.money(
    "session_fee", 0, _("회의 참석수당"),
    _("공무원이 아닌 위원이 회의에 참석하면 한 번에 {value}을 지급합니다(0은 지급하지 않음)."),
    most=10_000_000, source=ORDINANCE,
)  # fmt: skip
