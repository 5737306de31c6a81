"""Those concerned are told by the system, each once (D7). Many take their time: a job does it, each person with the
own transaction, so that one begun again tells nobody twice."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.official import in_office_language
from core import jobs
from core.actors import SYSTEM
from core.now import now
from leaks import letters, notifications
from leaks.models import Leak, LeakPerson
from leaks.selectors import contacts, is_reachable, key_of, waiting
from letters.services.writing import write

KIND = "leaks.tell"
BATCH = 200


@in_office_language
def begin(leak: Leak, *, actor: Any) -> None:
    """Called by: `tell`, in its transaction."""
    jobs.enqueue(
        KIND,
        _("유출 통지 보내기: %(leak)s") % {"leak": leak},
        {"leak": leak.pk},
        actor=actor,
        unique_key=f"{KIND}:{leak.pk}:{leak.version}",
    )


def run_telling(run: jobs.Run, payload: dict[str, Any]) -> None:
    """Job handler."""
    leak = Leak.objects.get(pk=payload["leak"])
    pks = list(waiting(leak).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), BATCH):
        some = list(LeakPerson.objects.filter(pk__in=pks[start : start + BATCH]).order_by("pk"))
        who = contacts([key_of(person) for person in some])
        for place, person in enumerate(some, start + 1):
            _tell(leak, person.pk, who.get(key_of(person)))
            run.progress(place, len(pks))
    with run.finishing() as result:
        result.update(url=leak.get_absolute_url())


@transaction.atomic
def _tell(leak: Leak, pk: int, recipient: Any) -> None:
    """Locks: the person."""
    person = LeakPerson.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    if person.told_at is not None or not is_reachable(recipient):
        return
    if person.user is not None:
        notifications.tell_person(leak, person.user)
    else:
        write(letters.NOTICE, leak, recipient, letters.values(leak), actor=SYSTEM, about=leak.code)
    person.told_at = now()
    person.save(update_fields=["told_at"])
