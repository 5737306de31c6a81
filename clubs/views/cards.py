"""What stands on a club's page of its papers, money and best contributors; small tables of a report's page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import date_weekday, number, won
from clubs.documents_reports import chair_label
from clubs.enums import BEST_TONES, REPORT_TONES, SUPPORT_TONES, ClubState, ReportState
from clubs.models import Best, Club, Report, Support
from clubs.selectors.meeting import Held
from clubs.selectors.papers import Money, bests_of, money_in, reports_of, supports_of
from core.cells import Cell, due_cell
from core.components import Share, shares
from core.permissions import can
from mileage.rules import amount_text
from organization.views.tables import table

NEWEST = 6  # on the club's page; the lists have all


def papers_of(user: Any, club: Club) -> dict[str, Any]:
    """`reports`, `supports`, `bests` are tables or None, each with its list behind it; money for who sees supports."""
    reports, bests = sorted(reports_of(club), key=_owed_first), bests_of(club)
    member = can(user, "clubs.write", club)
    supports = supports_of(club)
    money = money_in(club, supports)  # who sees one of them sees all
    sees_money = member or bool(supports) or can(user, "clubs.see_budget")
    query = f"?club={club.pk}&show=all"
    return {
        "reports": report_table(reports[:NEWEST]) if reports else None,
        "reports_url": f"{reverse('clubs:reports')}{query}" if reports else "",
        "supports": support_table(supports[:NEWEST]) if supports else None,
        "supports_url": f"{reverse('clubs:supports')}{query}" if supports else "",
        "support_new": reverse("clubs:club_support_new", args=[club.pk])
        if member and club.state == ClubState.ACTIVE and money.left > 0
        else "",
        "money": money if sees_money else None,
        "money_bar": money_bar(money) if sees_money and money.allotment else None,
        "bests": best_table(bests) if bests else None,
    }


def _owed_first(report: Report) -> tuple[bool, int]:
    """What is due the longest, then the newest of the others."""
    owed = report.state == ReportState.DUE
    return not owed, report.due_on.toordinal() * (1 if owed else -1)


def money_bar(money: Money) -> list[Share]:
    return shares(
        [
            (_("정산"), money.spent, won(money.spent)),
            (_("예정"), money.reserved, won(money.reserved)),
            (_("남음"), max(0, money.left), won(max(0, money.left))),
        ]
    )


def report_table(reports: Sequence[Report]) -> dict[str, Any]:
    heads = [_("보고서"), _("상태"), _("기한"), _("시상")]
    rows: list[list[Cell | str]] = [
        [
            Cell(f"{one.period_label} {one.get_kind_display()}", url=one.get_absolute_url()),
            Cell(one.get_state_display(), tone=REPORT_TONES[one.state]),
            due_cell(one.due_on) if one.state == ReportState.DUE else date_weekday(one.sent_on or one.due_on),
            one.grade or "–",
        ]
        for one in reports
    ]
    return table(_("동아리 보고서"), heads, rows)


def support_table(supports: Sequence[Support]) -> dict[str, Any]:
    heads = [_("내용"), _("상태"), _("사용일"), _("금액(원)")]
    rows: list[list[Cell | str]] = [
        [
            Cell(one.title, url=one.get_absolute_url(), sub=str(one.get_purpose_display())),
            Cell(one.get_state_display(), tone=SUPPORT_TONES[one.state]),
            date_weekday(one.day),
            number(one.taken or one.amount),
        ]
        for one in supports
    ]
    return table(_("동아리 지원"), heads, rows, right=(3,))


def best_table(bests: Sequence[Best]) -> dict[str, Any]:
    heads = [_("분임"), _("최고 기여자"), _("상태"), _("추천 기한")]
    rows: list[list[Cell | str]] = [
        [
            Cell(one.team_name or str(one.club), url=one.get_absolute_url()),
            one.seat.user.name if one.seat else "–",
            Cell(one.get_state_display(), tone=BEST_TONES[one.state]),
            date_weekday(one.due_on),
        ]
        for one in bests
    ]
    return table(_("최고 기여자"), heads, rows)


def meeting_table(held: Held) -> dict[str, Any] | None:
    """Nothing of it is typed."""
    heads = [_("일시"), _("모임"), _("장소"), _("참석"), _("인정 시간"), _("사진(장)")]
    rows: list[list[Cell | str]] = [
        [
            Cell(one.when, url=one.session.get_absolute_url()),
            str(one.session.get_sort_display()),
            one.session.place,
            _("%(came)d명 / %(all)d명") % {"came": len(one.came), "all": len(one.people)},
            amount_text(one.hours) if one.stands else _("확정 전"),
            number(len(one.pictures)),
        ]
        for one in held.met
    ]
    return table(_("모임"), heads, rows, right=(3, 4, 5)) if rows else None


def people_table(held: Held) -> dict[str, Any] | None:
    heads = [_("소속·직위·성명"), _("직책"), _("분임"), _("참석 / 모임"), _("인정 시간")]
    rows: list[list[Cell | str]] = [
        [
            one.label,
            chair_label(one.chair),
            number(one.team) if one.team else "–",
            f"{one.came} / {one.of}",
            amount_text(one.hours),
        ]
        for one in held.people
    ]
    return table(_("참석과 인정 시간"), heads, rows, right=(3, 4)) if rows else None
