"""Which of the three tiers a grade stands for, whatever the evaluator calls it (I9)."""

import re
from collections.abc import Iterator, Mapping

from incentives.enums import Tier
from incentives.models import GradeName

# As the office's tables have them; "": the plan does not say. Planning adds to it, and may see one otherwise.
KNOWN: Mapping[str, str] = {
    "대상": Tier.TOP,
    "최우수": Tier.TOP,
    "SA등급": Tier.TOP,
    "수상구": Tier.GOOD,
    "우수": Tier.GOOD,
    "우수기관": Tier.GOOD,
    "모범": Tier.FAIR,
    "노력": Tier.FAIR,
    "장려": Tier.FAIR,
    "동상": Tier.FAIR,
    "좋은자치단체장상": "",
}
_BRACKET = re.compile(r"\(([^()]*)\)")


def tiers() -> dict[str, str]:
    """By name, one question."""
    own = GradeName.objects.values_list("name", "tier")
    return dict(KNOWN) | {bare(name): tier for name, tier in own}


def bare(text: str) -> str:
    """Names are compared without spaces: `최 우 수`."""
    return "".join(text.split())


def tidy(text: str) -> str:
    """As it is kept: `수상구(절대)`, `최우수(SA등급)`; letters that were spread over a cell stand together again."""
    found = " ".join(text.split()).replace(" (", "(")
    return bare(found) if re.fullmatch(r"(?:\S )+\S(?:\(.*\))?", found) else found


def names_of(grade: str) -> Iterator[str]:
    """Under which names it may stand: whole, without what is in brackets, by what is in them."""
    whole = bare(grade)
    yield whole
    yield _BRACKET.sub("", whole)
    yield from _BRACKET.findall(whole)


def name_of(grade: str, known: Mapping[str, str]) -> str | None:
    """The name in the list; None: not in it, somebody is to be asked."""
    return next((name for name in names_of(grade) if name in known), None)
