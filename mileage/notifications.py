"""What is told to whom. Every text is in the office's language, whoever acts."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from basis.formats import counted, date_weekday
from basis.official import in_office_language
from mileage import catalogue
from mileage.enums import RequestState
from mileage.models import Entry, Ranking, RankingRow, Request
from mileage.rules import amount_text
from mileage.selectors.requests import others
from notifications.services import Line, notify
from organization.enums import Role
from organization.models import User
from organization.selectors import holders_of, leaders_of


@in_office_language
def drafted(rankings: Sequence[Ranking]) -> None:
    """Planning confirms them; the to-do is there too, so no mail."""
    planners = holders_of(Role.PLANNING) if rankings else []
    for ranking in rankings:
        notify(
            "mileage.drafted",
            planners,
            title=_("%(title)s 초안이 만들어졌습니다. 확인하고 확정해 주세요.") % {"title": ranking.title},
            url=ranking.get_absolute_url(),
            key=f"ranking_drafted:{ranking.pk}",
            mail=False,
        )


@in_office_language
def chosen(ranking: Ranking, rows: Sequence[RankingRow]) -> None:
    """The winners by notice and mail, once per confirmation; planning is reminded of the prizes."""
    for row in rows:
        notify(
            "mileage.chosen",
            _people(row),
            title=_("축하합니다. %(title)s에 선정되었습니다.") % {"title": ranking.title},
            body=ranking.contest.prize_text(ranking.prize),
            url=ranking.get_absolute_url(),
            key=f"ranking_chosen:{ranking.pk}:{ranking.version}:{row.pk}",
        )
    if ranking.prize:
        notify(
            "mileage.prizes",
            holders_of(Role.PLANNING),
            title=_("%(title)s 시상을 준비해 주세요(%(count)s).")
            % {"title": ranking.title, "count": counted(len(rows), _("명"))},
            url=ranking.get_absolute_url(),
            key=f"ranking_prizes:{ranking.pk}:{ranking.version}",
            lines=[
                Line(row.label, ranking.contest.prize_text(ranking.prize), ranking.get_absolute_url())
                for row in rows
            ],
            mail=False,
        )


@in_office_language
def cancelled(ranking: Ranking, rows: Sequence[RankingRow], reason: str) -> None:
    for row in rows:
        notify(
            "mileage.cancelled",
            _people(row),
            title=_("%(title)s 확정이 취소되었습니다.") % {"title": ranking.title},
            body=reason,
            key=f"ranking_cancelled:{ranking.pk}:{ranking.version}:{row.pk}",
        )


def _people(row: RankingRow) -> list[User]:
    """The person, or who leads the department."""
    return [row.user] if row.user else leaders_of(row.department_id)


@in_office_language
def requested(request: Request) -> None:
    notify(
        "mileage.requested",
        others(request),
        title=_("%(kind)s 확인 요청: %(title)s")
        % {"kind": request.get_kind_display(), "title": request.title},
        body=request.reason,
        url=request.get_absolute_url(),
        key=f"mileage-request:{request.pk}",
        personal=True,
    )


@in_office_language
def decided(request: Request, reason: str) -> None:
    done = request.state == RequestState.CONFIRMED
    text = (
        _("%(kind)s 요청이 확인되었습니다: %(title)s")
        if done
        else _("%(kind)s 요청이 반려되었습니다: %(title)s")
    )
    notify(
        "mileage.decided",
        [request.requested_by],
        title=text % {"kind": request.get_kind_display(), "title": request.title},
        body=reason,
        url=request.get_absolute_url(),
        key=f"mileage-decided:{request.pk}",
        personal=True,
    )


@in_office_language
def posted(entries: Iterable[Entry], reason: str) -> None:
    """Each receiver: what was entered or taken back, and why."""
    for entry in entries:
        account = entry.account
        amount = amount_text(entry.amount, account.scheme)
        words = {"scheme": account.get_scheme_display(), "amount": amount, "title": entry.title}
        text = (
            _("%(scheme)s 기록이 취소되었습니다(%(amount)s): %(title)s")
            if entry.reverses_id
            else _("%(scheme)s %(amount)s 등록: %(title)s")
        )
        notify(
            "mileage.posted",
            [account.user],
            title=text % words,
            body=_("%(day)s · %(rule)s · 사유: %(reason)s")
            % {
                "day": date_weekday(entry.day),
                "rule": catalogue.rule_of(entry.rule).label,
                "reason": reason,
            },
            url=entry.get_absolute_url(),
            key=f"mileage-posted:{entry.pk}",
            personal=True,
        )
