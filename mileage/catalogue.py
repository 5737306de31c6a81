"""The rules that earn points and hours (M2), each with its scheme, its amount by date and its cap."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from basis.periods import Period, PeriodKind, containing
from mileage import policies
from mileage.enums import Scheme
from mileage.rules import hundredths
from policies.registry import Policy


@dataclass(frozen=True, eq=False)
class Cap:
    """At most `limit` units per person in each period of this kind, over all rules that share the cap. `optional`: a
    limit of nothing limits nothing."""

    key: str
    limit: Policy[int]
    kind: PeriodKind
    optional: bool = False

    def limits(self, day: date) -> bool:
        return self.on(day) > 0 or not self.optional

    def period(self, day: date) -> Period:
        return containing(day, self.kind)

    def on(self, day: date) -> int:
        """In hundredths. The value at the period's end counts, so that one period has one cap."""
        return hundredths(self.limit.on(self.period(day).end))


@dataclass(frozen=True, eq=False)
class Rule:
    """`amount` None: the event brings its own (hours of a meeting)."""

    key: str
    scheme: Scheme
    label: Any
    amount: Policy[Decimal] | None = None
    cap: Cap | None = None

    def cap_on(self, day: date) -> Cap | None:
        return self.cap if self.cap and self.cap.limits(day) else None

    def on(self, day: date) -> int:
        """Hundredths for an event of this day."""
        assert self.amount is not None, f"{self.key} has no amount of its own"
        return hundredths(self.amount.on(day))


_rules: dict[str, Rule] = {}
FINDINGS = Cap("findings", policies.FINDING_CAP, PeriodKind.MONTH, optional=True)
OPINIONS = Cap("opinions", policies.OPINION_CAP, PeriodKind.MONTH)
VIEWS = Cap("views", policies.VIEWING_CAP, PeriodKind.MONTH)
CLUB_HOURS = Cap("club_hours", policies.CLUB_HOURS_CAP, PeriodKind.HALF)


def _rule(
    key: str, scheme: Scheme, amount: Policy[Decimal] | None, cap: Cap | None = None, label: Any = ""
) -> Rule:
    assert key not in _rules, key
    _rules[key] = Rule(key, scheme, label or (amount.label if amount else key), amount, cap)
    return _rules[key]


FINDING = _rule("finding", Scheme.CREATIVITY, policies.FINDING, FINDINGS)
REVIEWING = _rule("reviewing", Scheme.CREATIVITY, policies.REVIEWING)
IMPLEMENTING = _rule("implementing", Scheme.CREATIVITY, policies.IMPLEMENTING)
VISITING = _rule("visiting", Scheme.CREATIVITY, policies.VISITING)
VISIT_HOURS = _rule("visit_hours", Scheme.LEARNING, policies.VISIT_HOURS)
POST_IDEA = _rule("post_idea", Scheme.KNOWLEDGE, policies.POST_IDEA)
POST_CLUB = _rule("post_club", Scheme.KNOWLEDGE, policies.POST_CLUB)
POST_WORK = _rule("post_work", Scheme.KNOWLEDGE, policies.POST_WORK)
POST_FILE = _rule("post_file", Scheme.KNOWLEDGE, policies.POST_FILE)
OPINION = _rule("opinion", Scheme.KNOWLEDGE, policies.OPINION, OPINIONS)
FLAW = _rule("flaw", Scheme.KNOWLEDGE, policies.FLAW)
VIEWING = _rule("viewing", Scheme.KNOWLEDGE, policies.VIEWING, VIEWS)
MEETING_HOURS = _rule("meeting_hours", Scheme.LEARNING, None, CLUB_HOURS, _("학습동아리 정기모임 참여"))
GRADE_BEST = _rule("grade_best", Scheme.PERFORMANCE, policies.GRADE_BEST)
GRADE_GOOD = _rule("grade_good", Scheme.PERFORMANCE, policies.GRADE_GOOD)
GRADE_FAIR = _rule("grade_fair", Scheme.PERFORMANCE, policies.GRADE_FAIR)
BY_HAND = {
    scheme: _rule(f"by_hand_{scheme}", scheme, None, label=_("직접 등록")) for scheme in Scheme
}  # planning grants what no rule foresees; the amount is that of the request
OPENING = {
    scheme: _rule(f"opening_{scheme}", scheme, None, label=_("지난 자료에서 이월")) for scheme in Scheme
}  # what was earned before this system: a balance, earned in no period of it and handed over long ago (N1)
OPENINGS = [rule.key for rule in OPENING.values()]


def rules() -> Mapping[str, Rule]:
    return _rules


def rule_of(key: str) -> Rule:
    return _rules[key]


def choices(*, without: Collection[str] = ()) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Keys and labels by scheme, for filters and forms."""
    rules = [rule for rule in _rules.values() if rule.key not in without]
    return [
        (scheme.label, [(rule.key, rule.label) for rule in rules if rule.scheme == scheme])
        for scheme in Scheme
    ]


def sharing(cap: Cap) -> list[str]:
    """Keys of the rules under this cap."""
    return [rule.key for rule in _rules.values() if rule.cap == cap]
