"""What nobody comes back to is not kept: files hold people's data."""

from datetime import date, timedelta

from django.db import transaction

from core.actors import SYSTEM
from core.attachments import erase, files_of
from core.limits import limit
from core.transition import perform
from imports.enums import IntakeState
from imports.models import Intake
from imports.policies import KEPT_DAYS
from imports.services.intake import empty


def clear_old(day: date) -> int:
    """Give up what was begun and left; of what has ended, delete the file after the days of files made for fetching.

    Called by: the schedule.
    """
    left = Intake.objects.filter(
        state=IntakeState.OPEN, changed_at__date__lt=day - timedelta(days=KEPT_DAYS.current())
    )
    ended = Intake.objects.exclude(state=IntakeState.OPEN).exclude(answers={}, result={})
    ended = ended.filter(changed_at__date__lt=day - timedelta(days=limit("export_days")))
    return sum(_lapse(pk) for pk in left.values_list("pk", flat=True)) + sum(_end(i) for i in ended)


@transaction.atomic
def _lapse(pk: int) -> int:
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=pk)
    if intake.state != IntakeState.OPEN:
        return 0
    empty(intake)
    perform(intake, "lapse", actor=SYSTEM)
    return 1


@transaction.atomic
def _end(intake: Intake) -> int:
    for file in files_of(intake):
        erase(file)
    return Intake.objects.filter(pk=intake.pk).update(answers={}, result={})
