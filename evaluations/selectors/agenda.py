"""What waits for a panel to resolve on it (E7)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from evaluations.enums import RoundState
from evaluations.models import Round
from meetings.models import Panel


def offer(user: Any, panel: Panel) -> Iterable[tuple[Model, str]]:
    """Rounds whose scoring is over, that this panel has judged or, as one that decides, may resolve on; and confirmed
    ones, of which a correction is to be resolved."""
    drafts = Round.objects.visible_to(user).filter(state__in=(RoundState.DRAFT, RoundState.CONFIRMED))
    concerned = drafts if panel.decides else drafts.filter(Q(stages__panel=panel))
    for round in concerned.distinct().order_by("-last_on", "-pk")[:MOST]:
        words = _("%(title)s 결과 심의") if round.state == RoundState.DRAFT else _("%(title)s 결과 정정 심의")
        yield round, words % {"title": round.title}


MOST = 20
