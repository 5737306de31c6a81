"""What is ranked when, by which points, for what prize (M5). All figures are policy values of the period's end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.formats import won
from basis.official import in_office_language
from basis.periods import Period, PeriodKind, between
from mileage import policies
from mileage.enums import RankingKind, Scheme
from policies.registry import Policy


@dataclass(frozen=True)
class Contest:
    """`counts`: which schemes' points are added together. `per_head`: whether departments are compared by head."""

    kind: RankingKind
    period_kind: PeriodKind
    winners: Policy[int]
    prize: Policy[int]
    prize_name: Any
    counts: Mapping[Scheme, Policy[bool]]
    of_departments: bool = False
    per_head: Policy[bool] | None = None

    @property
    def label(self) -> str:
        return str(self.kind.label)

    def title(self, period: Period) -> str:
        """`2026년 3분기 창의왕`."""
        return f"{period.label} {self.label}"

    def schemes(self, day: date) -> list[Scheme]:
        return [scheme for scheme, counted in self.counts.items() if counted.on(day)]

    def by_head(self, day: date) -> bool:
        return self.per_head is not None and self.per_head.on(day)

    def figures(self, day: date) -> dict[str, Any]:
        """The policy values of this day, by the names of Ranking's fields."""
        return {
            "schemes": self.schemes(day),
            "winners": self.winners.on(day),
            "prize": self.prize.on(day),
            "by_head": self.by_head(day),
        }

    @in_office_language
    def tie_rule(self, *, by_head: bool) -> str:
        """How equals are told apart, as it stands on the page."""
        last = _("부서 코드 순") if self.of_departments else _("직원번호 순")
        score = _("직원 1인당 점수가 높은 순") if by_head else _("합계 점수가 높은 순")
        return _(
            "%(score)s → 점수를 얻은 건수가 많은 순(취소한 건 제외) → 그 점수에 먼저 이른 순(마지막 적립의 기록 일시)"
            " → %(last)s"
        ) % {"score": score, "last": last}

    def prize_text(self, amount: int) -> str:
        """`문화상품권 50,000원`; what has no amount is only named."""
        return f"{self.prize_name} {won(amount)}" if amount else str(self.prize_name)

    def check(self, period: Period) -> None:
        """Rejected for a period this is not ranked in."""
        if period.kind != self.period_kind:
            raise Rejected(
                _("‘%(label)s’은(는) %(kind)s 단위로 선정합니다. 기간을 바꿔 주세요.")
                % {"label": self.label, "kind": self.period_kind.label},
                field="period",
            )


def _counts(creativity: Policy[bool], knowledge: Policy[bool]) -> dict[Scheme, Policy[bool]]:
    return {Scheme.CREATIVITY: creativity, Scheme.KNOWLEDGE: knowledge}


_MVP = _counts(policies.MVP_CREATIVITY, policies.MVP_KNOWLEDGE)
CONTESTS: dict[str, Contest] = {
    contest.kind.value: contest
    for contest in (
        Contest(
            RankingKind.CREATIVE_KING,
            PeriodKind.QUARTER,
            policies.KING_WINNERS,
            policies.KING_PRIZE,
            gettext_lazy("문화상품권"),
            _counts(policies.KING_CREATIVITY, policies.KING_KNOWLEDGE),
        ),
        Contest(
            RankingKind.MVP_PERSON,
            PeriodKind.MONTH,
            policies.MVP_WINNERS,
            policies.MVP_PRIZE,
            gettext_lazy("포상"),
            _MVP,
        ),
        Contest(
            RankingKind.MVP_DEPARTMENT,
            PeriodKind.MONTH,
            policies.MVP_DEPARTMENTS,
            policies.MVP_PRIZE,
            gettext_lazy("포상"),
            _MVP,
            of_departments=True,
            per_head=policies.MVP_PER_HEAD,
        ),
        Contest(
            RankingKind.YEAR_END,
            PeriodKind.YEAR,
            policies.YEAR_END_WINNERS,
            policies.YEAR_END_PRIZE,
            gettext_lazy("포상"),
            _counts(policies.YEAR_END_CREATIVITY, policies.YEAR_END_KNOWLEDGE),
        ),
    )
}


def contest_of(kind: str) -> Contest:
    return CONTESTS[kind]


def ended(first: date, day: date) -> Iterator[tuple[Contest, Period]]:
    """Every contest's periods that began on or after `first` and were over before `day`."""
    for contest in CONTESTS.values():
        for period in between(contest.period_kind, first, day):
            if first <= period.start and period.end < day:
                yield contest, period
