"""Leave and commendations of a year reckoned over all its results together, each exclusion in words (I8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.now import today
from incentives.enums import Behind, Tier
from incentives.models import Result, Reward
from incentives.policies import COMMENDED, LEAVE
from incentives.reckoning import merit
from incentives.reckoning.bonus import Tier as Grade


@dataclass(frozen=True)
class Line:
    """One person behind one result, and what they get for it."""

    reward: Reward
    days: int
    commended: bool
    why: str
    why_not_commended: str
    instead_of: str = ""

    @property
    def counts(self) -> bool:
        return bool(self.days or self.commended)


def scale_on(day: date) -> merit.Scale:
    def key(pair: tuple[str, str]) -> tuple[merit.Part, Grade]:
        return merit.Part(pair[0]), Grade(pair[1])

    return merit.Scale(
        {key(pair): policy.on(day) for pair, policy in LEAVE.items()},
        {key(pair): policy.on(day) for pair, policy in COMMENDED.items()},
    )


def tier_of(result: Result) -> str:
    """The one that planning chose where the plan says none."""
    payout = getattr(result, "payout", None)
    return result.tier or (payout.choice_tier if payout else "")


def day_of(year: int) -> date:
    """Whose values hold for a year: the last of it that there was."""
    return min(today(), date(year, 12, 31))


def people_of(year: int) -> list[Reward]:
    """Everybody behind a result of the year, result by result."""
    rows = Reward.objects.filter(result__division__project__year=year)
    rows = rows.select_related("result__payout", "result__division__project", "user__department", "award")
    return list(rows.order_by("result__number", "result", "place", "pk"))


def lines_of(year: int, people: Sequence[Reward] | None = None) -> list[Line]:
    """What each would get now."""
    found = people_of(year) if people is None else list(people)
    graded = [one for one in found if tier_of(one.result)]
    rows = [_behind(one) for one in graded]
    reckoned = merit.rewards(rows, scale_on(day_of(year)))
    by_key = {one.pk: result for one, result in zip(graded, reckoned, strict=True)}
    names = {one.user_id: one.label for one in found}
    return [_line(one, by_key.get(one.pk), names) for one in found]


def _behind(one: Reward) -> merit.Behind:
    tier = Grade(tier_of(one.result))
    return merit.Behind(one.result_id, tier, one.user_id, merit.Part(one.part), one.place, one.known)


def _line(one: Reward, found: merit.Reward | None, names: Mapping[int, str]) -> Line:
    if found is None:
        why = _("평가 결과의 급이 정해지지 않았습니다.")
        return Line(one, 0, False, why, why)
    instead = names.get(found.instead_of, "") if found.instead_of else ""
    return Line(
        one,
        found.days,
        found.commended,
        _said(found.leave_why, one),
        _said(found.commended_why, one, commended=True),
        instead,
    )


def _said(why: merit.Why | None, one: Reward, *, commended: bool = False) -> str:
    """Why not, in a sentence."""
    if why is None:
        return ""
    if why is merit.Why.HIGHER_WIN:
        return _("같은 해 다른 결과의 상위 등급 한 건으로 받습니다.")
    if why is merit.Why.BY_EVALUATOR:
        return _("평가기관에서 표창을 받았거나 받을 예정입니다.")
    part, tier = Behind(one.part).label, Tier(tier_of(one.result)).label
    text = (
        _("%(part)s: %(tier)s 결과에는 표창을 추천하지 않습니다.")
        if commended
        else _("%(part)s: %(tier)s 결과에는 휴가가 없습니다.")
    )
    return text % {"part": part, "tier": tier}
