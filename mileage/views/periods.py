"""The switch of periods that statements and summaries share: month, quarter, half, year, all."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.errors import Rejected
from core.now import today
from core.periods import Period, PeriodKind, containing, parse
from core.views.base import BaseView

ALL = "all"


class Periods(BaseView):
    """`period` from the address (None: all there ever was), else that of `default_kind` today."""

    kinds: ClassVar[Sequence[PeriodKind]] = (
        PeriodKind.MONTH,
        PeriodKind.QUARTER,
        PeriodKind.HALF,
        PeriodKind.YEAR,
    )
    default_kind: ClassVar[PeriodKind] = PeriodKind.YEAR

    @cached_property
    def period(self) -> Period | None:
        text = self.request.GET.get("period", "")
        if text == ALL:
            return None
        try:
            found = parse(text)
        except Rejected:  # nothing, or nothing that can be read
            return containing(today(), self.default_kind)
        return found if found.kind in self.kinds else containing(found.end, self.default_kind)

    @property
    def period_label(self) -> str:
        return self.period.label if self.period else _("전체 기간")

    def period_url(self, key: str) -> str:
        params = self.request.GET.copy()
        for name in ("page", "export", "format", "period"):
            params.pop(name, None)
        params["period"] = key
        return f"{self.request.path}?{params.urlencode()}"

    def switch(self) -> dict[str, Any]:
        """What mileage/periods.html places."""
        shown, day = self.period, today()
        near = min(shown.end, day) if shown else day
        kinds = [
            (
                kind.label,
                self.period_url(containing(near, kind).key),
                shown is not None and shown.kind == kind,
            )
            for kind in self.kinds
        ]
        return {
            "label": self.period_label,
            "dates": shown.dates if shown else "",
            "before": self.period_url(shown.previous().key) if shown else "",
            "after": self.period_url(shown.next().key) if shown and shown.end < day else "",
            "kinds": [*kinds, (_("전체"), self.period_url(ALL), shown is None)],
        }


def with_query(path: str, **params: Any) -> str:
    """The address of the rows behind a figure; what is None is no condition."""
    given = {name: value for name, value in params.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path
