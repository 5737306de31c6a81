"""Figures of leaks (D7): 개인정보 보호법 34, 시행령 39·40."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policies

own = Policies("leaks", _("개인정보 유출"))
LAW = _("개인정보 보호법 제34조, 시행령 제39조·제40조")

HOURS = own.number(
    "hours", 72, _("시간"), _("유출 통지·신고 기한"),
    _("개인정보가 유출된 것을 안 때부터 {value} 안에 정보주체에게 알리고 신고합니다."),
    least=1, most=72, source=LAW,
)  # fmt: skip
MANY = own.number(
    "many", 1_000, _("명"), _("신고해야 하는 유출 인원"),
    _("{value} 이상의 개인정보가 유출되면 개인정보보호위원회나 한국인터넷진흥원에 신고합니다."),
    least=1, most=1_000, source=LAW,
)  # fmt: skip
HOME_DAYS = own.number(
    "home_days", 30, _("일"), _("유출 누리집 공지 기간"),
    _("연락처를 모르는 사람에게는 누리집에 {value} 이상 알립니다."),
    least=30, most=365, source=LAW,
)  # fmt: skip
REMIND = own.hours_before(
    "remind", [24, 0], _("유출 통지·신고 알림"),
    _("통지·신고 기한 {value}에 담당자에게 알립니다(0은 기한이 된 때). 밤과 휴일에도 알립니다."),
)  # fmt: skip
KEPT = own.number(
    "kept", 3, _("년"), _("유출 명단 보관 기간"),
    _("유출 건을 마치고 {value}이 지나면 관련된 사람의 명단과 보낸 안내의 내용을 파기합니다."),
    least=1, most=10,
)  # fmt: skip
