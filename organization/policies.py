"""Policy values of accounts and absences."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policies

own = Policies("organization", _("계정·보안"))

IDLE_MINUTES = own.number(
    "idle_minutes", 60, _("분"), _("미사용 로그아웃 시간"),
    _("{value} 동안 사용하지 않으면 로그아웃됩니다."),
    least=5, most=480,
)  # fmt: skip
ABSENCE_DAYS = own.number(
    "absence_days", 90, _("일"), _("다른 직원이 등록하는 부재의 기간"),
    _("다른 직원의 부재는 한 번에 {value}까지 등록할 수 있습니다."),
    least=1, most=366,
)  # fmt: skip
SESSION_HOURS = own.number(
    "session_hours",
    12,
    _("시간"),
    _("로그인 최대 유지 시간"),
    _("로그인한 뒤 {value}이 지나면 쓰는 중이어도 다시 로그인합니다."),  # a working day with its overtime
    least=1,
    most=24,
)
TRIES = own.number(
    "login_tries",
    5,
    _("번"),
    _("비밀번호 오류 허용 횟수"),
    _("같은 계정에 같은 곳에서 비밀번호가 {value} 맞지 않으면 기다렸다가 다시 시도합니다."),
    least=3,
    most=10,
)
ACCOUNT_TRIES = own.number(
    "login_account_tries",
    50,
    _("번"),
    _("한 계정의 하루 오류 허용 횟수"),
    # Ten places with five tries each; browsers that have logged in before are not counted.
    _("처음 보는 기기들에서 하루에 {value} 맞지 않으면 처음 보는 기기는 기다립니다."),
    least=10,
    most=1000,
)
NETWORK_TRIES = own.number(
    "login_network_tries",
    100,
    _("번"),
    _("한 곳의 한 시간 오류 허용 횟수"),
    # A whole office may stand behind one address, and on a Monday many mistype.
    _("같은 네트워크 주소에서 한 시간에 {value} 맞지 않으면 그곳의 처음 보는 기기는 기다립니다."),
    least=20,
    most=10_000,
)
LONGEST_WAIT = own.number(
    "login_longest_wait",
    30,
    _("분"),
    _("로그인 제한의 최대 시간"),
    _("기다리는 시간은 1분에서 시작해 틀릴 때마다 두 배가 되며 {value}을 넘지 않습니다."),
    least=1,
    most=240,
)
DEVICE_DAYS = own.number(
    "login_device_days",
    90,
    _("일"),
    _("로그인한 기기를 기억하는 기간"),
    _("로그인한 적이 있는 기기는 {value} 동안 남의 비밀번호 오류 때문에 막히지 않습니다."),
    least=0,
    most=365,
)
FIRST_PASSWORD_DAYS = own.number(
    "first_password_days",
    7,
    _("일"),
    _("처음 비밀번호의 기한"),
    _("처음 받거나 초기화된 비밀번호는 {value} 안에 로그인하지 않으면 쓸 수 없습니다."),
    least=1,
    most=60,
)

SLIP_DAYS = own.number(
    "slip_days",
    1,
    _("일"),
    _("처음 비밀번호 인쇄물을 다시 볼 수 있는 기간"),
    _("여럿에게 발급한 처음 비밀번호는 발급한 사람만 {value} 동안 다시 인쇄할 수 있습니다."),
    least=1,
    most=7,
)

SAFETY = _("개인정보의 안전성 확보조치 기준")

LOOKS_KEPT = own.number(
    "looks_kept", 2, _("년"), _("열람 기록 보관 기간"),
    _("열람 기록은 {value} 동안 보관하고, 지나면 다음 달 초에 파기합니다."),
    least=2, most=10, source=SAFETY,
)  # fmt: skip
RIGHTS_KEPT = own.number(
    "rights_kept", 3, _("년"), _("권한 변경 기록 보관 기간"),
    _("계정과 역할의 변경 기록은 {value} 동안 보관하고, 지나면 다음 달 초에 파기합니다."),
    least=3, most=10, source=SAFETY,
)  # fmt: skip
DRAFT_KB = own.number(
    "draft_kb", 256, "KB", _("임시 저장의 크기"), _("쓰던 내용은 한 건에 {value}까지 임시 저장합니다."),
    least=16, most=2_000,
)  # fmt: skip
DRAFTS = own.number(
    "drafts", 100, _("건"), _("임시 저장의 수"), _("한 사람의 임시 저장은 {value}까지 둡니다."),
    least=10, most=1_000,
)  # fmt: skip
FILES_EACH = own.number(
    "files_each", 30, _("개"), _("한 건의 첨부 파일"), _("한 건에는 파일을 {value}까지 첨부합니다."),
    least=5, most=200,
)  # fmt: skip
FILES_DAY = own.number(
    "files_day", 300, _("개"), _("하루에 올리는 파일"), _("한 사람이 하루에 파일을 {value}까지 올립니다."),
    least=20, most=5_000,
)  # fmt: skip
EXPORT_DAYS = own.number(
    "export_days", 7, _("일"), _("내려받기 파일 보관"),
    _("만든 엑셀과 올린 엑셀은 {value}이 지나면 지웁니다. 내려받은 것은 그대로입니다."),
    least=1, most=90,
)  # fmt: skip
CHECK_DAYS = own.number(
    "check_days", 10, _("일"), _("열람 기록 점검 기한"),
    _("지난달의 열람 기록은 다음 달 {value}까지 점검합니다."),
    least=1, most=28, source=SAFETY,
)  # fmt: skip
CHECK_REMIND = own.days_before(
    "check_remind", [3, 0], _("열람 기록 점검 알림"),
    _("점검 기한 {value}에 점검할 사람에게 알립니다(0은 당일)."),
)  # fmt: skip
CHECK_LATE = own.number(
    "check_late", 3, _("일"), _("열람 기록 점검 지연 알림"),
    _("점검 기한이 {value} 지나면 점검할 사람에게 다시 알립니다."),
    least=1, most=30,
)  # fmt: skip
MANY_LOOKS = own.number(
    "many_looks", 100, _("건"), _("하루에 많이 본 것으로 보는 건수"),
    _("한 사람이 하루에 {value} 이상 열람하면 점검할 때 알려 줍니다."),
    least=1, most=10_000,
)  # fmt: skip
NIGHT_FROM = own.number(
    "night_from", 22, _("시"), _("야간 열람의 시작"),
    _("{value}부터의 열람은 점검할 때 알려 줍니다."),
    least=18, most=24,
)  # fmt: skip
NIGHT_UNTIL = own.number(
    "night_until", 6, _("시"), _("야간 열람의 끝"),
    _("{value}까지의 열람은 점검할 때 알려 줍니다."),
    least=0, most=9,
)  # fmt: skip
MANY_STRANGERS = own.number(
    "many_strangers", 30, _("명"), _("다른 부서 직원을 많이 본 것으로 보는 인원"),
    _("한 사람이 한 달에 다른 부서 직원 {value} 이상의 정보를 열람하면 점검할 때 알려 줍니다."),
    least=1, most=10_000,
)  # fmt: skip

CODE_TRIES = own.number(
    "code_tries", 5, _("번"), _("확인번호 오류 허용 횟수"),
    _("한 접수번호에 확인번호가 {value} 맞지 않으면 기다렸다가 다시 시도합니다. 개인 링크는 그대로 열립니다."),
    least=3, most=10,
)  # fmt: skip
CODE_NETWORK_TRIES = own.number(
    "code_network_tries", 5, _("번"), _("한 곳의 확인번호 오류 허용 횟수"),
    _("같은 네트워크 주소에서 하루에 확인번호가 {value} 맞지 않으면 그곳은 기다렸다가 다시 시도합니다."),
    least=3, most=100,
)  # fmt: skip
CODE_WAIT = own.number(
    "code_wait", 30, _("분"), _("확인번호 제한의 최대 시간"),
    _("기다리는 시간은 1분에서 시작해 틀릴 때마다 두 배가 되며 {value}을 넘지 않습니다."),
    least=1, most=240,
)  # fmt: skip
GATE_SECONDS = own.number(
    "gate_seconds", 3, _("초"), _("열린 양식의 가장 빠른 제출"),
    _("계정 없이 쓰는 양식은 화면을 연 지 {value}가 지나야 보낼 수 있습니다."),
    least=1, most=60,
)  # fmt: skip
GATE_HOURS = own.number(
    "gate_hours", 24, _("시간"), _("열린 양식의 유효 시간"),
    _("계정 없이 쓰는 양식은 화면을 연 지 {value}이 지나면 한 번 더 보내 달라고 합니다."),
    least=1, most=168,
)  # fmt: skip
GATE_NETWORK = own.number(
    "gate_network", 20, _("건"), _("한 네트워크의 한 시간 제출"),
    _("같은 네트워크에서 한 시간에 {value}까지 받고, 넘으면 언제 다시 보낼지 알립니다."),
    least=3, most=10_000,
)  # fmt: skip
GATE_KNOWN = own.number(
    "gate_known", 300, _("건"), _("등록한 네트워크의 한 시간 제출"),
    _("주민센터·학교처럼 등록한 네트워크에서는 한 시간에 {value}까지 받습니다."),
    least=20, most=100_000,
)  # fmt: skip
GATE_NETWORKS = own.networks(
    "gate_networks", _("여럿이 함께 쓰는 네트워크"),
    _("주민센터·학교처럼 여러 사람이 함께 쓰는 네트워크는 {value}입니다."),
)  # fmt: skip
GATE_CONTACT = own.number(
    "gate_contact", 5, _("건"), _("한 연락처의 하루 제출"),
    _("같은 연락처로는 하루에 {value}까지 받습니다."),
    least=1, most=1_000,
)  # fmt: skip
GATE_FLOOD = own.number(
    "gate_flood", 200, _("건"), _("제출이 몰린 것으로 보는 건수"),
    _("모든 네트워크에서 10분에 {value} 이상 들어오면 보내기 전에 기다리거나 브라우저가 계산하게 합니다."),
    least=20, most=100_000,
)  # fmt: skip
GATE_WAIT = own.number(
    "gate_wait", 60, _("초"), _("제출이 몰릴 때 기다리는 시간"),
    _("제출이 몰릴 때 계산하지 않는 브라우저는 화면을 연 지 {value}가 지나야 보낼 수 있습니다."),
    least=5, most=600,
)  # fmt: skip
GATE_BITS = own.number(
    "gate_bits", 15, _("비트"), _("제출이 몰릴 때 브라우저가 하는 계산"),
    _("제출이 몰릴 때 브라우저는 {value}의 계산을 합니다. 1이 늘면 두 배 오래 걸립니다."),
    least=8, most=24,
)  # fmt: skip
