"""What planning says of a pattern."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from basis.periods import Period, PeriodKind, containing
from core.forms import Form, ReasonForm
from mileage.models import Entry
from mileage.rules import amount_text

MONTHS, QUARTERS, YEARS = 12, 8, 3  # offered back from today


def periods(day: date) -> list[Period]:
    found = []
    for kind, count in ((PeriodKind.QUARTER, QUARTERS), (PeriodKind.MONTH, MONTHS), (PeriodKind.YEAR, YEARS)):
        period = containing(day, kind)
        for _turn in range(count):
            found.append(period)
            period = period.previous()
    return found


class PeriodForm(Form):
    period = forms.ChoiceField(label=_("기간"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["period"]
        field.choices = [(one.key, one.label) for one in periods(day)]


class TakeBackForm(ReasonForm):
    entries = forms.TypedMultipleChoiceField(
        label=_("되돌릴 점수"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("entries", "reason")

    def __init__(self, *args: Any, entries: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["entries"]
        field.choices = [(entry.pk, said(entry)) for entry in entries]


def said(entry: Entry) -> str:
    """`홍길동 · 2026. 9. 14. · 조회한 글 · 0.5점`."""
    account = entry.account
    day = f"{entry.day.year}. {entry.day.month}. {entry.day.day}."
    return f"{account.user.name} · {day} · {entry.title} · {amount_text(entry.amount, account.scheme)}"


class RevokeForm(ReasonForm):
    archive = forms.BooleanField(
        label=_("지식도 보관하기"), required=False, help_text=_("목록과 검색에 나오지 않습니다.")
    )
    field_order = ("reason", "archive")
