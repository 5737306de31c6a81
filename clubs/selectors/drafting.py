"""What a report begins with: of a month its meetings, of longer periods the reports of their months (C2)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from clubs.enums import ReportKind, ReportState
from clubs.models import Report
from clubs.selectors.meeting import of_report, said, written_of
from meetings.enums import DecisionState

DRAFTED = ("title", "done", "findings", "next")


def drafted(report: Report) -> dict[str, str]:
    """Text by field, cut to what each may hold."""
    found = _of_month(report) if report.kind == ReportKind.MONTH else _of_months(report)
    found["title"] = f"{report.period_label} {report.get_kind_display()}"
    return {name: cut(text, _most(name)) for name, text in found.items()}


def _most(name: str) -> int:
    field: Any = Report._meta.get_field(name)
    return int(field.max_length)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _of_month(report: Report) -> dict[str, str]:
    held = of_report(report)
    open_ = [
        one
        for met in held.met
        for one in met.decisions
        if one.state in (DecisionState.DRAFT, DecisionState.OPEN)
    ]
    return {
        "done": "\n\n".join(written_of(one) for one in held.met),
        "next": "\n".join(f"○ {said(one)}" for one in open_),
    }


def _of_months(report: Report) -> dict[str, str]:
    months = list(months_of(report))
    last = months[-1].next if months else ""
    return {
        "done": _joined(months, "done"),
        "findings": _joined(months, "findings"),
        "next": last if report.kind == ReportKind.HALF else "",
    }


def _joined(months: Iterable[Report], name: str) -> str:
    parts = [(one.period_label, getattr(one, name)) for one in months]
    return "\n\n".join(
        _("□ %(month)s\n%(text)s") % {"month": label, "text": text} for label, text in parts if text
    )


def months_of(report: Report) -> list[Report]:
    """The reports of its months that were sent, in order."""
    rows = report.club.reports.filter(kind=ReportKind.MONTH, state=ReportState.SENT).order_by("period")
    first, last = report.span.days
    return [one for one in rows if first <= one.span.start <= last]
