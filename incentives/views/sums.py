"""What a table of indicators comes to, as pages show it."""

from typing import Any

from basis.formats import won
from incentives.selectors.indicators import Standing
from incentives.selectors.projects import prize_of
from incentives.selectors.wording import points


def sums_of(found: Standing, before: Standing | None = None) -> dict[str, Any]:
    """What stands below the table: the sum of the weights, the score so far, expected score and money."""
    gain = found.expected.plain - before.expected.plain if before else None
    last = found.division.project.before
    prize = prize_of(last.pk) if last else 0
    return {
        "weights": points(found.total.weight),
        "full": points(found.full_marks),
        "fits": found.fits,
        "lacking": points(abs(found.full_marks - found.total.weight)),
        "over": found.total.weight > found.full_marks,
        "score": points(found.total.score),
        "missing": points(found.total.missing) if found.total.missing else "",
        "bright": points(found.expected.bright),
        "plain": points(found.expected.plain),
        "gloomy": points(found.expected.gloomy),
        "gain": ("+" if gain > 0 else "−" if gain < 0 else "±") + points(abs(gain))
        if gain is not None
        else "",
        "prize": won(prize) if prize else "",
        "prize_year": last.year if last and prize else "",
    }
