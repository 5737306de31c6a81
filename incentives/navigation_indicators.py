"""Entries in the side navigation for indicators; search."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.navigation import SideItem
from core.search import Hit, Sought, listed
from incentives.filters_indicators import IndicatorFilter
from incentives.models import Indicator


def side() -> Iterator[SideItem]:
    """For the section `incentives`."""
    yield SideItem(_("지표 현황"), reverse("incentives:heat"))
    yield SideItem(_("지표 목록"), reverse("incentives:indicator_list"), pages=("incentives:value",))


def find_indicators(user: Any, words: str) -> Sought:
    known = (
        Indicator.objects.visible_to(user).standing().exclude(shape="").select_related("division__project")
    )
    rows = IndicatorFilter({"q": words}, queryset=known).qs.order_by(
        "-division__project__year", "order", "pk"
    )
    return Sought(
        _("지표"),
        rows,
        lambda one: Hit(one.name, f"{one.division.project.year} {one.division}", one.get_absolute_url()),
        listed("incentives:indicator_list", words),
    )
