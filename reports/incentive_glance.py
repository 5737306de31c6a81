"""City-district projects at a glance: the panel of the dashboard (R4)."""

from datetime import date
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from basis.formats import number
from core.components import Figure
from incentives.enums import WeeklyState
from incentives.models import Week
from incentives.selectors.indicators import standing
from incentives.selectors.projects import prizes
from incentives.selectors.wording import expected_words, points
from incentives.selectors.years import millions
from reports.links import to_list


def figures(day: date) -> list[Figure]:
    """Expected score and money, what is below its path, what this week lacks."""
    found = standing(day.year)
    weak = sum(len(one.weak) for one in found)
    scored = [one.expected.plain for one in found if one.leaves]
    mean = points(sum(scored, Fraction(0)) / len(scored), 1) if scored else "–"
    received, expected = prizes(day.year)
    week = Week.objects.filter(year=day.year).order_by("-number").first()
    lacking = week.reports.exclude(state=WeeklyState.CONFIRMED).count() if week else 0
    indicators = to_list("incentives:indicator_list", {"year": day.year, "standing": "weak"})
    unit, results = _("백만원"), to_list("incentives:results", {"year": day.year})
    money = Figure(_("받은 수상금"), millions(received), unit, results)
    if expected or not received:
        words = expected_words(received)
        money = Figure(
            _("예상 수상금"), millions(received + expected), unit, reverse("incentives:home"), words
        )
    return [
        Figure(_("연말 예상 점수(평균)"), mean, _("점"), reverse("incentives:heat")),
        money,
        Figure(
            _("부진 지표"), number(weak), _("개"), indicators, tone="danger" if weak else "",
        ),
        Figure(
            _("이번 주 보고하지 않은 부문"), number(lacking), _("개"),
            week.get_absolute_url() if week else reverse("incentives:home"), tone="warning" if lacking else "",
        ),
    ]  # fmt: skip
