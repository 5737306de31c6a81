"""Background work (R2): claimed once, finished once, swept when its worker died. Killed workers: tests/system."""

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from basis.errors import Rejected
from core import jobs, tasks
from core.models import Draft, Job
from notifications.models import Notice
from tests.factories import UserFactory, planner
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
SOON = dt.timedelta(minutes=1)


@pytest.fixture
def handle() -> Iterator[Callable[[jobs.Handler], None]]:
    """`handle(handler)` says what a job of the kind "test" does."""
    chosen: list[jobs.Handler] = [lambda run, payload: None]
    with jobs.JOBS.only(*jobs.JOBS, jobs.JobKind("test", lambda run, payload: chosen[-1](run, payload))):
        yield chosen.append


def make(**values: Any) -> Job:
    return jobs.enqueue("test", "시험 작업", values)


def again(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def lapse(job: Job) -> None:
    """The worker is dead: its lease has run out."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - SOON)


def effect(name: str) -> None:
    """What a job writes, to be counted."""
    Draft.objects.create(user=planner(), key=name)


def effects() -> list[str]:
    return list(Draft.objects.order_by("key").values_list("key", flat=True))


# --------------------------------------------------------------------------------------------- one worker


def test_r2_a_job_is_done_once_with_its_result(handle: Callable[[jobs.Handler], None]) -> None:
    handle(lambda run, payload: {"twice": payload["n"] * 2})
    job = make(n=21)
    assert (job.state, jobs.pending()) == ("queued", [job.pk])
    assert jobs.run(job.pk) is True
    job = again(job)
    assert (job.state, job.result, job.attempts, job.lease_until) == ("done", {"twice": 42}, 1, None)
    assert job.finished_at is not None
    assert jobs.run(job.pk) is False
    assert jobs.pending() == []


def test_r2_the_same_key_gives_the_same_job(handle: Callable[[jobs.Handler], None]) -> None:
    first = jobs.enqueue("test", "시험 작업", {"n": 1}, unique_key="2026-H1")
    jobs.run(first.pk)
    assert jobs.enqueue("test", "시험 작업", {"n": 2}, unique_key="2026-H1") == first
    assert Job.objects.get().payload == {"n": 1}
    assert jobs.run_pending() == 0


def test_r2_work_begins_when_the_asking_transaction_is_committed_and_not_otherwise(
    handle: Callable[[jobs.Handler], None],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    knocks: list[int] = []
    monkeypatch.setattr(jobs, "wake", lambda task, pk: knocks.append(pk))
    with django_capture_on_commit_callbacks(execute=True):
        job = make()
        assert knocks == []
    assert knocks == [job.pk]
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        make()
        transaction.set_rollback(True)
    assert (knocks, Job.objects.count()) == ([job.pk], 1)


def test_r2_a_broker_that_is_away_costs_nothing(
    handle: Callable[[jobs.Handler], None],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    knocks: list[str] = []

    def refuse(task: str, *_args: Any, **_options: Any) -> None:
        knocks.append(task)
        raise OSError("no broker")

    monkeypatch.setattr(current_app, "send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = make()
    tasks.sweep_jobs()
    assert knocks == [jobs.RUN, jobs.RUN]
    assert (jobs.run_pending(), again(job).state) == (1, "done")


def test_r2_progress_renews_the_lease_and_is_shown(
    handle: Callable[[jobs.Handler], None], client: Client
) -> None:
    seen: list[tuple[int, int, bool]] = []
    user = planner()

    def work(run: jobs.Run, payload: dict[str, Any]) -> None:
        lapse(run.job)
        run.progress(3, 12)
        job = again(run.job)
        assert job.lease_until is not None
        seen.append((job.done_units, job.total_units, job.lease_until > timezone.now()))
        client.force_login(user)
        shown = client.get(reverse("job", args=[job.pk])).context["progress"]
        seen.append((shown.done, shown.total, bool(shown.poll_url)))

    handle(work)
    job = jobs.enqueue("test", "시험 작업", {}, actor=user)
    jobs.run(job.pk)
    assert seen == [(3, 12, True)] * 2


# -------------------------------------------------------------------------------------------- failures


def test_r2_a_failure_is_said_in_words_and_can_be_tried_again(handle: Callable[[jobs.Handler], None]) -> None:
    def fail(run: jobs.Run, payload: dict[str, Any]) -> None:
        effect("half done")
        raise ValueError("secret detail")

    handle(fail)
    job = jobs.enqueue("test", "통계 만들기", {}, actor=planner())
    assert jobs.run(job.pk) is True
    job = again(job)
    assert (job.state, job.lease_until) == ("failed", None)
    assert job.error == "처리 중 오류가 발생했습니다. 시스템 관리자에게 알려 주세요."
    notice = Notice.objects.get()
    assert (notice.recipient, notice.title, notice.body) == (planner(), "실패: 통계 만들기", job.error)
    assert notice.url == reverse("job", args=[job.pk])
    assert jobs.pending() == []
    handle(lambda run, payload: None)
    jobs.retry(job)
    assert (again(job).state, again(job).error, again(job).attempts) == ("queued", "", 0)
    assert jobs.run(job.pk) is True
    assert [n.title for n in Notice.objects.order_by("pk")] == ["실패: 통계 만들기", "완료: 통계 만들기"]


def test_r2_what_the_rules_refuse_is_said_as_the_rules_say_it(handle: Callable[[jobs.Handler], None]) -> None:
    def refuse(run: jobs.Run, payload: dict[str, Any]) -> None:
        raise Rejected("3행: 사례명을 입력해 주세요.")

    handle(refuse)
    job = make()
    jobs.run(job.pk)
    assert (again(job).state, again(job).error) == ("failed", "3행: 사례명을 입력해 주세요.")


def test_r2_a_busy_database_is_nobodys_fault_and_the_job_waits(
    handle: Callable[[jobs.Handler], None],
) -> None:
    def busy(run: jobs.Run, payload: dict[str, Any]) -> None:
        raise OperationalError("database is locked")

    handle(busy)
    job = make()
    assert jobs.run(job.pk) is False
    assert (again(job).state, again(job).lease_until, jobs.pending()) == ("queued", None, [job.pk])


def test_r2_a_job_whose_workers_keep_dying_is_given_up(handle: Callable[[jobs.Handler], None]) -> None:
    begun: list[int] = []

    def die(run: jobs.Run, payload: dict[str, Any]) -> None:
        begun.append(run.job.attempts)
        raise KeyboardInterrupt

    handle(die)
    job = make()
    for _attempt in range(jobs.MAX_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            jobs.run(job.pk)
        assert (jobs.pending(), again(job).state) == ([], "running")
        lapse(job)
    assert jobs.run(job.pk) is True
    assert begun == [1, 2, 3, 4, 5]
    assert (again(job).state, "여러 번 중단" in again(job).error) == ("failed", True)


def test_r2_only_failed_jobs_are_tried_again(handle: Callable[[jobs.Handler], None]) -> None:
    waiting, done = make(), make()
    jobs.run(done.pk)
    for job in (waiting, done):
        before = again(job).state
        jobs.retry(job)
        assert again(job).state == before


def test_r2_a_job_tried_again_knocks_when_that_is_committed_and_only_if_it_had_failed(
    handle: Callable[[jobs.Handler], None],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    failed, waiting = make(), make()
    Job.objects.filter(pk=failed.pk).update(state=Job.State.FAILED)
    knocks: list[int] = []
    monkeypatch.setattr(jobs, "wake", lambda task, pk: knocks.append(pk))
    with django_capture_on_commit_callbacks(execute=True):
        jobs.retry(failed)
        jobs.retry(waiting)
        assert knocks == []
    assert knocks == [failed.pk]


# ------------------------------------------------------------------------------------- several workers


def test_r2_a_claimed_job_is_left_alone_until_its_lease_ends(handle: Callable[[jobs.Handler], None]) -> None:
    job = make()
    assert jobs.claim(job.pk) is not None
    assert (jobs.claim(job.pk), jobs.pending()) == (None, [])
    lapse(job)
    assert jobs.pending() == [job.pk]
    taken = jobs.claim(job.pk)
    assert taken is not None
    assert taken.attempts == 2


def test_r2_who_comes_back_to_a_lost_lease_writes_nothing(handle: Callable[[jobs.Handler], None]) -> None:
    def overtaken(run: jobs.Run, payload: dict[str, Any]) -> None:
        lapse(run.job)
        handle(lambda other, payload: effect("second"))
        assert jobs.run(run.job.pk) is True
        with run.finishing():
            effect("first")

    handle(overtaken)
    job = jobs.enqueue("test", "시험 작업", {}, actor=planner())
    assert jobs.run(job.pk) is False
    assert effects() == ["second"]
    assert (again(job).state, again(job).attempts) == ("done", 2)
    assert Notice.objects.count() == 1


def test_r2_a_lease_lost_while_writing_takes_back_what_was_written(
    handle: Callable[[jobs.Handler], None],
) -> None:
    def overtaken(run: jobs.Run, payload: dict[str, Any]) -> None:
        lapse(run.job)
        jobs.claim(run.job.pk)
        with transaction.atomic():
            effect("first")
            run.progress(1, 2)

    handle(overtaken)
    job = make()
    assert jobs.run(job.pk) is False
    assert effects() == []
    assert again(job).state == "running"


def test_r2_who_fails_after_losing_the_lease_says_nothing(handle: Callable[[jobs.Handler], None]) -> None:
    def overtaken(run: jobs.Run, payload: dict[str, Any]) -> None:
        lapse(run.job)
        jobs.claim(run.job.pk)
        raise ValueError("too late")

    handle(overtaken)
    job = jobs.enqueue("test", "시험 작업", {}, actor=planner())
    assert jobs.run(job.pk) is False
    assert (again(job).state, again(job).error, Notice.objects.count()) == ("running", "", 0)


def test_r2_the_end_of_a_job_its_effect_and_its_notice_are_one(
    handle: Callable[[jobs.Handler], None],
) -> None:
    """What breaks off between them leaves none of them, and the next attempt does all."""

    def work(run: jobs.Run, payload: dict[str, Any]) -> None:
        with run.finishing():
            effect(f"attempt {run.job.attempts}")

    def die(job: Job) -> None:
        raise KeyboardInterrupt

    handle(work)
    job = jobs.enqueue("test", "시험 작업", {}, actor=planner())
    with jobs.ENDED.only(*jobs.ENDED, die), pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert (effects(), Notice.objects.count(), again(job).state) == ([], 0, "running")
    lapse(job)
    assert jobs.run_pending() == 1
    assert (effects(), Notice.objects.count(), again(job).state) == (["attempt 2"], 1, "done")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r2_a_job_is_claimed_by_one_of_many_workers(handle: Callable[[jobs.Handler], None]) -> None:
    handle(lambda run, payload: effect(f"job {run.job.pk} attempt {run.job.attempts}"))
    planner()
    waiting = [make() for _n in range(10)]
    done = at_once(*[jobs.run_pending] * 4)
    assert sum(done) == len(waiting)
    assert sorted(effects()) == sorted(f"job {job.pk} attempt 1" for job in waiting)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r2_a_job_is_finished_once_when_the_first_worker_comes_back(
    handle: Callable[[jobs.Handler], None],
) -> None:
    """Both are in the midst of writing; the lease of the first has run out."""
    planner()
    writing, taken = threading.Event(), threading.Event()

    def work(run: jobs.Run, payload: dict[str, Any]) -> None:
        with run.finishing():
            effect(f"attempt {run.job.attempts}")
            if run.job.attempts == 1:
                writing.set()
                taken.wait(2)  # the other may be at it meanwhile: it must wait for this transaction

    def first() -> bool:
        return jobs.run(job.pk)

    def second() -> bool:
        assert writing.wait(10)
        try:
            return jobs.run(job.pk)
        finally:
            taken.set()

    handle(work)
    job = make()
    monkey = pytest.MonkeyPatch()
    monkey.setattr(jobs, "_lease_end", lambda: timezone.now() - SOON)
    try:
        results = at_once(first, second)
    finally:
        monkey.undo()
    assert results == [True, False]
    assert effects() == ["attempt 1"]
    assert again(job).state == "done"


@pytest.mark.django_db(transaction=True)
def test_r2_a_lease_is_renewed_by_time_whatever_the_handler_does(
    handle: Callable[[jobs.Handler], None], settings: Any
) -> None:
    """It skips empty rows, say, and tells no progress for longer than a lease."""
    settings.JOB_LEASE_SECONDS = 0.9
    free: list[list[int]] = []

    def work(run: jobs.Run, payload: dict[str, Any]) -> None:
        for _turn in range(10):
            time.sleep(0.2)
            free.append(jobs.pending())

    handle(work)
    assert jobs.run(make().pk) is True
    assert free == [[]] * 10


@pytest.mark.django_db(transaction=True)
def test_r2_a_handler_that_hangs_loses_its_lease_in_the_end(
    handle: Callable[[jobs.Handler], None], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOB_LEASE_SECONDS = 0.3
    monkeypatch.setattr(jobs, "LONGEST", 0)
    free: list[list[int]] = []

    def hang(run: jobs.Run, payload: dict[str, Any]) -> None:
        time.sleep(0.6)
        free.append(jobs.pending())

    handle(hang)
    job = make()
    jobs.run(job.pk)
    assert free == [[job.pk]]


@pytest.mark.django_db(transaction=True)
def test_r2_progress_that_the_database_refuses_fails_no_job(handle: Callable[[jobs.Handler], None]) -> None:
    """A long export still reads when somebody else writes: SQLite then lets it write no more."""
    for n in range(3):
        effect(f"row {n}")

    def export(run: jobs.Run, payload: dict[str, Any]) -> dict[str, Any]:
        rows = Draft.objects.order_by("key").iterator(chunk_size=1)
        first = next(rows)
        at_once(lambda: Draft.objects.create(user_id=first.user_id, key="written beside it"))
        run.progress(1, 3)
        return {"rows": 1 + sum(1 for _row in rows)}

    handle(export)
    job = make()
    assert jobs.run(job.pk) is True
    assert (again(job).state, again(job).result) == ("done", {"rows": 3})


# ----------------------------------------------------------------------------------------------- the page


def test_r2_a_job_is_shown_to_whom_it_belongs(handle: Callable[[jobs.Handler], None], client: Client) -> None:
    job = jobs.enqueue("test", "통계 만들기", {}, actor=planner())
    address = reverse("job", args=[job.pk])
    client.force_login(planner())
    page = client.get(address)
    assert (page.status_code, "통계 만들기" in page.content.decode()) == (200, True)
    jobs.run(job.pk)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
