"""Making reports: once, later when missed, again with a reason; mails and notices with it (R2, R3)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from basis.errors import Refused, Rejected
from basis.periods import parse
from core import attachments, duties, jobs
from core.models import Job, TransitionLog
from core.now import pretend, today
from core.transition import history
from notifications.models import Mail, Notice
from organization.enums import Position, Role
from reports import selectors
from reports.definitions import DEFINITIONS
from reports.enums import RunState
from reports.models import Delivery, ReportRun
from reports.services import mailing, making
from tests import b9
from tests.factories import CaseFactory, UserFactory, away, planner
from tests.threads import at_once

pytestmark = pytest.mark.django_db
JULY = dt.date(2026, 7, 1)
ANALYSIS = DEFINITIONS["benchmarking-analysis"]
DUE_IN_JULY = DUE_IN_SEPTEMBER = 6  # since the year began


@pytest.fixture(autouse=True)
def _planner() -> Iterator[None]:
    planner()
    with pretend(JULY):
        yield


def keys() -> list[str]:
    return sorted(str(run) for run in ReportRun.objects.all())


def make() -> None:
    """What is due today; of that only the analysis is made, which is enough."""
    making.make_due(today())
    for run in ReportRun.objects.filter(slug=ANALYSIS.slug, state=RunState.WAITING):
        work_off(run)


def work_off(run: ReportRun) -> None:
    job = making.job_of(run)
    assert job is not None
    jobs.run(job.pk)


def made(period: str = "2026-H1", edition: int = 1) -> ReportRun:
    return ReportRun.objects.get(slug=ANALYSIS.slug, period=period, edition=edition)


# -------------------------------------------------------------------------------------------- once


def test_r2_made_once_however_often_the_schedule_ticks() -> None:
    assert making.make_due(JULY) == DUE_IN_JULY
    assert making.make_due(JULY) == 0
    assert jobs.run_pending() == DUE_IN_JULY
    assert making.make_due(JULY) == jobs.run_pending() == 0
    assert {run.state for run in ReportRun.objects.all()} == {RunState.MADE}
    assert len(keys()) == len(set(keys())) == DUE_IN_JULY


def test_r1_who_earned_most_is_reported_only_where_anybody_earned() -> None:
    with pretend(b9.day("2026-03-10")):
        CaseFactory(found_by=UserFactory())
    assert making.make_due(JULY) == DUE_IN_JULY + 1
    assert ReportRun.objects.get(slug="mvp").period == "2026-M03"


def test_r2_a_missed_run_is_made_at_the_next_start_with_the_figures_of_that_day() -> None:
    with pretend(b9.day("2026-09-10")):
        assert duties.run_due(b9.day("2026-09-10"))["reports"] == DUE_IN_SEPTEMBER
        work_off(made())
    run = made()
    assert (run.due_on, run.as_of) == (JULY, b9.day("2026-09-10"))
    assert selectors.document_of(run).made_on == b9.day("2026-09-10")


def test_r2_run_due_for_another_day_than_today() -> None:
    with pretend(b9.day("2026-11-20")):
        duties.run_due(JULY)
        work_off(made())
    assert made().as_of == JULY


def test_r2_a_made_report_has_figures_files_and_log() -> None:
    b9.history()
    CaseFactory()
    make()
    run = made()
    assert run.made_at is not None
    assert run.figures["title"] == "2026년 상반기 벤치마킹 결과분석"
    assert sorted(a.name for a in attachments.files_of(run)) == [
        "2026년 상반기 벤치마킹 결과분석.hwpx",
        "2026년 상반기 벤치마킹 결과분석.xlsx",
    ]
    assert [row.name for row in history(run)] == ["begin", "make"]


def test_r2_the_database_knows_one_run_an_edition() -> None:
    run = making.make_now(ANALYSIS, parse("2026-H1"), by_mail=False, actor=planner())
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.create(slug=run.slug, period=run.period, as_of=JULY)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r2_two_schedulers_make_each_report_once() -> None:
    at_once(*[lambda: duties.run_due(JULY)] * 2)
    at_once(*[jobs.run_pending] * 2)
    assert len(keys()) == DUE_IN_JULY
    assert {run.state for run in ReportRun.objects.all()} == {RunState.MADE}
    assert Mail.objects.filter(kind="reports.run").count() == DUE_IN_JULY


def ask() -> Any:
    with pretend(JULY):
        try:
            return making.make_now(ANALYSIS, parse("2026-H1"), by_mail=False, actor=planner())
        except Rejected as error:
            return error


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r2_two_planners_make_a_report_once() -> None:
    results = at_once(ask, ask)
    assert sorted(type(result).__name__ for result in results) == ["Rejected", "ReportRun"]
    assert len(keys()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_r2_nor_when_one_is_done_while_the_other_still_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dt.date] = []

    def meanwhile() -> dt.date:
        """The second time stands between the look whether there is one and the making."""
        asked.append(today())
        if len(asked) == 2:
            monkeypatch.setattr(making, "today", today)
            assert [type(made) for made in at_once(ask)] == [ReportRun]
        return asked[-1]

    monkeypatch.setattr(making, "today", meanwhile)
    assert isinstance(ask(), Rejected)
    assert len(keys()) == 1


# ------------------------------------------------------------------------------------ killed and failed


def test_r2_a_worker_that_died_while_making_leaves_nothing_half() -> None:
    making.make_due(JULY)
    run = made()
    job = making.job_of(run)
    assert job is not None
    dead = jobs.claim(job.pk)  # the first worker claims, and is killed
    assert dead is not None
    assert not jobs.run(job.pk)
    assert made().state == RunState.WAITING
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    assert jobs.run(job.pk)
    with pytest.raises(jobs.LeaseLost):  # it was not dead after all
        making.work(jobs.Run(dead), {"run": run.pk})
    assert made().state == RunState.MADE
    assert attachments.files_of(run).count() == 2
    assert Mail.objects.filter(unique_key__startswith=run.key + ":").count() == 1


def test_r2_dying_while_storing_takes_everything_back(monkeypatch: pytest.MonkeyPatch) -> None:
    making.make_due(JULY)
    run = made()
    job = making.job_of(run)
    assert job is not None

    def die(*_args: Any, **_values: Any) -> None:
        raise KeyboardInterrupt  # as if killed: nobody handles it

    monkeypatch.setattr(making, "deliver", die)
    with pytest.raises(KeyboardInterrupt):
        jobs.run(job.pk)
    assert (made().state, made().figures) == (RunState.WAITING, {})
    assert not attachments.files_of(run).exists()
    assert not Mail.objects.exists()


def test_r2_a_report_that_cannot_be_made_says_so_and_can_be_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    making.make_due(JULY)
    run = made()
    job = making.job_of(run)
    assert job is not None
    with monkeypatch.context() as broken:
        broken.setattr(making, "definition_of", lambda slug: 1 / 0)
        jobs.run(job.pk)
    assert made().state == RunState.FAILED
    assert Notice.objects.filter(kind="reports.failed").count() == 1
    making.fail_abandoned()
    making.settle_failed(Job.objects.get(pk=job.pk))
    assert Notice.objects.filter(kind="reports.failed").count() == 1
    assert making.make_due(JULY) == 0, "a failed run waits for a person"
    with pytest.raises(Refused):
        making.retry(run, actor=UserFactory())
    making.retry(run, actor=planner())
    work_off(run)
    assert made().state == RunState.MADE


def test_r2_a_job_that_gave_up_unheard_is_noticed_at_the_next_tick() -> None:
    making.make_due(JULY)
    Job.objects.filter(unique_key=made().key).update(state=Job.State.FAILED, error="중단")
    making.make_due(JULY)
    assert made().state == RunState.FAILED


# -------------------------------------------------------------------------------------- by hand, again


def test_r2_made_by_hand_before_its_day_does_not_stand_for_the_release() -> None:
    with pretend(b9.day("2026-06-20")):
        making.make_now(ANALYSIS, parse("2026-H1"), by_mail=False, actor=planner())
        jobs.run_pending()
    make()
    assert (made().as_of, made(edition=2).as_of) == (b9.day("2026-06-20"), JULY)
    assert making.make_due(b9.day("2026-07-02")) == 0


def test_r2_made_by_hand_only_once_and_only_for_what_has_begun() -> None:
    with pytest.raises(Rejected, match="시작되지 않은") as early:
        making.make_now(ANALYSIS, parse("2027"), by_mail=False, actor=planner())
    assert early.value.field == "period"
    making.make_now(ANALYSIS, parse("2015"), by_mail=False, actor=planner())
    with pytest.raises(Rejected, match="이미 만든"):
        making.make_now(ANALYSIS, parse("2015"), by_mail=False, actor=planner())
    with pytest.raises(Rejected, match="단위로 만듭니다"):
        making.make_now(ANALYSIS, parse("2015-Q1"), by_mail=False, actor=planner())
    with pytest.raises(Refused, match="기획예산과"):
        making.make_now(ANALYSIS, parse("2014"), by_mail=False, actor=UserFactory())


def test_r2_making_again_keeps_the_first_and_shows_what_changed() -> None:
    b9.history()
    making.make_now(ANALYSIS, parse("2015"), by_mail=False, actor=planner())
    jobs.run_pending()
    run = made("2015")
    assert selectors.changes_since(run) == []
    with pretend(b9.day("2015-05-05")):
        CaseFactory()
    changes = {(c.where, c.row, c.column): (c.before, c.after) for c in selectors.changes_since(run)}
    assert changes["현장체험과 결정 전 사례", "2015년", "결정 전"] == ("0", "1")
    assert run.figures == made("2015").figures
    with pytest.raises(Rejected, match="사유"):
        making.make_again(run, reason=" ", by_mail=False, actor=planner())
    with pytest.raises(Refused):
        making.make_again(run, reason="정정", by_mail=False, actor=UserFactory())
    second = making.make_again(run, reason="빠진 사례 반영", by_mail=False, actor=planner())
    with pytest.raises(Rejected, match="만들고 있습니다"):
        making.make_again(run, reason="또", by_mail=False, actor=planner())
    jobs.run_pending()
    assert second.edition == 2
    assert selectors.changes_since(made("2015", edition=2)) == []
    assert selectors.changes_since(run) != []
    assert TransitionLog.objects.get(reason="빠진 사례 반영").subject == second


# ------------------------------------------------------------------------------------------- mails (R3)


def test_r3_each_recipient_gets_one_mail_with_both_files() -> None:
    people = [UserFactory(), UserFactory(email="")]
    mailing.add_recipients(ANALYSIS.slug, people, actor=planner())
    make()
    run = made()
    (mail,) = Mail.objects.filter(unique_key=f"{run.key}:{people[0].pk}")
    assert mail.email.to == [people[0].email]
    assert mail.email.subject == "[창의구정] 2026년 상반기 벤치마킹 결과분석"
    assert sorted(file.name.rpartition(".")[2] for file in mail.email.attachments.all()) == ["hwpx", "xlsx"]
    assert "연도별 검토 결과" in mail.email.html_message
    assert f'href="http://127.0.0.1:8000{run.get_absolute_url()}"' in mail.email.html_message
    assert "(단위: 건)" in mail.email.message
    assert [(d.person, d.mail) for d in run.deliveries.order_by("pk")] == [
        (people[0], mail),
        (people[1], None),
    ]
    assert Notice.objects.filter(kind="reports.run", url=run.get_absolute_url()).count() == 2


def test_r3_without_chosen_recipients_planning_gets_it() -> None:
    make()
    assert [d.person for d in made().deliveries.all()] == [planner()]


def test_o5_who_stands_in_gets_the_report_too() -> None:
    chief, deputy = UserFactory(position=Position.BUREAU_HEAD), UserFactory()
    away(chief, deputy, JULY, JULY)
    mailing.add_recipients(ANALYSIS.slug, [chief], actor=planner())
    make()
    assert {d.person for d in made().deliveries.all()} == {chief, deputy}


def test_r3_making_again_mails_only_when_asked() -> None:
    make()
    making.make_again(made(), reason="확인용", by_mail=False, actor=planner())
    jobs.run_pending()
    assert not made(edition=2).deliveries.exists()
    making.make_again(made(), reason="다시 배포", by_mail=True, actor=planner())
    jobs.run_pending()
    (delivery,) = Delivery.objects.filter(run=made(edition=3)).select_related("mail__email")
    assert delivery.mail is not None
    assert delivery.mail.email.subject.endswith("(3판)")


def test_r3_failed_mails_are_sent_again() -> None:
    make()
    run = made()
    mail = run.deliveries.get().mail
    assert mail is not None
    assert mailing.resend(run, actor=planner()) == []
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.FAILED, attempts=9, error="거절")
    with pytest.raises(Refused):
        mailing.resend(run, actor=UserFactory(roles=[Role.EXECUTIVE]))
    assert mailing.resend(run, actor=planner()) == [mail]
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.error) == (Mail.State.QUEUED, 0, "")


def test_r2_recipients_are_chosen_by_planning() -> None:
    person = UserFactory()
    with pytest.raises(Refused):
        mailing.add_recipients(ANALYSIS.slug, [person], actor=person)
    with pytest.raises(Rejected):
        mailing.add_recipients(ANALYSIS.slug, [], actor=planner())
    assert mailing.add_recipients(ANALYSIS.slug, [person, person], actor=planner()) == 1
    assert mailing.add_recipients(ANALYSIS.slug, [person], actor=planner()) == 0
    (row,) = selectors.recipients_by_report()[ANALYSIS.slug]
    with pytest.raises(Refused):
        mailing.remove_recipient(row, actor=person)
    mailing.remove_recipient(row, actor=planner())
    assert mailing.recipients_of(ANALYSIS.slug) == [planner()]
