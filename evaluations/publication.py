"""How results are published: frozen with every sheet and mark when announced or confirmed (E4)."""

from django.utils.translation import gettext_lazy as _

from core.publishing.publisher import Publisher
from evaluations.models import Awarded, Division, Entry, Grade, Mark, Result, Round, Sheet

ROUNDS = Publisher(
    Round,
    rows={
        Division: "round",
        Grade: "division__round",
        Entry: "round",
        Sheet: "entry__round",
        Mark: "sheet__entry__round",
        Result: "entry__round",
    },
    handed=(Awarded, "result__entry__round"),
    held=_("시상이 이루어진 심사는 초안으로 되돌릴 수 없습니다. 정정으로 바로잡아 주세요."),
    message="an announced or confirmed result is never changed",
)
