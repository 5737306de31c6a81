"""What pages read of calls (P4)."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import date_weekday
from core.components import Badge
from core.now import today
from proposals.enums import CallState, Kind
from proposals.models import Call, Proposal

FEW = 3  # on the home page
TONES = {CallState.ASKED: "info", CallState.WITHDRAWN: "warning"}


def open_calls(kind: str = Kind.CITIZEN) -> list[Call]:
    """Those that may be answered now, the first to close first; what is always open comes last."""
    rows = Call.objects.open_on(today()).for_kind(kind).select_related("department")
    return sorted(rows, key=lambda call: (call.closes_on is None, call.closes_on or call.opens_on, call.pk))


def all_calls() -> list[tuple[Any, Sequence[Call]]]:
    """What everybody may read, by how it stands: open, to come, closed."""
    day = today()
    rows = list(Call.objects.out().for_kind(Kind.CITIZEN).select_related("department"))
    coming = sorted((call for call in rows if call.opens_on > day), key=lambda call: call.opens_on)
    closed = [call for call in rows if call.is_closed]
    groups = [
        (_("받고 있는 공모"), open_calls()),
        (_("앞으로 열릴 공모"), coming),
        (_("마감한 공모"), closed),
    ]
    return [(label, found) for label, found in groups if found]


def badge_of(call: Call) -> Badge:
    """How it stands today, in words."""
    if not call.is_out:
        return Badge(call.get_state_display(), TONES.get(CallState(call.state), "neutral"))
    if call.is_closed:
        return Badge(_("마감"))
    if call.opens_on > today():
        return Badge(_("곧 시작"), "info")
    if call.closes_on is None:
        return Badge(_("늘 받음"), "success")
    left = (call.closes_on - today()).days
    return Badge(_("오늘 마감"), "warning") if left == 0 else Badge(f"D-{left}", "success")


def where_now(call: Call) -> str:
    """In one sentence: whether one may answer it, and until when."""
    if call.state == CallState.WITHDRAWN:
        return _("거둔 공모입니다. 더 받지 않습니다.")
    if call.opens_on > today():
        return _("%(day)s부터 받습니다.") % {"day": date_weekday(call.opens_on)}
    if call.closes_on is None:
        return _("늘 받고 있습니다.")
    if call.is_closed:
        return _("%(day)s에 마감했습니다. 지금 쓰는 제안은 일반 제안으로 접수됩니다.") % {
            "day": date_weekday(call.closes_on)
        }
    return _("%(day)s까지 받습니다.") % {"day": date_weekday(call.closes_on)}


def facts_of(call: Call) -> list[tuple[Any, Any]]:
    result = [date_weekday(call.result_on) if call.result_on else "", call.result_place]
    facts = [
        (_("공모 종류"), call.get_kind_display()),
        (_("낼 수 있는 사람"), call.get_audience_display()),
        (_("기간"), call.days),
        (_("분야"), call.get_field_display()),
        (_("시상 내용"), call.prize),
        (_("결과 발표"), " · ".join(filter(None, result))),
        (_("담당 부서"), str(call.department)),
    ]
    return [(label, value) for label, value in facts if value]


def answers_to(call: Call) -> Any:
    """What came for it and may be known."""
    return Proposal.objects.public().filter(call=call).order_by("-received_at", "-pk")
