"""What is told to whom. Every text is in the office's language, whoever acts."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.official import in_office_language
from mileage.models import Ranking, RankingRow
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
            title=_("%(title)s 시상을 준비해 주세요(%(count)d명).")
            % {"title": ranking.title, "count": len(rows)},
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
