"""Thin tasks: they only call what stands in `core.jobs`."""

from celery import shared_task

from core import duties, health, jobs
from core.now import today
from core.wake import wake


@shared_task(name=jobs.RUN)
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="core.tasks.sweep_jobs")
def sweep_jobs() -> None:
    """Find jobs whose knock was lost or whose worker died."""
    health.pulse()
    for job_id in jobs.pending():
        wake(jobs.RUN, job_id)


@shared_task(name="core.tasks.run_due")
def run_due() -> None:
    """The tick of the schedule: do whatever is due and not done."""
    duties.run_due(today())
