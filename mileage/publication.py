"""How rankings are published: frozen with their rows when confirmed, held by the prizes handed out (M5)."""

from django.utils.translation import gettext_lazy as _

from core.publishing.publisher import Publisher
from mileage.models import Given, Ranking, RankingRow

RANKINGS = Publisher(
    Ranking,
    rows={RankingRow: "ranking"},
    handed=(Given, "row__ranking"),
    held=_("시상을 기록한 순위는 확정을 취소할 수 없습니다. 시상 기록을 먼저 되돌려 주세요."),
    message="a confirmed ranking is never changed",
)
