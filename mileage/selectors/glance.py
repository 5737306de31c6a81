"""One's own points in two lines for the first page (R5, M6)."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.periods import Period, PeriodKind, containing
from core.now import today
from core.permissions import can
from mileage.enums import Scheme
from mileage.rules import amount_text
from mileage.selectors.statement import standing
from notifications.todo import Fact, Facts

_BARS = "▁▂▃▄▅▆▇█"


def bars(amounts: Sequence[int]) -> str:
    """`▂▃█`: the months beside each other; the numbers stand elsewhere."""
    highest = max(amounts, default=0)
    if highest <= 0:
        return ""
    return "".join(_BARS[max(0, amount) * (len(_BARS) - 1) // highest] for amount in amounts)


def facts(user: Any) -> Facts | None:
    """This quarter's creativity points by month, this year's learning hours: one query."""
    if not can(user, "mileage.own"):
        return None
    day = today()
    quarter, year = containing(day, PeriodKind.QUARTER), containing(day, PeriodKind.YEAR)
    months = [Period(PeriodKind.MONTH, day.year, quarter.start.month + n) for n in range(3)]
    found = standing(user, [quarter.key, year.key, *(month.key for month in months)])
    creativity, learning = Scheme.CREATIVITY, Scheme.LEARNING
    return Facts(
        _("나의 마일리지"),
        [
            Fact(
                _("이번 분기 창의마일리지"),
                amount_text(found.total(creativity, quarter.key), creativity),
                f"{reverse('mileage:statement')}?period={quarter.key}",
                bars([found.total(creativity, month.key) for month in months]),
            ),
            Fact(
                _("올해 상시학습"),
                amount_text(found.total(learning, year.key), learning),
                f"{reverse('mileage:statement_of', args=[learning])}?period={year.key}",
            ),
        ],
        _("내역 보기"),
        reverse("mileage:statement"),
    )
