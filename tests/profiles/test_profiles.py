"""A profile makes an office: its words, its figures of their own days, names of departments (N5)."""

import datetime as dt
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override

from basis.errors import Refused
from basis.excel.columns import ImportColumn, reader_of
from benchmarking.enums import Channel, Field, SourceKind
from benchmarking.policies import REREVIEW_MONTHS, REVIEW_DAYS
from clubs import policies as club_policies
from contests.policies import DIVISION, TABLES
from core.actors import SYSTEM
from core.models import TransitionLog
from core.now import pretend, today
from evaluations.enums import Slot
from evaluations.policies import Table
from incentives import policies as incentives
from incentives.enums import Behind, Tier
from knowledge.enums import BOARD, Area, Type
from knowledge.policies import EARNS, REGISTRATION_MONTHS
from knowledge.policies_best import DIVISION as OFFICE
from knowledge.policies_best import TABLES as BEST
from mileage import policies as points
from mileage.enums import RankingKind, Scheme
from organization.enums import DepartmentRole, Role
from organization.sockets import SETUP
from policies.models import PolicyValue
from policies.registry import all_policies, cache_clear, get_policy
from policies.services import check
from profiles import services
from profiles.offices import is_offices, names, read
from proposals import policies_judging as judging
from proposals.enums import CallKind
from proposals.enums import Channel as ProposalChannel
from proposals.enums import Kind as ProposalKind
from reports.policies import ANALYSIS_HALF, ANALYSIS_YEAR, START_ON
from tests import factories as make
from visits import policies as visits

pytestmark = pytest.mark.django_db
PRACTICE = TABLES[DIVISION]
TODAY = dt.date(2026, 11, 2)
SPRING_2016, AUTUMN_2015 = dt.date(2016, 5, 2), dt.date(2015, 9, 1)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        yield


def figures(name: str, day: dt.date, *asked: Any) -> list[Any]:
    """Of an empty office that this profile has been loaded into."""
    services.apply(read(name), actor=SYSTEM)
    return [policy.on(day) for policy in asked]


def test_n5_s0_seongdong_of_2016() -> None:
    """Review in 14 days, again each half-year; five teams of five for a day, 1,250,000 won; points before and after."""
    asked = (REVIEW_DAYS, REREVIEW_MONTHS, visits.TEAM_SIZE, visits.DAYS, visits.REPORT_DAYS, visits.MONTHS)
    assert figures("seongdong-2016", SPRING_2016, *asked) == [14, [1, 7], 5, 1, 7, list(range(4, 13))]
    assert visits.TEAMS.on(SPRING_2016) * visits.AMOUNT.on(SPRING_2016) == 1_250_000
    assert visits.MEALS.on(SPRING_2016) == visits.DAILY_ALLOWANCE.on(SPRING_2016) == 20_000
    for_cases = (points.FINDING, points.REVIEWING, points.IMPLEMENTING, points.VISITING, points.VISIT_HOURS)
    assert [policy.on(SPRING_2016) for policy in for_cases] == [2, 2, 5, 2, 4]
    assert [policy.on(AUTUMN_2015) for policy in for_cases[:3]] == [1, 0, 4]
    assert (ANALYSIS_HALF.current(), ANALYSIS_YEAR.current()) == ("07-01", "12-20")


def test_n5_s2_jung_gu_of_2016() -> None:
    """Points of the knowledge board with their caps, three kings a quarter with 50,000 won, grades of proposals."""
    posts = (points.POST_IDEA, points.POST_CLUB, points.POST_WORK, points.POST_FILE)
    assert figures("jung-gu-2016", SPRING_2016, *posts) == [50, 10, 5, 5]
    seen = (points.OPINION, points.VIEWING, points.OPINION_CAP, points.VIEWING_CAP, points.CLUB_HOURS_CAP)
    assert [policy.on(SPRING_2016) for policy in seen] == [2, Decimal("0.5"), 40, 20, 12]
    grades = (points.GRADE_BEST, points.GRADE_GOOD, points.GRADE_FAIR)
    assert [policy.on(SPRING_2016) for policy in grades] == [2, 1, Decimal("0.5")]
    assert (points.KING_WINNERS.current(), points.KING_PRIZE.current()) == (3, 50_000)
    assert points.FINDING.on(SPRING_2016) == 0, "no document of this office gives points for benchmarking"
    assert str(Channel.OVERSEAS_TRIP.label) == "해외선진문화체험"
    assert [str(kind.label) for kind in CallKind] == ["상시 모집", "맞춤형 테마제안", "구민정책제안 콘테스트"]
    assert str(ProposalChannel.BOARD.label) == "『지식나눔』 창의제안 게시판"
    assert (str(BOARD), *(str(area.label) for area in Area)) == (
        "지식나눔", "업무나눔터", "자료공유", "창의제안", "학습동아리",
    )  # fmt: skip
    assert REGISTRATION_MONTHS.on(SPRING_2016) == [3, 6, 9]
    assert [EARNS[area].on(SPRING_2016) for area in Area] == [True, False, True, True]


def grades_of(table: Table, day: dt.date) -> list[tuple[str, int, int]]:
    return [(str(one.slot.label), one.at_most, one.prize) for one in table.on(day)]


def test_p9_grades_and_sums_are_those_of_the_offices_own_document() -> None:
    """The half-year's of Jung-gu in both divisions, medals in Seongdong's call, five grades in a citizens' rule; none
    where no document has any."""
    half, contest = judging.HALF, judging.CONTEST[judging.FINALISTS]
    services.apply(read("jung-gu-2016"), actor=SYSTEM)
    table = [("최우수", 1, 300_000), ("우수", 2, 200_000), ("장려", 3, 100_000)]
    assert all(grades_of(half[kind], SPRING_2016) == table for kind in ProposalKind)
    assert grades_of(contest, SPRING_2016) == [
        ("최우수", 1, 1_000_000), ("우수", 2, 700_000), ("장려", 3, 500_000),
    ]  # fmt: skip
    assert grades_of(PRACTICE, SPRING_2016) == grades_of(contest, SPRING_2016)
    services.apply(read("seongdong-2016"), actor=SYSTEM)
    assert grades_of(contest, SPRING_2016) == [
        ("금상", 2, 1_000_000), ("은상", 4, 500_000), ("동상", 5, 300_000), ("장려상", 12, 200_000),
    ]  # fmt: skip
    assert grades_of(half[ProposalKind.STAFF], TODAY) == []
    services.apply(read("geumjeong-2024"), actor=SYSTEM)
    medals = [
        ("금상", 1, 3_000_000), ("은상", 1, 2_000_000), ("동상", 1, 1_000_000), ("장려상", 1, 500_000),
        ("노력상", 1, 100_000),
    ]  # fmt: skip
    assert all(grades_of(half[kind], TODAY) == medals for kind in ProposalKind)
    clubs = club_policies.TABLES[club_policies.DIVISION]
    services.apply(read("jung-gu-2016"), actor=SYSTEM)
    assert grades_of(clubs, SPRING_2016) == [
        ("최우수", 1, 500_000), ("우수", 2, 300_000), ("장려", 8, 200_000),
    ]  # fmt: skip
    for name in ("yeongdeungpo-2002", "yeongdeungpo-2006", "gangbuk-2016"):
        services.apply(read(name), actor=SYSTEM)
        tables = (*half.values(), *judging.THEME.values(), contest, PRACTICE, clubs)
        assert not any(grades_of(one, TODAY) for one in tables), name


def test_n5_s1_yeongdeungpo_of_2002() -> None:
    """Five fields; eight teams of two, sixteen people, five days, in the second half of the year."""
    day = dt.date(2002, 9, 2)
    assert figures("yeongdeungpo-2002", day, visits.DAYS, visits.MONTHS) == [5, list(range(7, 13))]
    assert visits.TEAMS.on(day) * visits.TEAM_SIZE.on(day) == 16
    assert [str(field.label) for field in Field] == [
        "행정개혁",
        "재정확충",
        "구민복지",
        "생활환경",
        "건설교통",
    ]
    assert points.REVIEWING.on(TODAY) == 0, "the step of 2016 is another office's"
    assert [str(kind.label) for kind in ProposalKind] == ["구민창안", "구정발전 아이디어"]


def test_c6_s3_groups_and_clubs_as_reckoned_beside_what_the_plan_says(client: Client) -> None:
    client.force_login(make.planner(), backend="organization.backends.Backend")
    page = client.get("/manage/profiles/yeongdeungpo-2006/").content.decode()
    assert "혁신주도그룹 3개 72명(혁신 리더 그룹 21명, 변화관리자 그룹 32명, 혁신 새싹 그룹 19명)" in page
    assert "학습·연구 동아리 4개 49명(" in page
    assert "문서에는 51명으로 적혀 있음" in page
    assert "72명으로 적혀" not in page


def test_n5_s3_yeongdeungpo_of_2006() -> None:
    """Each quarter in two groups; an MVP a month, five at the year's end; its own words for points."""
    day = dt.date(2006, 3, 2)
    assert figures("yeongdeungpo-2006", day, visits.MONTHS, visits.GROUPS) == [[3, 6, 9, 12], 2]
    chosen = (points.MVP_WINNERS, points.MVP_DEPARTMENTS, points.YEAR_END_WINNERS)
    assert [policy.on(day) for policy in chosen] == [1, 1, 5]
    assert str(Scheme.CREATIVITY.label) == "혁신마일리지"
    assert str(RankingKind.YEAR_END.label) == "혁신·CS 통합마일리지 우수자"
    assert (str(ProposalKind.STAFF.label), str(ProposalChannel.BOARD.label)) == ("공무원제안", "업무혁신방")
    assert (str(BOARD), *(str(one.label) for one in Type)) == ("i-등대", "업무지식", "생활지식", "업무편람")
    assert [row[:2] for row in grades_of(BEST[OFFICE], day)] == [("최우수", 1), ("우수", 3)]
    assert REGISTRATION_MONTHS.on(day) == [3, 6, 9]


def test_s3_the_menu_calls_the_board_by_the_offices_name(client: Client) -> None:
    services.apply(read("yeongdeungpo-2006"), actor=SYSTEM)
    assert REVIEW_DAYS.current() == 14  # as any page reads some policy
    client.force_login(make.planner(), backend="organization.backends.Backend")
    page = client.get("/knowledge/posts/").content.decode()
    assert "i-등대" in page
    assert "지식나눔" not in page


def test_n5_s4_gangbuk_of_2016() -> None:
    """General affairs are another department there; what it gives for evaluations is what its plan says (I7, I8)."""
    make.DepartmentFactory(name="총무과", role=DepartmentRole.GENERAL_AFFAIRS)
    assert figures("gangbuk-2016", SPRING_2016, points.FINDING, points.POST_IDEA) == [0, 0]
    renamed = make.DepartmentFactory._meta.model.objects.get(role=DepartmentRole.GENERAL_AFFAIRS)
    assert renamed.name == "행정지원과"
    assert services.missing(read("gangbuk-2016")) == ["기획예산과", "정보화지원과"]
    bonus = (incentives.BONUS_PERCENT, *(incentives.FIXED[tier] for tier in Tier))
    assert figures("gangbuk-2016", SPRING_2016, incentives.PLAN_DAYS, *bonus) == [
        5, 10, 1_500_000, 1_000_000, 500_000,
    ]  # fmt: skip
    leave = [incentives.LEAVE[part, tier] for part in (Behind.CHARGE, Behind.LEADER) for tier in Tier]
    assert figures("gangbuk-2016", SPRING_2016, *leave) == [2, 1, 1, 1, 1, 0]


@pytest.mark.parametrize("name", names())
def test_n5_a_profile_is_complete_and_loads_once(name: str) -> None:
    office = read(name)
    assert set(office.values) == {policy.key for policy in all_policies() if is_offices(policy)}
    assert office.departments[DepartmentRole.PLANNING]
    for key, rows in office.values.items():
        policy = get_policy(key)
        assert policy
        assert all(check(policy, row.value) is not None and row.document and row.reason for row in rows)
    assert services.apply(office, actor=SYSTEM)
    assert services.compare(office, actor=SYSTEM) == []
    assert services.apply(office, actor=SYSTEM) == 0


@pytest.mark.parametrize("before", names())
@pytest.mark.parametrize("name", names())
def test_n5_nothing_of_another_office_is_left(name: str, before: str) -> None:
    def rows() -> list[Any]:
        live = PolicyValue.objects.filter(withdrawn_at=None).order_by("key", "effective_from")
        return list(live.values_list("key", "effective_from", "value", "document"))

    services.apply(read(name), actor=SYSTEM)
    alone = rows()
    services.apply(read(before), actor=SYSTEM)
    services.apply(read(name), actor=SYSTEM)
    assert rows() == alone


def test_n5_where_work_was_done_the_past_stays_as_it_was() -> None:
    make.ReviewFactory()
    assert TransitionLog.objects.exists()
    services.apply(read("yeongdeungpo-2002"), actor=SYSTEM)
    assert (visits.TEAM_SIZE.on(TODAY - dt.timedelta(days=1)), visits.TEAM_SIZE.current()) == (5, 2)
    assert set(PolicyValue.objects.values_list("effective_from", flat=True)) == {TODAY}
    with pretend(TODAY + dt.timedelta(days=9)):
        services.apply(read("seongdong-2016"), actor=SYSTEM)
        assert visits.TEAM_SIZE.current() == 5
        assert visits.TEAM_SIZE.on(TODAY) == 2


def test_what_is_of_the_installation_stays() -> None:
    """When reports begin to be made by themselves is said at the first set-up, not by a document of 2016."""
    row = {"value": "2026-11-01", "effective_from": TODAY, "document": "가", "reason": "나"}
    PolicyValue.objects.create(key=START_ON.key, **row)
    cache_clear()
    services.apply(read("seongdong-2016"), actor=SYSTEM)
    assert START_ON.current() == dt.date(2026, 11, 1)


def test_words_follow_their_day_and_migrations_never_see_them() -> None:
    field = Field.WELFARE
    assert str(field.label) == "구민복지"
    row = {"document": "가", "reason": "나", "key": "words.benchmarking.field.welfare"}
    PolicyValue.objects.create(value="생활복지", effective_from=TODAY, **row)
    cache_clear()
    assert REVIEW_DAYS.current() == 14  # as any page reads some policy
    assert str(field.label) == dict(Field.choices)["welfare"] == "생활복지"
    with override(None):
        assert str(field.label) == "구민복지"
    # A workbook may say either.
    column = ImportColumn("field", "분야", kind="choice", choices=Field.choices)
    assert {reader_of(column)(word, "s") for word in ("생활복지", "구민복지")} == {field}
    with pretend(TODAY - dt.timedelta(days=1)):
        assert str(field.label) == "구민복지"


def test_the_command_shows_first_and_then_does() -> None:
    said = StringIO()
    call_command("apply_profile", "yeongdeungpo-2002", "--dry-run", stdout=said)
    assert "현장체험단 인원: 5명 → 2명 (2002. 7. 1.부터)" in said.getvalue()
    assert "기획예산과" in said.getvalue()
    assert not PolicyValue.objects.exists()
    call_command("apply_profile", "yeongdeungpo-2002", stdout=said)
    assert "영등포구 2002" in said.getvalue()
    assert visits.TEAM_SIZE.current() == 2
    with pytest.raises(CommandError, match="seongdong-2016"):
        call_command("apply_profile", "nowhere")


FIRST_SEEN: dict[
    str, tuple[Any, Any, str]
] = {  # a figure of each document with its value, and one of its words
    "seongdong-2016": (visits.AMOUNT, 250_000, "창의 마일리지"),
    "jung-gu-2016": (points.KING_PRIZE, 50_000, "창의활동 점수"),
    "yeongdeungpo-2002": (visits.TEAMS, 8, "자치단체"),
    "yeongdeungpo-2006": (points.YEAR_END_WINNERS, 5, "지식 마일리지"),
    "gangbuk-2016": (points.FINDING, 0, "우수시책"),
    "geumjeong-2024": (judging.HALF[ProposalKind.CITIZEN].prizes[Slot.FIRST], 3_000_000, "금상"),
}


@pytest.mark.parametrize("name", names())
def test_n5_the_command_makes_an_empty_system_the_office(name: str) -> None:
    """Figures and words are there before the first department, and each half-year and year has its day of report."""
    said = StringIO()
    call_command("apply_profile", name, stdout=said)
    assert read(name).label in said.getvalue()
    figure, value, word = FIRST_SEEN[name]
    assert figure.current() == value
    assert word in {str(label) for words in (Channel, SourceKind, Scheme, Slot) for label in words.labels}
    assert (ANALYSIS_HALF.current(), ANALYSIS_YEAR.current()) == ("07-01", "12-20")


def test_the_first_set_up_names_the_profile() -> None:
    step = SETUP["profile"]
    assert (step.done(), step.count()) == (False, "적용하지 않음")
    services.apply(read("jung-gu-2016"), actor=SYSTEM)
    assert (step.done(), step.count()) == (True, "중구 2016")


def test_the_page_shows_what_becomes_otherwise_and_does_just_that(client: Client) -> None:
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    client.force_login(admin)
    assert "영등포구 2006" in client.get("/manage/profiles/").content.decode()
    page = client.get("/manage/profiles/yeongdeungpo-2006/")
    assert "현장체험 시기: 1~12월 → 3·6·9·12월 (2006. 2. 1.부터)" in page.content.decode()
    assert client.get("/manage/profiles/nowhere/").status_code == 404
    sent = {"preview": page.context["preview"]}
    client.post("/manage/profiles/yeongdeungpo-2006/", sent)
    assert visits.GROUPS.current() == 2
    assert PolicyValue.objects.filter(author=admin).exists()
    assert "지금과 같습니다" in client.get("/manage/profiles/").content.decode()
    # The word stands where it is used.
    client.force_login(make.planner())
    assert "혁신마일리지" in client.get("/mileage/").content.decode()


def test_o3_planning_leaves_the_names_of_departments_to_administrators() -> None:
    ours = make.DepartmentFactory(name="총무과", role=DepartmentRole.GENERAL_AFFAIRS)
    services.apply(read("gangbuk-2016"), actor=make.planner())
    ours.refresh_from_db()
    assert ours.name == "총무과"
    assert services.compare(read("gangbuk-2016"), actor=make.planner()) == []
    assert "행정지원과" in str(services.compare(read("gangbuk-2016"), actor=SYSTEM)[0])


def test_o3_only_planning_and_administrators_load_a_profile() -> None:
    with pytest.raises(Refused):
        services.apply(read("seongdong-2016"), actor=make.UserFactory())
    assert today() == TODAY
