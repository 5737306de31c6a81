"""The schedule and the background with real processes: nothing lost, nothing doubled, also when workers are killed."""

import datetime as dt
import subprocess
import sys
import time

import pytest

from benchmarking.models import Case, Review
from benchmarking.services import dispatch
from core import jobs
from core.models import Job
from core.now import pretend
from notifications.models import Mail, Notice
from organization.models import User
from reports.enums import RunState
from reports.models import Recipient, ReportRun
from tests import factories as make
from tests import services

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MAY = dt.date(2026, 5, 4)
JULY = "2026-07-01"
QUICK = {"SWEEP_SECONDS": "2"}
H1 = {
    ("benchmarking-dispatch", "2026-Q2"),
    ("benchmarking-progress", "2026-H1"),
    ("benchmarking-analysis", "2026-H1"),
}


def off_since_may() -> Review:
    """A review sent in May, two people who receive every report, and nobody at the switch since then."""
    planner = make.planner()
    with pretend(MAY):
        case = make.CaseFactory()
        department = make.head_of(make.DepartmentFactory()).department
        dispatch.dispatch([case], [department], actor=planner)
        for person in (planner, make.UserFactory(roles=["executive"])):
            for slug, _period in H1:
                Recipient.objects.create(slug=slug, person=person)
    Mail.objects.all().delete()
    return Review.objects.get()


def test_r2_b5_missed_reminders_and_reports_are_made_once_each(office: services.Office) -> None:
    review = off_since_may()
    office.manage("run_due", "--date", JULY)
    reminders = Notice.objects.filter(kind="notifications.reminder")
    # Of 7, 3, 1 days before, the day, 1 day after (reviewer, here the head), 3 (head), 7 (planning): one each.
    assert reminders.count() == 2
    assert {(r.slug, r.period) for r in ReportRun.objects.filter(due_on__gt=MAY)} == H1
    assert set(ReportRun.objects.values_list("state", flat=True)) == {RunState.MADE}
    before = Notice.objects.count(), Mail.objects.count(), ReportRun.objects.count(), Job.objects.count()
    office.manage("run_due", "--date", JULY)
    assert (
        Notice.objects.count(),
        Mail.objects.count(),
        ReportRun.objects.count(),
        Job.objects.count(),
    ) == before
    digests = Mail.objects.filter(kind="notifications.reminder")
    assert digests.count() == len({m.recipient_id for m in digests}), "one digest a person"
    assert review.clock.due < dt.date(2026, 7, 1)


@pytest.mark.postgres
def test_r2_two_schedulers_at_once_make_each_once(office: services.Office) -> None:
    off_since_may()
    command = [sys.executable, "manage.py", "run_due", "--date", JULY]
    both = [
        subprocess.Popen(
            command, cwd=services.ROOT, env=office.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _n in range(2)
    ]
    for process in both:
        output, _none = process.communicate(timeout=240)
        assert process.returncode == 0, output.decode()
    assert Notice.objects.filter(kind="notifications.reminder").count() == 2
    made = ReportRun.objects.filter(due_on__gt=MAY)
    assert sorted((r.slug, r.period) for r in made) == sorted(H1)
    assert set(made.values_list("state", flat=True)) == {RunState.MADE}
    keys = list(Mail.objects.values_list("unique_key", flat=True))
    assert len(keys) == len(set(keys))


def test_r2_r3_a_report_survives_the_killing_of_its_worker(
    office: services.Office, broker: str, smtp: services.SmtpListener
) -> None:
    """Killed in the middle of making: the next worker makes it, once, and each recipient gets one mail."""
    off_since_may()
    office.env |= {"JOB_LEASE_SECONDS": "4", "MAIL_LEASE_SECONDS": "4", "EMAIL_URL": smtp.url, **QUICK}
    worker = office.worker()
    from core import duties

    duties.run_due(dt.date(2026, 7, 1))
    office.wait_for(
        lambda: Job.objects.filter(kind="reports.make", state=Job.State.RUNNING).exists(),
        "a job in the making",
    )
    worker.kill()
    interrupted = Job.objects.filter(kind="reports.make", state=Job.State.RUNNING).get()
    office.worker()
    office.beat()
    office.wait_for(lambda: not Job.objects.exclude(state=Job.State.DONE).exists(), "all jobs done")
    interrupted.refresh_from_db()
    assert interrupted.attempts == 2
    made = ReportRun.objects.filter(due_on__gt=MAY)
    assert sorted((r.slug, r.period) for r in made) == sorted(H1)
    office.wait_for(lambda: not Mail.objects.exclude(state=Mail.State.SENT).exists(), "all mail sent")
    reports = [m for m in smtp.messages if any(part.get_filename() for part in m.walk())]
    sent = [(message["X-Envelope-To"], message["Subject"]) for message in reports]
    assert len(sent) == len(set(sent)) == 2 * ReportRun.objects.count(), (
        "each report once to each of two people"
    )
    for message in reports:
        names = [part.get_filename() for part in message.walk() if part.get_filename()]
        assert {name.rsplit(".", 1)[1] for name in names} == {"xlsx", "hwpx"}
    assert len({m["Message-ID"] for m in smtp.messages}) == len(smtp.messages)


def test_r3_mail_survives_the_killing_of_its_worker(
    office: services.Office, broker: str, smtp: services.SmtpListener
) -> None:
    """Killed while the mail server still thinks: the mail comes once, with the Message-ID it was queued with."""
    from notifications.services import queue_mail

    office.env |= {"MAIL_LEASE_SECONDS": "4", "EMAIL_URL": smtp.url, **QUICK}
    people = [make.planner(), make.UserFactory()]
    for person in people:
        queue_mail(
            "test", User.objects.get(pk=person.pk), subject="시험", key=f"kill:{person.pk}", text="내용"
        )
    smtp.delay = 6
    worker = office.worker()
    from config.celery import app

    app.send_task("notifications.tasks.send_mail")
    office.wait_for(lambda: Mail.objects.filter(state=Mail.State.SENDING).exists(), "a mail on its way")
    time.sleep(1.5)  # well inside DATA
    worker.kill()
    smtp.delay = 0
    smtp.messages.clear()  # what a killed client never heard the answer to
    office.worker()
    office.beat()
    office.wait_for(lambda: not Mail.objects.exclude(state=Mail.State.SENT).exists(), "all mail sent", 120)
    time.sleep(5)  # the abandoned conversation may still end
    ids = dict(Mail.objects.values_list("recipient__email", "email__message_id"))
    by_person: dict[str, set[str]] = {}
    for message in smtp.messages:
        by_person.setdefault(message["X-Envelope-To"], set()).add(message["Message-ID"])
    assert by_person == {to: {message_id} for to, message_id in ids.items()}


def test_a_lost_knock_costs_only_a_sweep(office: services.Office, broker: str) -> None:
    """The message to the worker is lost; the row is found by the sweep."""
    planner = make.planner()
    make.CaseFactory()
    job = Job.objects.create(
        kind="core.export",
        label="엑셀",
        payload={
            "list": "benchmarking.views.lists.CaseList",
            "query": "",
            "path": "/benchmarking/",
            "kwargs": {},
            "user": planner.pk,
            "language": "ko",
        },
        created_by=planner,
    )
    assert jobs.pending() == [job.pk]
    office.env |= QUICK
    office.worker()
    office.beat()
    office.wait_for(lambda: Job.objects.filter(pk=job.pk, state=Job.State.DONE).exists(), "the sweep")
    assert Case.objects.count() == 1
