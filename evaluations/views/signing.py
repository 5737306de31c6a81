"""The form of the pledge, read and written: by a judge, or by planning from paper."""

from collections.abc import Mapping
from typing import Any

from core.access import Look
from evaluations.enums import Ground
from evaluations.kinds import kind_of
from evaluations.models import Judge, Round
from evaluations.pledge import PLEDGE
from evaluations.selectors import judging as reading

# The kinds of looks at names of those without an account: of one entry, and of all that a judge is asked to sign for.
ENTRANT, ENTRANTS = "entrant", "entrants"
GROUNDS = (Ground.RELATIVE, Ground.ADVISED, Ground.DECLARED)


def look_of(round: Round, thing: Any) -> Look | None:
    """At whom the entries are from; nothing to write down where all of them are staff."""
    return Look(f"{round.title}: {thing}", thing.pk) if kind_of(round).of_citizens else None


def signing(judge: Judge, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Whose the entries are: names and departments alone, nothing of what they say."""
    return {
        "pledge": PLEDGE,
        "rows": [
            (one, sent.get(f"ground-{one.token}", ""), sent.get(f"reason-{one.token}", ""))
            for one in reading.named(judge)
        ],
        "grounds": [(one.value, one.label) for one in GROUNDS],
        "agreed": "agreed" in sent,
    }


def said_in(judge: Judge, sent: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    """By the entry's key: ground and explanation."""
    keys = reading.by_token(judge)
    return {
        keys[token]: (ground, sent.get(f"reason-{token}", ""))
        for name, ground in sent.items()
        if name.startswith("ground-") and ground and (token := name.removeprefix("ground-")) in keys
    }
