"""Policy values of the intake of workbooks (B2)."""

from django.utils.translation import gettext_lazy as _

from policies.registry import Policies

own = Policies("imports", _("엑셀 등록"))

KEPT_DAYS = own.number(
    "kept_days", 30, _("일"), _("쓰던 엑셀 등록을 두는 기간"),
    _("올리고 저장하지 않은 파일은 손댄 지 {value}이 지나면 지웁니다."),
    least=1, most=365,
)  # fmt: skip
UNDO_HOURS = own.number(
    "undo_hours", 24, _("시간"), _("엑셀 등록을 통째로 되돌릴 수 있는 시간"),
    _("저장한 엑셀 등록은 {value} 안에 통째로 되돌릴 수 있습니다(0이면 되돌릴 수 없습니다)."),
    least=0, most=720,
)  # fmt: skip
