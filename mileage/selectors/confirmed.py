"""What was confirmed, signed in the log: so a ranking that was changed after all is named by `verify_ledger` (M5)."""

from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from core.ledger.seal import sign, texts
from core.ledger.verify import Fault
from core.models import TransitionLog
from mileage.models import Ranking, RankingRow

_RANKING = sorted(f.attname for f in Ranking._meta.concrete_fields if f.attname not in {"state", "version"})
_ROW = sorted(f.attname for f in RankingRow._meta.concrete_fields)


def seal_of(ranking: Ranking) -> str:
    """Over everything that is frozen, and who confirmed it when."""
    rows = sorted(ranking.rows.all(), key=lambda row: row.pk)
    return sign(["ranking", texts(ranking, _RANKING), *(texts(row, _ROW) for row in rows)])


def check() -> Iterator[Fault]:
    """Confirmed rankings that are not what was confirmed last, or that nobody confirmed."""
    signed = _signed()
    for ranking in Ranking.objects.confirmed().prefetch_related("rows").order_by("pk"):
        if signed.get(ranking.pk) != seal_of(ranking):
            text = _("확정할 때와 다르거나 확정한 기록이 없는 순위입니다.")
            yield Fault(Ranking._meta.label, ranking, None, text)


def _signed() -> dict[int, str | None]:
    """By ranking: the seal of the last confirmation; None where that was cancelled."""
    steps = TransitionLog.objects.filter(
        content_type=ContentType.objects.get_for_model(Ranking), name__in=("confirm", "cancel")
    )
    return {pk: data.get("seal") for pk, data in steps.order_by("pk").values_list("object_id", "data")}
