"""Work in the background, looked after by people."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from core import jobs
from core.changes import note
from core.models import Job
from organization.services import authorise


@transaction.atomic
def retry(job_ids: Iterable[int], *, actor: Any) -> int:
    """Those of the jobs that have failed go back on the list; how many."""
    authorise(actor, "organization.view_jobs")
    failed = list(Job.objects.filter(pk__in=job_ids, state=Job.State.FAILED))
    for job in failed:
        jobs.retry(job)
    note(failed, {"state": (Job.State.FAILED, Job.State.QUEUED)}, actor=actor)
    return len(failed)
