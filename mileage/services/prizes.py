"""What a confirmed ranking gives its winners, as awards, and what follows from handing them over (M5, A5)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from awards.enums import Receiver
from awards.models import Award
from awards.services.gifts import Gift
from awards.services.handing import said
from awards.sockets import Follower
from basis.official import in_office_language
from core.now import today
from core.transition import record
from mileage.models import Given, Ranking, RankingRow
from mileage.policies import PRIZES_FROM_PURSE


@in_office_language
def gifts_of(ranking: Ranking, winners: Iterable[RankingRow]) -> list[Gift]:
    """One for each winner, by the figures that the ranking was made with."""
    contest, day = ranking.contest, today()
    return [
        Gift(
            key=f"mileage.ranking:{ranking.pk}:{ranking.confirmed_version}:{row.pk}",
            title=contest.label,
            grade="",
            thing=row,
            work=ranking.title,
            decided_on=day,
            decision=_("%(title)s 확정") % {"title": ranking.title},
            receiver=Receiver.DEPARTMENT if row.user is None else Receiver.STAFF,
            user=row.user,
            department=row.department,
            amount=ranking.prize,
            other=str(contest.prize_name) if ranking.prize else "",
            kind=_("마일리지 순위"),
            period=ranking.span.label,
            from_purse=PRIZES_FROM_PURSE.on(day),
        )
        for row in winners
    ]


class Winners(Follower):
    """As long as a prize has been handed over, its ranking stays confirmed; its own page tells of it too."""

    model = RankingRow

    def handed(self, award: Award, *, actor: Any) -> None:
        row = self._row(award)
        Given.objects.create(row=row, award=award)
        record(row.ranking, "give", actor=actor, data=said(award))

    def taken_back(self, award: Award, *, reason: str, actor: Any) -> None:
        Given.objects.filter(award=award).delete()
        record(self._row(award).ranking, "take_back", actor=actor, reason=reason)

    def revoked(self, award: Award, *, reason: str, actor: Any) -> None:
        """The points of the ranking are the person's own and stay; only the prize is gone."""
        record(self._row(award).ranking, "revoke", actor=actor, reason=reason, data={"to": award.who})

    def page_of(self, award: Award) -> str:
        return self._row(award).ranking.get_absolute_url()

    def _row(self, award: Award) -> RankingRow:
        return RankingRow.objects.select_related("ranking").get(pk=award.object_id)
