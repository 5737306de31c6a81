"""What of a new value deserves a second look (I4): a sum that falls, a jump."""

from decimal import Decimal

from django.utils.translation import gettext as _

from basis.formats import number
from core.now import today
from incentives.models import Indicator, Value
from incentives.policies import JUMP


def doubt(indicator: Indicator, before: Value | None, value: Decimal) -> str:
    """The question to ask; "" where there is none. `before`: the last value known."""
    if before is None:
        return ""
    last, most = before.value, JUMP.on(today())
    told = {"before": number(last.normalize()), "value": number(value.normalize()), "times": most}
    if indicator.cumulative and value < last:
        return _("누계 실적이 %(before)s에서 %(value)s(으)로 줄었습니다. 맞는지 확인해 주세요.") % told
    low, high = sorted((abs(last), abs(value)))
    if low and high > low * most:
        return (
            _("실적이 %(before)s에서 %(value)s(으)로 %(times)s배 넘게 달라졌습니다. 맞는지 확인해 주세요.")
            % told
        )
    return ""
