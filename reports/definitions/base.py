"""What a report is: a name, its kinds of periods, when it is due, and how its document is made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from basis.documents.model import Document
from basis.errors import Rejected
from basis.periods import Period, PeriodKind
from core.office import office_name
from organization.enums import DepartmentRole
from organization.models import Department


@dataclass(frozen=True)
class Definition:
    """`due_on(period)` is the day it is made by itself, None for never; `build(period, as_of)` counts anew.

    `worth(period)`: whether there is anything to tell; the schedule makes no empty paper, people may ask for one."""

    slug: str
    label: Any
    kinds: tuple[PeriodKind, ...]
    due_on: Callable[[Period], date | None]
    build: Callable[[Period, date], Document]
    worth: Callable[[Period], bool] = lambda period: True

    def title(self, period: Period) -> str:
        """`2015년 벤치마킹 결과분석`."""
        return f"{period.label} {self.label}"

    def check(self, period: Period) -> None:
        """Rejected when there is no such report."""
        if period.kind not in self.kinds:
            kinds = ", ".join(str(kind.label) for kind in self.kinds)
            raise Rejected(
                _("‘%(label)s’ 보고서는 %(kinds)s 단위로 만듭니다. 기간을 바꿔 주세요.")
                % {"label": self.label, "kinds": kinds},
                field="period",
            )

    def document(self, period: Period, as_of: date) -> Document:
        """The document with the figures of this moment. Official papers are Korean whoever asks."""
        self.check(period)
        with translation.override(settings.LANGUAGE_CODE):
            return self.build(period, as_of)


def month_day_after(text: str, day: date) -> date:
    """The first `07-01` on or after the day."""
    month, number = map(int, text.split("-"))
    found = date(day.year, month, number)
    return found if found >= day else date(day.year + 1, month, number)


def middle(period: Period) -> date:
    """Releases fall into the second half of their period or later."""
    return period.start + (period.end - period.start) / 2


def office() -> str:
    """Who reports: `한빛구청 기획예산과`."""
    planning = Department.objects.filter(role=DepartmentRole.PLANNING).order_by("-valid_to", "pk").first()
    return f"{office_name()} {planning.name if planning else ''}".strip()
