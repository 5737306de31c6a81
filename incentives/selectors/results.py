"""A result as its page and papers show it: money, bonus line by line, others' results (I6, I7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import number, won
from incentives.enums import Role, Tier
from incentives.models import Payout, Prize, Result, Share
from incentives.policies import BONUS_PERCENT, BONUS_UNIT, FIXED
from incentives.reckoning import bonus as reckoning
from incentives.reckoning.bonus import Bonus, Choice, Money, Rates, Source, Why, Won

CAME_IN = (Why.SHARE, Why.SHARE_WITHOUT_SUBSIDY)


def rates_on(day: date) -> Rates:
    """The office's values of the day on which the result was made known."""
    fixed = {reckoning.Tier(tier): policy.on(day) for tier, policy in FIXED.items()}
    return Rates(BONUS_PERCENT.on(day), fixed, BONUS_UNIT.on(day))


def won_of(result: Result, payout: Payout | None = None, *, received_by: date | None = None) -> Won:
    """As the reckoning takes it. One of an earlier year that was taken in counts as told: nobody knows any more.
    `received_by`: only money that had come in by then."""
    prizes = [one for one in result.prizes.all() if received_by is None or _came(one, received_by)]
    chosen = payout.choice if payout else ""
    tier = (payout.choice_tier if payout else "") or result.tier
    division = result.division
    return Won(
        Source(division.project.kind),
        reckoning.Tier(tier) if tier else None,
        [(Money(one.money), one.amount) for one in prizes],
        notified=division.notified_on is not None or is_past(payout),
        choice=Choice(chosen) if chosen else None,
    )


def is_past(payout: Payout | None) -> bool:
    return payout is not None and payout.past


def _came(prize: Prize, day: date) -> bool:
    return prize.received_on is not None and prize.received_on <= day


def bonus_of(result: Result, payout: Payout | None = None, *, received_by: date | None = None) -> Bonus:
    won_ = won_of(result, payout, received_by=received_by)
    return reckoning.bonus(won_, rates_on(result.decided_on))


def prize_of(result: Result) -> int:
    return sum(one.amount for one in result.prizes.all())


def is_settled(result: Result) -> bool:
    """Whether the plan itself says what the bonus is."""
    return bonus_of(result, _without_choice(result)).amount is not None


def _without_choice(result: Result) -> Payout | None:
    payout = getattr(result, "payout", None)
    return Payout(past=payout.past) if payout is not None else None


def explain(result: Result, payout: Payout | None) -> list[tuple[str, str]]:
    """Label and words of each step from the prize to the bonus."""
    day, found = result.decided_on, bonus_of(result, payout)
    rates, given = rates_on(day), won_of(result, payout)
    lines = [(_("평가 구분"), str(result.division.project.get_kind_display()))]
    if given.prize:
        kinds = ", ".join(f"{one.get_money_display()} {won(one.amount)}" for one in result.prizes.all())
        lines.append((_("수상금"), kinds))
    else:
        lines.append((_("수상금"), _("없음")))
    lines.append((_("급"), str(Tier(given.tier).label) if given.tier else _("정해지지 않음")))
    if is_past(payout):
        lines.append((_("평가계획 통보"), _("지난 결과로 가져와 통보한 것으로 봄")))
    lines.append((_("산정 기준"), _rule(found, rates, given)))
    if found.why in CAME_IN:
        exact = found.eligible * rates.percent // 100
        lines.append(
            (
                _("계산"),
                _("%(eligible)s × %(percent)s%% = %(exact)s")
                % {"eligible": won(found.eligible), "percent": number(rates.percent), "exact": won(exact)}
                + (
                    " → "
                    + _("%(unit)s 아래를 버리면 %(amount)s")
                    % {"unit": won(rates.unit), "amount": won(found.amount or 0)}
                    if found.amount != exact
                    else ""
                ),
            )
        )
    if payout is not None and payout.choice_reason:
        lines.append((_("정한 사유"), payout.choice_reason))
    lines.append((_("포상금"), _("정해지지 않음") if found.amount is None else won(found.amount)))
    return lines


def _rule(found: Bonus, rates: Rates, given: Won) -> str:
    percent = number(rates.percent)
    texts = {
        Why.SHARE: _("수상금의 %(percent)s%%를 지급합니다."),
        Why.SHARE_WITHOUT_SUBSIDY: _(
            "대외기관 평가이므로 경상보조금을 뺀 수상금의 %(percent)s%%를 지급합니다."
        ),
        Why.ONLY_SUBSIDY: _("대외기관 평가의 수상금이 모두 경상보조금이어서 지급하지 않습니다."),
        Why.FIXED: _("수상금이 없는 대외기관 평가이므로 급에 따른 금액을 지급합니다."),
        Why.CHOSEN: _("계획에 기준이 없어 기획예산과가 정한 기준입니다."),
        Why.UNSETTLED: _("계획에 기준이 없습니다. 기획예산과가 기준을 정할 때까지 지급하지 않습니다."),
        Why.NOT_NOTIFIED: _("평가계획을 통보하지 않아 지급하지 않습니다."),
    }
    text = texts[found.why]
    if found.why is Why.UNSETTLED and given.source is Source.OUTSIDE:
        text = _("평가 결과의 급이 정해지지 않았습니다. 기획예산과가 정할 때까지 지급하지 않습니다.")
    return text % {"percent": percent} if "%(" in text else text.replace("%%", "%")


def owners_of(shares: Iterable[Share]) -> str:
    return ", ".join(one.department_name for one in shares if one.role == Role.OWNER)


@dataclass(frozen=True)
class GradeCount:
    grade: str
    count: int


def grade_counts(results: Iterable[Result]) -> list[GradeCount]:
    """How often each grade was given, as the evaluators call them, in the order of tiers."""
    rank = {Tier.TOP: 0, Tier.GOOD: 1, Tier.FAIR: 2, "": 3}
    found: dict[str, list[Any]] = {}
    for one in results:
        line = found.setdefault(one.grade, [rank[one.tier], 0])
        line[1] += 1
    ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
    return [GradeCount(grade, line[1]) for grade, line in ordered]


def results_of(year: int) -> Sequence[Result]:
    """All of a year with what its tables need: a fixed number of questions."""
    rows = Result.objects.filter(division__project__year=year).select_related("division__project", "payout")
    return list(rows.prefetch_related("prizes", "shares").order_by("number", "decided_on", "pk"))
