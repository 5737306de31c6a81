"""Days of a record that may be known only by their month or year (N1)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from basis.days import Day, Precision
from basis.formats import date_weekday


def day_text(value: date | None, precision: str | None = None) -> str:
    """`2015. 3. 5.(목)`, of what is known by month or year alone `2015. 3.`, `2015.`"""
    if value is None:
        return ""
    known = Precision(precision or Precision.DAY)
    return date_weekday(value) if known == Precision.DAY else str(Day(value, known))


class Dated(models.Model):
    """`inexact` names the days of which only the month or the year is known, with which of them."""

    inexact: Any = models.JSONField(_("월이나 연도만 아는 날"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def set_days(self, days: Mapping[str, Day | None]) -> None:
        """Each under the name of its field."""
        for name, day in days.items():
            setattr(self, name, day and day.date)
            self.inexact.pop(name, None)
            if day and day.precision != Precision.DAY:
                self.inexact[name] = str(day.precision)

    def day(self, name: str) -> Day | None:
        """The day in this field with what is known of it."""
        found = getattr(self, name)
        return found and Day(found, Precision(self.inexact.get(name, Precision.DAY)))

    def day_text(self, name: str) -> str:
        """The day in this field as exactly as it is known; nothing where there is none."""
        return day_text(getattr(self, name), self.inexact.get(name))

    def day_value(self, name: str) -> date | str | None:
        """For papers and files: a date, or the words for what is less than one."""
        return self.day_text(name) if name in self.inexact else getattr(self, name)
