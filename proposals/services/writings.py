"""What was begun and never sent goes when its days are over (P3)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import ProtectedError

from core import attachments, passes
from core.models import Draft
from core.now import now
from proposals.models import Writing
from proposals.policies import WRITING_DAYS


def forget_unsent(day: date) -> int:
    """Texts, files and drafts of what was not sent in time; the number of writings that went.

    Locks: each writing. Called by: the schedule.
    """
    until = now() - timedelta(days=WRITING_DAYS.on(day))
    past = Writing.objects.select_for_update(of=("self",), skip_locked=True).filter(begun_at__lt=until)
    return sum(forget(writing) for writing in past.order_by("pk"))


@transaction.atomic
def forget(writing: Writing) -> int:
    """What was typed and put to it goes, and its pass opens nothing any more; files that were handed on stay.

    Called by: the schedule, and the sending of it.
    """
    held = list(passes.ever_for(writing))
    for draft in Draft.objects.filter(user_pass__in=held):
        for file in attachments.files_of(draft):
            attachments.erase(file)
        draft.delete()
    for file in attachments.files_of(writing):
        attachments.erase(file)
    for one in held:
        passes.revoke(one)
        try:
            with transaction.atomic():
                one.delete()
        except ProtectedError:  # a log names it for ever
            continue
    writing.delete()
    return 1
