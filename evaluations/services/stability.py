"""Whether the result hangs on one sheet or judge, reckoned once for the sheets as they are: at once where there are
few, else in the background (E8)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.official import in_office_language
from core import jobs
from evaluations.models import Round, Sheet, Stability
from evaluations.selectors import scores
from evaluations.selectors.stability import deciding_of, found_of
from evaluations.services import locks

KIND = "evaluations.stability"
AT_ONCE = 2_000  # sheets: more take longer than a page may


@transaction.atomic
@in_office_language
def renew(round: Round, reading: scores.Reading | None = None) -> None:
    """What was found is gone and is found anew. `reading`: of the sheets as they are, where it is at hand.

    Called by: results.reckon, under the round's lock; the page, where nothing was ever begun.
    """
    Stability.objects.filter(stage__round=round).delete()
    reading = reading or scores.read(round)
    stages = [stage for stage in reading.stages if scores.decides(stage)]
    looks = [Stability(stage=stage, division=one) for stage in stages for one in reading.divisions]
    if Sheet.objects.counted().filter(judge__stage__in=stages).count() <= AT_ONCE:
        for look in looks:
            look.found = found_of(reading, look.division, look.stage)
    elif looks:
        job = jobs.enqueue(
            KIND, _("결과가 흔들리는지 보기: %(round)s") % {"round": round}, {"round": round.pk}
        )
        for look in looks:
            look.job = job
    Stability.objects.bulk_create(looks)


def run(run: jobs.Run, payload: dict[str, Any]) -> None:
    """Job handler. What results reckoned meanwhile have begun anew is left to the job that they began."""
    looks = list(Stability.objects.filter(job=run.job).order_by("pk"))
    reading = scores.read(Round.objects.get(pk=payload["round"]))
    stages = {stage.pk: stage for stage in reading.stages}
    divisions = {division.pk: division for division in reading.divisions}
    for number, look in enumerate(looks):
        run.progress(number, len(looks))
        look.found = found_of(reading, divisions[look.division_id], stages[look.stage_id])
    with run.finishing():
        for look in looks:
            Stability.objects.filter(pk=look.pk, job=run.job).update(found=look.found)


def looks_at(round: Round) -> list[Stability]:
    """All of a round that came with its parts, begun now if nothing was: it was drafted before they were kept.

    Locks: then the round.
    """
    rows = Stability.objects.filter(stage__round=round).select_related("job").order_by("pk")
    found = list(rows)
    if found or not deciding_of(round):
        return found
    with transaction.atomic():
        fresh = locks.round_(round.pk)
        if not rows.all().exists():  # nobody was quicker
            renew(fresh)
    return list(rows.all())
