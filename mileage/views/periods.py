"""The switch of periods that statements and summaries share: month, quarter, half, year, all."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.periods import Period, PeriodKind, containing, parse
from core.now import today
from core.page import BaseView

ALL = "all"


class Periods(BaseView):
    """`period` from the address (None: all there ever was), else the one of `default_kind` that the page opens on."""

    kinds: ClassVar[Sequence[PeriodKind]] = (
        PeriodKind.MONTH,
        PeriodKind.QUARTER,
        PeriodKind.HALF,
        PeriodKind.YEAR,
    )
    default_kind: ClassVar[PeriodKind] = PeriodKind.YEAR

    @cached_property
    def period(self) -> Period | None:
        if self.request.GET.get("period") == ALL:
            return None
        if (found := self.asked) is None:
            return self.opening()
        return found if found.kind in self.kinds else containing(found.end, self.default_kind)

    @cached_property
    def asked(self) -> Period | None:
        """What the address names, if it names a period that can be read."""
        try:
            return parse(self.request.GET.get("period", ""))
        except Rejected:
            return None

    @property
    def current(self) -> Period:
        return containing(today(), self.default_kind)

    def opening(self) -> Period:
        """What is shown when nothing is asked for. A page that can be empty now opens where there is something."""
        return self.current

    @property
    def opened_earlier(self) -> bool:
        """Whether another period than the current one is shown without having been asked for."""
        return self.period not in (None, self.current) and self.asked is None

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
            **self.why_earlier(),
        }

    def why_earlier(self) -> dict[str, str]:
        """That the period shown is not the current one, and the way there."""
        if not self.opened_earlier:
            return {"note": "", "current_label": "", "current_url": ""}
        words = {"current": self.current.label, "shown": self.period_label}
        return {
            "note": _("%(current)s에는 기록이 없어, 기록이 있는 가장 최근 기간(%(shown)s)을 보여 드립니다.")
            % words,
            "current_label": _("%(period)s 보기") % {"period": self.current.label},
            "current_url": self.period_url(self.current.key),
        }


def with_query(path: str, **params: Any) -> str:
    """The address of the rows behind a figure; what is None is no condition."""
    given = {name: value for name, value in params.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path
