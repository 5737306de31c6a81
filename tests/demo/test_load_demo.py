"""The demonstration district as it is really loaded: figures, states, silence about the past, repetition."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from auditlog.models import LogEntry
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from awards.models import Award
from awards.purse import PRIZES
from basis.periods import PeriodKind, containing, parse
from benchmarking.enums import CaseState, FollowUpState
from benchmarking.models import Case, FollowUp, Review
from benchmarking.selectors.statistics import Outcomes
from budgets.selectors import budget_overview
from core import duties
from core.ledger.verify import verify_all
from core.models import ClockAdjustment, TransitionLog
from core.now import pretend
from demo.organization import PASSWORD
from demo.timeline import TOLD_DAYS
from evaluations.models import Result, Round, Sheet
from knowledge.selectors.oddities import Pattern, findings
from mileage.enums import Scheme
from mileage.models import Entry, Handover, RankingRow
from mileage.selectors.handover import of_learning, waiting
from notifications.models import Mail, Notice
from notifications.selectors import todos_of
from organization.enums import DepartmentKind, DepartmentRole, Role
from organization.models import Absence, Department, RoleAssignment, User
from policies.models import PolicyValue
from proposals.enums import RUNNING, State
from proposals.models import Decision, Proposal
from reports.counts import outcomes_by_year
from reports.definitions import DEFINITIONS
from reports.models import Recipient, ReportRun
from reviews.enums import ReviewState
from tests.shared import rows_of_a_module
from visits.enums import VisitState
from visits.models import FieldVisit
from visits.policies import GROUPS
from visits.purse import TRAVEL

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]  # what `make run` loads; on PostgreSQL: test_load_profile
DAY = date(2026, 11, 20)  # a Friday


def load(*arguments: str) -> str:
    """What the command says on both outputs."""
    said = StringIO()
    call_command("load_demo", f"--date={DAY}", "--force-demo", *arguments, stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Loaded once for all tests here, which change nothing for good."""
    with rows_of_a_module(django_db_blocker):
        yield load()


def test_b9_the_sources_own_figures(district: str) -> None:
    found = outcomes_by_year(2013, 2015)
    assert found == {
        2013: Outcomes(adopted=10, kept=10, in_force=13, beside=18),
        2014: Outcomes(adopted=4, kept=13, in_force=8, beside=4),
        2015: Outcomes(adopted=3, kept=16, in_force=15, beside=8),
    }
    assert [(o.total, o.rejected) for o in found.values()] == [(33, 23), (25, 21), (34, 31)]
    whole = sum(found.values(), Outcomes())
    assert (whole.total, whole.adopted, whole.rejected, whole.beside) == (92, 17, 75, 30)


def test_p10_the_sources_own_figures_come_out_of_the_reports(district: str) -> None:
    for period, total, citizen, staff in (("2015-H1", 207, 141, 66), ("2015-H2", 177, 134, 43)):
        said = StringIO()
        call_command("report", "proposals-halfyear", f"--period={period}", stdout=said)
        tables = {table["caption"]: table for table in json.loads(said.getvalue())["tables"]}
        intake = tables["구분별·경로별 접수"]
        assert [row[1] for row in (*intake["rows"], *intake["totals"])] == [citizen, staff, total]
        outcome = tables["처리 결과"]["totals"][0]
        assert outcome[1] == total == sum(outcome[2:])
    year = DEFINITIONS["proposals-year"].document(parse("2015"), DAY)
    table = next(block for block in year.blocks if getattr(block, "caption", "") == "연도별 접수와 처리")
    assert [(line[0].value, line[1].value) for line in table.rows] == [
        ("2013년", 0), ("2014년", 327), ("2015년", 384),
    ]  # fmt: skip
    late = Proposal.objects.filter(year=2015, in_time=False).count()
    assert 0 < late < 384 / 4


def test_e3_the_outside_judge_has_something_to_score(district: str) -> None:
    judge = User.objects.get(employee_number="900001")
    assert {str(todo.verb) for todo in todos_of(judge)} >= {"채점하기"}


def test_p10_the_awards_of_the_half_years_come_out_of_the_report(district: str) -> None:
    """From two divisions of which some grades stayed empty (P9)."""
    wanted = {"2015-H1": {"최우수": 0, "우수": 3, "장려": 6}, "2015-H2": {"최우수": 1, "우수": 4, "장려": 4}}
    for period, counts in wanted.items():
        said = StringIO()
        call_command("report", "proposals-halfyear", f"--period={period}", stdout=said)
        table = next(
            table
            for table in json.loads(said.getvalue())["tables"]
            if table["caption"] == "부문별·등급별 시상"
        )
        assert table["columns"] == ["등급", "구민 제안", "직원 제안", "계", "시상금(원)"]
        assert {row[0]: row[3] for row in table["rows"]} == counts
        assert all(row[1] + row[2] == row[3] for row in table["rows"])
        given = Award.objects.filter(period=parse(period).label)
        assert {grade: given.filter(grade=grade).count() for grade in counts} == counts
        assert table["totals"][0][4] == given.aggregate(sum=Sum("amount"))["sum"]
    differing = Result.objects.exclude(reason="")
    assert differing.exists()
    assert set(differing.values_list("entry__round__state", flat=True)) == {"confirmed"}


def test_a5_p9_prizes_of_2015_were_handed_over(district: str) -> None:
    states = Counter(Award.objects.filter(kind="반기 제안 심사").values_list("state", flat=True))
    assert states == {"handed": 18}
    for year in (2015, 2016):
        found, of_year = budget_overview(PRIZES, year), Award.objects.filter(year=year, from_purse=True)
        assert found.spent == of_year.filter(state="handed").aggregate(sum=Sum("amount"))["sum"]
    assert set(Award.objects.filter(receiver="staff", points__gt=0).values_list("points", flat=True)) == {
        50,
        100,
    }


def test_e2_a_contest_is_being_judged_and_half_of_it_is_done(district: str) -> None:
    now = Round.objects.get(state="running")
    stage = now.stages.get(state="scoring")
    counts = Counter(Sheet.objects.filter(judge__stage=stage).values_list("state", flat=True))
    assert counts["open"] > 0
    assert abs(counts["done"] - counts["open"]) <= 1
    assert stage.closes_on is not None
    assert stage.closes_on > DAY
    assert stage.judges.filter(state="invited").count() == 1


def test_p9_the_citizens_contest_is_announced_with_its_finalists_and_somebody_objects(district: str) -> None:
    """Six of seven presented; the committee and the residents scored; what comes next is with the head of planning."""
    final = Round.objects.get(state="announced")
    assert list(final.stages.order_by("order").values_list("body", "state")) == [
        ("panel", "closed"), ("panel", "closed"), ("panel", "closed"), ("residents", "closed"),
    ]  # fmt: skip
    graded = Result.objects.filter(entry__round=final, grade__isnull=False).order_by("place")
    assert list(graded.values_list("grade__prize", flat=True)) == [
        1_000_000, 700_000, 700_000, 500_000, 500_000, 500_000,
    ]  # fmt: skip
    assert not Award.objects.filter(kind="구민 공모전 심사").exists()
    (asked,) = final.objections.all()
    assert asked.state == "asked"
    head = User.objects.get(employee_number="100014")
    assert f"심사 결과 이의: {final}" in {todo.title for todo in todos_of(head)}


def test_o1_p10_past_proposals_keep_the_name_the_department_had(district: str) -> None:
    parks = Department.objects.get(code="D0404")
    decided = Decision.objects.filter(department=parks, decided_on__year__lt=2017)
    assert set(decided.values_list("department_name", flat=True).order_by()) == {"공원녹지과"} != {parks.name}


def test_v2_visits_stand_in_every_state_with_the_money_of_their_years(district: str) -> None:
    states = set(FieldVisit.objects.values_list("state", flat=True).order_by())
    assert states == set(VisitState.values) - {VisitState.RECORDED}
    past = FieldVisit.objects.filter(visited_on__year__lte=2015)
    assert set(past.values_list("state", flat=True).order_by()) == {VisitState.SETTLED}
    for year in (2013, 2014, 2015, 2026):
        found = budget_overview(TRAVEL, year)
        of_year = FieldVisit.objects.filter(visited_on__year=year)
        sums = of_year.aggregate(spent=Sum("actual"), reserved=Sum("reserved"))
        assert (found.spent, found.reserved) == (sums["spent"], sums["reserved"] or 0)
    assert budget_overview(TRAVEL, 2026).allocated == 1_250_000
    assert not list(verify_all())


def test_v6_b10_past_visits_gave_points_and_hours_by_the_rates_of_their_time(district: str) -> None:
    visit = FieldVisit.objects.filter(visited_on__year=2013).earliest("visited_on")
    earned = Entry.objects.filter(event=f"visits.visit:{visit.pk}")
    assert earned.count() == 2 * visit.headcount
    assert set(earned.values_list("rule", "amount").order_by()) == {("visiting", 200), ("visit_hours", 400)}
    assert {line.unit for line in visit.lines.exclude(kind="transport")} == {20_000}


def test_m7_hours_of_the_years_before_have_been_handed_over(district: str) -> None:
    left = waiting(of_learning(Entry.objects.all()))
    assert left.exists()
    assert not left.filter(day__lt=date(DAY.year, 1, 1)).exists()
    first = Handover.objects.earliest("number")
    assert (first.handed_on, timezone.localdate(first.made_at)) == (date(2014, 1, 20), date(2014, 1, 20))


def test_m5_the_winners_of_confirmed_rankings_have_their_prizes(district: str) -> None:
    winners = RankingRow.objects.filter(wins=True, ranking__state="confirmed")
    assert winners.filter(ranking__kind="mvp_person").exists()
    assert not winners.filter(given=None).exists()


def test_b9_every_case_and_visit_is_marked_as_demonstration(district: str) -> None:
    assert not Case.objects.filter(is_demo=False).exists()
    assert not FieldVisit.objects.filter(is_demo=False).exists()
    assert not User.objects.filter(is_demo=False).exists()


def test_o1_the_office_has_departments_of_every_kind(district: str) -> None:
    kinds = Counter(Department.objects.filter(valid_to=None).values_list("kind", flat=True).order_by())
    assert kinds[DepartmentKind.DIVISION] + kinds[DepartmentKind.DONG] >= 40
    assert kinds[DepartmentKind.DONG] >= 10
    assert kinds[DepartmentKind.BUREAU] >= 5
    roles = Department.objects.exclude(role="").order_by("role").values_list("role", flat=True)
    assert list(roles) == ["general_affairs", "it", "planning"]


def test_o1_past_cases_keep_the_name_the_department_had(district: str) -> None:
    welfare = Department.objects.get(code="D0301")
    assert welfare.changes.get(kind="rename").old_name == "주민생활지원과"
    assert welfare.name == "복지정책과"
    then = Review.objects.filter(department=welfare, notified_on__lt=date(2014, 1, 1))
    assert set(then.values_list("department_name", flat=True).order_by()) == {"주민생활지원과"}
    merged = Department.objects.get(code="D0506")
    assert merged.successor is not None
    assert not merged.staff.exists()


def test_o2_staff_and_their_rights(district: str) -> None:
    assert 110 <= User.objects.exclude(department=None).count() <= 140
    assert set(RoleAssignment.objects.values_list("role", flat=True).order_by()) == set(Role.values)
    reviewing = Department.objects.reviewing().filter(valid_to=None)
    for department in reviewing.order_by("code"):
        assert department.staff.filter(position="head").count() == 1, department


def test_o2_transfers_are_dated_and_in_order(district: str) -> None:
    moved = User.objects.get(employee_number="100018")
    places = list(moved.postings.order_by("valid_from").values_list("department__code", flat=True))
    assert places == ["D0013", "D0504", "D0101"]
    assert moved.department is not None
    assert moved.department.code == "D0101"


def test_o5_somebody_is_away_today_and_another_stands_in(district: str) -> None:
    assert Absence.objects.filter(start__lte=DAY, end__gte=DAY).count() >= 2


def test_demo_accounts_log_in_with_the_password_that_is_shown(district: str) -> None:
    assert PASSWORD in district
    assert "실제 업무에 쓰지 마세요" in district
    for number in ("100016", "100080", "900001"):
        assert number in district
        user = authenticate(username=number, password=PASSWORD)
        assert user is not None
        assert not user.must_change_password  # type: ignore[attr-defined]  # Django's own


def test_every_state_is_there(district: str) -> None:
    year = Case.objects.filter(registered_on__gt=DAY - timedelta(days=250))
    of_now = set(CaseState.values) - {CaseState.RECORDED}  # that comes with records alone
    assert set(year.values_list("state", flat=True).order_by()) == of_now
    reviews = Review.objects.filter(case__in=year)
    assert set(reviews.values_list("state", flat=True).order_by()) == set(ReviewState.values)
    followed = FollowUp.objects.filter(review__in=reviews)
    assert set(followed.values_list("state", flat=True).order_by()) == set(FollowUpState.values)
    asked = ClockAdjustment.objects.values_list("kind", "state").order_by().distinct()
    assert {("extension", "requested"), ("extension", "approved"), ("extension", "rejected")} <= set(asked)
    assert {("pause", "requested"), ("pause", "approved")} <= set(asked)


def test_p5_proposals_are_there_in_every_state_and_one_is_late(district: str) -> None:
    states = set(Proposal.objects.values_list("state", flat=True).order_by())
    assert states == set(State.values) - {State.RECORDED}
    late = Proposal.objects.filter(state__in=RUNNING, clock__due__lt=DAY)
    assert late.exists()
    assert Proposal.objects.filter(kind="staff", year=DAY.year).count() == 5


def test_b3_some_are_late_and_one_stands_still(district: str) -> None:
    late = Review.objects.open().filter(clock__due__lt=DAY, clock__paused=False)  # type: ignore[attr-defined]  # its own queryset's
    assert late.count() >= 5
    assert Review.objects.open().filter(clock__paused=True).count() == 1  # type: ignore[attr-defined]  # its own queryset's


def test_b6_a_second_round_is_open(district: str) -> None:
    assert Case.objects.filter(state=CaseState.IN_REVIEW, round_number=2).exists()


def test_r3_nobody_is_told_of_the_past(district: str) -> None:
    begin = timezone.make_aware(timezone.datetime(DAY.year, DAY.month, DAY.day)) - timedelta(days=TOLD_DAYS)
    assert Notice.objects.count() > 10
    assert Mail.objects.count() > 5
    assert not Notice.objects.filter(created_at__lt=begin).exists()
    assert not Mail.objects.filter(created_at__lt=begin).exists()
    assert 0 < Notice.objects.filter(read_at=None).count() < Notice.objects.count()


def test_d5_what_happened_is_logged_under_its_own_day_and_person(district: str) -> None:
    first = TransitionLog.objects.earliest("at")
    assert timezone.localdate(first.at) == date(2013, 3, 5)
    assert str(first.actor) == "기획예산과 주무관"
    entry = LogEntry.objects.filter(content_type__model="case").earliest("timestamp")
    assert timezone.localdate(entry.timestamp) == date(2013, 3, 5)
    assert entry.actor == first.actor
    assert not LogEntry.objects.filter(timestamp__date__gt=DAY).exists()


def test_r1_reports_of_the_year_were_made_and_have_recipients(district: str) -> None:
    assert set(ReportRun.objects.values_list("state", flat=True).order_by()) == {"made"}
    assert ReportRun.objects.count() >= 5
    assert Recipient.objects.filter(person__position="vice_mayor").exists()


def test_k5_planning_is_shown_who_was_in_a_hurry(district: str) -> None:
    found = findings(containing(DAY, PeriodKind.QUARTER))
    assert {one.pattern for one in found} == {Pattern.BURST, Pattern.PASTED}
    assert len({one.who for one in found}) == 1
    assert not findings(containing(DAY, PeriodKind.QUARTER).previous()), "nobody else, in the quarter before"


def test_r2_the_schedule_has_nothing_left_to_do(district: str) -> None:
    with pretend(DAY):
        assert not any(duties.run_due().values())


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_second_run_changes_nothing_and_says_so(district: str) -> None:
    before = counts()
    said = load()
    assert counts() == before
    assert "이미 있습니다" in said
    assert "바뀐 것이 없습니다" in said
    assert PASSWORD in said


def test_n5_the_demonstration_by_the_profile_of_another_office(district: str) -> None:
    """From today on, as work has been done: words, figures, and the name of the planning department."""
    before = counts()
    assert not PolicyValue.objects.exists()
    with transaction.atomic():
        assert "영등포구 2006" in load("--profile=yeongdeungpo-2006")
        with pretend(DAY):
            assert Department.objects.get(role=DepartmentRole.PLANNING).name == "혁신기획단"
            assert GROUPS.current() == 2
            assert str(Scheme.CREATIVITY.label) == "혁신마일리지"
            assert GROUPS.on(DAY - timedelta(days=1)) == 0
        changed = {label for label, n in counts().items() if n != before[label]}
        assert changed == {
            "policies.PolicyValue", "auditlog.LogEntry", "organization.DepartmentChange"
        }  # fmt: skip
        assert "바뀐 것이 없습니다" in load("--profile=yeongdeungpo-2006")
        load("--profile=seongdong-2016")
        with pretend(DAY):
            assert GROUPS.current() == 0
            assert Department.objects.get(role=DepartmentRole.PLANNING).name == "기획예산과"
        transaction.set_rollback(True)


def test_an_unknown_profile_is_refused_with_the_names_there_are(district: str) -> None:
    with pytest.raises(CommandError, match="gangbuk-2016, geumjeong-2024, jung-gu-2016, seongdong-2016"):
        load("--profile=nowhere")


@pytest.mark.django_db
def test_a_real_system_is_refused() -> None:
    with pytest.raises(CommandError, match="절대로"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="절대로"):
        call_command("generate_load", "--cases=1")


@pytest.mark.django_db
def test_a_database_with_other_departments_is_left_alone() -> None:
    Department.objects.create(
        code="X", name="실제과", kind=DepartmentKind.DIVISION, valid_from=date(2020, 1, 1)
    )
    with pytest.raises(CommandError, match="빈 데이터베이스"):
        load()
    assert Department.objects.count() == 1
