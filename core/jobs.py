"""Background work with a lease: claimed once, finished once, swept when its worker died.

A handler is `handler(run: Run, payload: dict) -> dict`. It does its long work first and writes what it has made
inside `with run.finishing(): …`, which fails if another worker has taken the job over meanwhile: so the effect of a
job happens once, however often it was begun. While a handler is at work, its lease is renewed by time (`_kept`),
whatever the handler is doing: reading what it skips, drawing a document, saving.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.sockets import Socket
from core.actors import SYSTEM, user_of
from core.models import Job
from core.wake import wake

log = logging.getLogger(__name__)
RUN = "core.tasks.run_job"
MAX_ATTEMPTS = 5  # a job whose worker died five times is broken, not unlucky
LONGEST = 4 * 3600  # seconds: then a handler hangs, and its lease is renewed no more

Handler = Callable[["Run", dict[str, Any]], dict[str, Any] | None]


@dataclass(frozen=True)
class JobKind:
    name: str
    handler: Handler


JOBS: Socket[JobKind] = Socket("jobs", key=lambda kind: kind.name)
# Told of every job that is done or has failed, in the transaction that says so.
ENDED: Socket[Callable[[Job], None]] = Socket("ended jobs")


class LeaseLost(Exception):
    """Another worker has taken this job over; whatever was being written is rolled back."""


class Run:
    """One attempt at one job."""

    def __init__(self, job: Job, *, awaited: bool = False) -> None:
        self.job = job
        self.awaited = awaited
        self.finished = False

    def progress(self, done: int, total: int) -> None:
        """Show how far it is. Call outside transactions.

        Left out when the database is busy: on SQLite nobody writes beside what they are still reading once somebody
        else has written."""
        try:
            held = _held(self.job).update(done_units=done, total_units=total, lease_until=_lease_end())
        except OperationalError:
            log.info("progress of job %s left out", self.job.pk)
            return
        if not held:
            raise LeaseLost

    @contextmanager
    def finishing(self, result: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """A transaction that ends the job together with what is written inside it, and tells of it."""
        result = {} if result is None else result
        with transaction.atomic():
            if not _held(self.job).select_for_update().exists():
                raise LeaseLost
            yield result
            _held(self.job).update(
                state=Job.State.DONE, result=result, lease_until=None, finished_at=timezone.now(), error=""
            )
            if not self.awaited:
                _tell(self.job)
        self.finished = True


def enqueue(
    kind: str, label: str, payload: dict[str, Any], actor: Any = SYSTEM, unique_key: str | None = None
) -> Job:
    """Put a job on the list; the same `unique_key` gives the job that is there already. `label`: in the language of
    the office, as others read it too."""
    assert kind in JOBS, kind
    if unique_key is None:
        job = Job.objects.create(kind=kind, label=label, payload=payload, created_by=user_of(actor))
    else:
        job, _created = Job.objects.get_or_create(
            unique_key=unique_key,
            defaults={"kind": kind, "label": label, "payload": payload, "created_by": user_of(actor)},
        )
    transaction.on_commit(lambda: wake(RUN, job.pk))
    return job


def _lease_end() -> Any:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


@contextmanager
def _kept(job: Job) -> Iterator[None]:
    """Inside, the lease does not run out while this process lives: a thread with a connection of its own renews it.
    Nobody else sees a job that is claimed in an open transaction, so there is nothing to renew."""
    if connection.in_atomic_block:
        yield
        return
    over = threading.Event()
    keeper = threading.Thread(target=_renew, args=(job, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _renew(job: Job, over: threading.Event) -> None:
    end = time.monotonic() + LONGEST
    try:
        while not over.wait(settings.JOB_LEASE_SECONDS / 3) and time.monotonic() < end:
            with suppress(OperationalError):  # busy: next time
                _held(job).update(lease_until=_lease_end())
    finally:
        connection.close()


def _held(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, token=job.token, state=Job.State.RUNNING)


def _claimable() -> Q:
    return Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=timezone.now())


def claim(job_id: int) -> Job | None:
    """Take the job if nobody holds it; atomic on both databases."""
    token = uuid.uuid4()
    taken = Job.objects.filter(_claimable(), pk=job_id).update(
        state=Job.State.RUNNING, token=token, lease_until=_lease_end(), attempts=F("attempts") + 1
    )
    return Job.objects.get(pk=job_id) if taken else None


def run(job_id: int, *, awaited: bool = False) -> bool:
    """Do the job if it can be claimed. True if this call brought it to an end. `awaited`: who began it sees the end
    and need not be told."""
    job = claim(job_id)
    if job is None:
        return False
    if job.attempts > MAX_ATTEMPTS:
        return _fail(job, _("작업이 여러 번 중단되어 더 시도하지 않습니다. 시스템 관리자에게 알려 주세요."))
    attempt = Run(job, awaited=awaited)
    try:
        with _kept(job):
            result = JOBS[job.kind].handler(attempt, job.payload) or {}
            if not attempt.finished:
                with attempt.finishing(result):
                    pass
    except LeaseLost:
        log.warning("job %s was taken over", job_id)
        return False
    except OperationalError:  # the database was busy or away: not the job's fault
        log.warning("job %s waits for the database", job_id, exc_info=True)
        with suppress(OperationalError):  # still busy: then its lease runs out
            _held(job).update(state=Job.State.QUEUED, lease_until=None)
        return False
    except Rejected as error:
        return _fail(job, error.message)
    except Exception:
        log.exception("job %s failed", job_id)
        return _fail(job, _("처리 중 오류가 발생했습니다. 시스템 관리자에게 알려 주세요."))
    return True


@transaction.atomic
def _fail(job: Job, message: str) -> bool:
    """True unless somebody else has the job by now: then it is not for us to say how it ended."""
    failed = _held(job).update(
        state=Job.State.FAILED, error=message, lease_until=None, finished_at=timezone.now()
    )
    if failed:
        _tell(job)
    return bool(failed)


def _tell(job: Job) -> None:
    job = Job.objects.select_related("created_by__department").get(pk=job.pk)
    for listener in ENDED:
        listener(job)


def pending() -> list[int]:
    """Jobs nobody is working on, oldest first."""
    return list(Job.objects.filter(_claimable()).order_by("pk").values_list("pk", flat=True))


def run_pending() -> int:
    """Work off what waits, here and now; the number brought to an end."""
    return sum(run(job_id) for job_id in pending())


def retry(job: Job) -> None:
    """Put a failed job back on the list."""
    changed = Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(
        state=Job.State.QUEUED, attempts=0, error="", token=None, finished_at=None
    )
    if changed:
        transaction.on_commit(lambda: wake(RUN, job.pk))
