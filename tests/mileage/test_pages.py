"""What people see of their points: statement, why, all entries, sums, rules (M1–M4, M6, O2, D3)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from basis.periods import Period, PeriodKind
from core.actors import SYSTEM
from core.ledger.protection import protect, unprotect
from core.models import AccessLog
from core.now import pretend
from mileage import catalogue as earn
from mileage import policies
from mileage.models import Entry
from mileage.rules import hundredths
from mileage.selectors import glance, sources, summary
from mileage.selectors.why import why
from mileage.services.awards import reverse as take_back
from mileage.views.entries import Summary
from organization.enums import Position, Role
from organization.models import Department, Posting, User
from tests import factories as make
from tests.earned import DAY, as_, change, give, rows, text, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with pretend(DAY):
        yield


# --------------------------------------------------------------------------------------- own statement


def test_m6_the_statement_says_when_for_what_by_which_rule_how_much_and_what_there_is_now(
    client: Client,
) -> None:
    user = make.planner()
    case = make.CaseFactory(title="공유주차")
    give(earn.FINDING, user, "a", dt.date(2026, 3, 2), source=case, title=case.title)
    give(earn.IMPLEMENTING, user, "b", dt.date(2026, 11, 2))
    page = as_(client, user).get(reverse("mileage:statement"))
    assert rows(page) == [
        ["2026. 11. 2.(월)", "일 b", "벤치마킹 업무반영", "+5", "7", "왜?"],
        ["2026. 3. 2.(월)", "공유주차", "벤치마킹 사례 발굴", "+2", "2", "왜?"],
    ]
    assert page.context["list"].rows[1].cells[1].url == case.get_absolute_url()
    assert [(f.label, f.value) for f in page.context["figures"]] == [
        ("현재 잔액", "7"), ("이번 달", "5"), ("이번 분기", "5"), ("올해", "7"),
    ]  # fmt: skip
    assert [tab["label"] for tab in page.context["tabs"]] == ["창의마일리지", "상시학습"]


def test_m6_a_source_that_the_reader_may_not_see_is_no_link(client: Client) -> None:
    user = make.UserFactory()
    case = make.CaseFactory()
    assert not type(case).objects.visible_to(user).filter(pk=case.pk).exists()
    give(earn.FINDING, user, "a", source=case)
    cell = as_(client, user).get(reverse("mileage:statement")).context["list"].rows[0].cells[1]
    assert cell.url is None
    as_(client, make.planner())
    found = client.get(reverse("mileage:entries")).context["list"].rows[0].cells[2]
    assert found.url == case.get_absolute_url()


@pytest.mark.dialect
def test_m6_sources_of_every_kind_are_linked_by_one_question(django_assert_num_queries: Any) -> None:
    case, user, department = make.CaseFactory(), make.UserFactory(), make.DepartmentFactory()
    kinds = {type(one): ContentType.objects.get_for_model(one).pk for one in (case, user, department)}
    wanted = [(kinds[type(one)], one.pk) for one in (case, user, department)]
    nothing = [(None, None), (kinds[User], 999_999), (kinds[Department], None)]
    planner = make.planner()
    assert planner.roles
    with django_assert_num_queries(1):
        found = sources.links(planner, [*wanted, *nothing])
    assert found == {
        key: one.get_absolute_url() for key, one in zip(wanted, (case, user, department), strict=True)
    }
    with django_assert_num_queries(0):
        assert sources.links(planner, nothing[:1]) == {}
    stranger = make.UserFactory()
    assert set(sources.links(stranger, wanted)) == set(wanted[1:])


def test_m4_what_a_cap_held_back_stays_visible_with_cap_limit_and_period(client: Client) -> None:
    user = make.UserFactory()
    give(earn.OPINION, user, "a", amount=hundredths(39))
    give(earn.OPINION, user, "b")
    give(earn.OPINION, user, "c")
    page = as_(client, user).get(reverse("mileage:statement_of", args=["knowledge"]))
    subs = [row.cells[1].sub for row in page.context["list"].rows]
    assert subs == [
        "추가의견 상한(2026년 11월 40점)을 채워 2점이 인정되지 않음",
        "추가의견 상한(2026년 11월 40점)을 넘어 2점 가운데 1점만 인정",
        None,
    ]
    assert "상한 초과" in page.context["sums"]


def test_m3_reversed_lines_and_reversals_stay_visible_with_the_reason(client: Client) -> None:
    user = make.UserFactory()
    take_back([give(earn.FINDING, user, "a")], reason="두 번 등록", actor=make.planner())
    page = as_(client, user).get(reverse("mileage:statement"))
    assert [
        (row.cells[3].text, row.cells[4].text, row.cells[1].sub) for row in page.context["list"].rows
    ] == [
        ("-2", "0", "취소 기록 · 사유: 두 번 등록"),
        ("+2", "2", "취소됨 · 사유: 두 번 등록"),
    ]


@pytest.mark.parametrize(
    ("period", "shown", "label"),
    [
        ("2026-M11", ["c"], "2026년 11월"),
        ("2026-Q4", ["c", "b"], "2026년 4분기"),
        ("2026-H2", ["c", "b"], "2026년 하반기"),
        ("2026", ["c", "b", "a"], "2026년"),
        ("all", ["c", "b", "a", "z"], "전체 기간"),
        ("", ["c", "b", "a"], "2026년"),
        ("2026-Q9", ["c", "b", "a"], "2026년"),
        ("' OR 1=1", ["c", "b", "a"], "2026년"),
    ],
)
def test_m6_the_period_switch_shows_the_lines_and_sums_of_the_period(
    client: Client, period: str, shown: list[str], label: str
) -> None:
    user = make.UserFactory()
    days = {"z": (2015, 5, 1), "a": (2026, 6, 30), "b": (2026, 10, 1), "c": (2026, 11, 1)}
    for event, day in days.items():
        give(earn.FINDING, user, event, dt.date(*day))
    page = as_(client, user).get(reverse("mileage:statement"), {"period": period})
    assert [row[1] for row in rows(page)] == [f"일 {event}" for event in shown]
    assert page.context["switch"]["label"] == label
    for _label, url, _current in page.context["switch"]["kinds"]:
        assert client.get(url).status_code == 200
    if page.context["switch"]["before"]:
        assert client.get(page.context["switch"]["before"]).status_code == 200


def test_m6_filters_of_rule_and_state_and_their_excel(client: Client) -> None:
    user = make.UserFactory()
    first = give(earn.FINDING, user, "a")
    give(earn.IMPLEMENTING, user, "b")
    take_back([first], reason="잘못", actor=SYSTEM)
    as_(client, user)
    url = reverse("mileage:statement")
    assert [row[1] for row in rows(client.get(url, {"rule": "implementing"}))] == ["일 b"]
    assert [row[1] for row in rows(client.get(url, {"state": "reversed"}))] == ["일 a"]
    assert rows(client.get(url, {"rule": "opinion"})) == []  # of another scheme
    head, *lines = workbook(client.get(url, {"state": "standing", "export": "xlsx"}))
    assert head == ("일자", "내용", "기준", "기준 점수", "점수", "잔액", "비고", "기록 일시")
    (line,) = lines
    assert line[0].date() == DAY
    assert line[1:7] == ("일 b", "벤치마킹 업무반영", 5, 5, 7, None)


def test_m6_the_statement_prints_with_chart_sums_and_all_lines(client: Client) -> None:
    user = make.UserFactory()
    for n in range(60):
        give(earn.FINDING, user, f"{n}")
    as_(client, user)
    page = client.get(reverse("mileage:statement"))
    assert "<svg" in page.context["chart"]
    printed = text(client.get(page.context["list"].print_url))
    assert printed.count("벤치마킹 사례 발굴") == 61  # every line and the sum
    assert user.full_label in printed
    hwpx = client.get(reverse("mileage:statement"), {"format": "hwpx"})
    assert hwpx["Content-Type"] == "application/vnd.hancom.hwpx"
    assert client.get(reverse("mileage:statement"), {"format": "exe"}).status_code == 404


def test_m6_a_line_recorded_on_another_day_says_so_and_the_link_is_not_printed(client: Client) -> None:
    user = make.UserFactory()
    give(earn.FINDING, user, "a", dt.date(2026, 11, 18))
    give(earn.FINDING, user, "b", DAY)
    page = as_(client, user).get(reverse("mileage:statement"))
    assert [row.cells[0].sub for row in page.context["list"].rows] == [None, "기록 2026. 11. 20."]
    assert text(page).count("no-print") == 3  # the head and two lines
    assert text(client.get(page.context["list"].print_url)).count("기록 2026. 11. 20.") == 1
    everyones = as_(client, make.planner()).get(reverse("mileage:entries"))
    assert [row.cells[0].sub for row in everyones.context["list"].rows] == [None, "기록 2026. 11. 20."]


def test_m6_the_statement_asks_as_often_for_one_line_as_for_a_hundred(client: Client) -> None:
    user, case = make.UserFactory(), make.CaseFactory()
    as_(client, user)

    def ask() -> int:
        client.get(reverse("mileage:statement"))  # what is kept from one request to the next
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("mileage:statement"), {"size": 100})
        assert page.context["list"].rows
        return len(asked)

    give(earn.FINDING, user, "first", source=case)
    give(earn.FINDING, user, "of another kind", source=user)
    few = ask()
    cases = [make.CaseFactory() for _n in range(5)]
    for n in range(100):
        give(earn.FINDING, user, f"{n}", source=cases[n % 5])
    assert ask() == few
    assert few <= 8, few


def test_m6_the_count_above_the_lines_is_that_of_the_conditions(client: Client) -> None:
    user, planner = make.UserFactory(), make.planner()
    first = give(earn.FINDING, user, "a")
    give(earn.IMPLEMENTING, user, "b")
    give(earn.FINDING, user, "last year", dt.date(2025, 5, 1))
    take_back([first], reason="잘못", actor=SYSTEM)
    as_(client, planner)
    pages = [
        (reverse("mileage:person", args=[user.pk]), {"": 3, "rule=finding": 2, "period=all": 4, "rule=x": 0}),
        (reverse("mileage:entries"), {"": 4, "rule=finding": 3, "state=reversed": 1, "day_from=x": 0}),
    ]
    for path, expected in pages:
        for query, count in expected.items():
            found = client.get(f"{path}?{query}").context["list"]
            assert (found.count, len(found.rows)) == (count, count), query


def test_m6_a_substitute_does_not_see_the_statement_of_the_person_stood_in_for(client: Client) -> None:
    user = make.UserFactory()
    substitute = make.UserFactory(department=user.department)
    make.away(user, substitute, DAY, DAY)
    entry = give(earn.FINDING, user, "a")
    as_(client, substitute)
    assert rows(client.get(reverse("mileage:statement"))) == []
    assert client.get(entry.get_absolute_url()).status_code == 404
    assert client.get(reverse("mileage:person", args=[user.pk])).status_code == 403


def test_m1_an_unknown_scheme_is_not_found(client: Client) -> None:
    assert as_(client, make.UserFactory()).get("/mileage/my/gold/").status_code == 404


# ------------------------------------------------------------------------------------------------- why


def test_m2_why_names_the_amount_of_that_day_and_its_document(client: Client) -> None:
    user = make.UserFactory()
    old = give(earn.FINDING, user, "old", dt.date(2015, 12, 31))
    plain = give(earn.FINDING, user, "plain", dt.date(2026, 4, 30))
    change(policies.FINDING, "3", dt.date(2026, 5, 1))
    raised = give(earn.FINDING, user, "raised", dt.date(2026, 5, 1))
    as_(client, user)
    for entry, words in (
        (old, "1점 (2016. 벤치마킹 운영 계획에 적힌 종전 기준)"),
        (plain, "2점 (2016. 벤치마킹 운영 계획)"),
        (raised, "3점 (기획예산과-500)"),
    ):
        assert words in text(client.get(entry.get_absolute_url()))


def test_m4_why_reckons_the_cap_as_it_stood_before_the_line(client: Client) -> None:
    user = make.UserFactory()
    give(earn.OPINION, user, "a", amount=hundredths(39))
    second = give(earn.OPINION, user, "b")
    give(earn.OPINION, user, "c")
    page = text(as_(client, user).get(second.get_absolute_url()))
    assert "2026년 11월 추가의견 상한: 40점" in page
    assert "39점 → 남은 것: 1점" in page
    assert "2점 가운데 1점만 인정하고, 1점은 상한으로 빠졌습니다." in page
    assert all(why(entry).agrees(entry) for entry in Entry.objects.select_related("account"))


def test_m6_why_tells_of_the_reversal_and_of_a_broken_chain(client: Client) -> None:
    user = make.UserFactory()
    entry = give(earn.FINDING, user, "a")
    (back,) = take_back([entry], reason="두 번 등록", actor=make.planner())
    as_(client, user)
    page = text(client.get(entry.get_absolute_url()))
    assert "두 번 등록" in page
    assert back.get_absolute_url() in page
    assert "이어진 기록" in page
    assert entry.get_absolute_url() in text(client.get(back.get_absolute_url()))
    unprotect(Entry)
    Entry.objects.filter(pk=entry.pk).update(title="고친 제목")
    protect(Entry)
    assert "이어지지 않은 기록" in text(client.get(entry.get_absolute_url()))
    assert "이어진 기록" in text(client.get(back.get_absolute_url()))  # names the very line


# ------------------------------------------------------------------------------------ planning and audit


def test_m6_planning_finds_lines_by_every_condition_with_their_sums(client: Client) -> None:
    planner, one, two = make.planner(), make.UserFactory(name="가람"), make.UserFactory(name="나래")
    give(earn.FINDING, one, "a", dt.date(2026, 3, 1))
    give(earn.REVIEWING, two, "b", dt.date(2026, 10, 1))
    capped = [give(earn.VIEWING, two, f"v{n}") for n in range(41)][-1]
    take_back([give(earn.VISITING, one, "d")], reason="잘못", actor=planner)
    as_(client, planner)

    def found(**conditions: Any) -> int:
        return int(client.get(reverse("mileage:entries"), conditions).context["list"].count)

    assert found() == 45
    assert found(q="가람") == 3
    assert found(q=one.employee_number) == 3
    assert found(scheme="knowledge") == 41
    assert found(rule="finding") == 1
    assert found(department=two.department_id) == 42
    assert found(day_from="2026-10-01", day_to="2026-10-31") == 1
    assert found(state="capped") == 1
    assert found(state="reversed") == found(state="reversal") == 1
    assert found(state="by_hand") == 0
    assert found(department="null") == 0
    assert found(day_from="어제") == 0
    page = client.get(reverse("mileage:entries"), {"state": "capped"})
    assert page.context["list"].rows[0].pk == capped.pk
    everything = client.get(reverse("mileage:entries"))
    assert [(f.label, f.value) for f in everything.context["list"].figures] == [
        ("창의마일리지", "4"), ("지식활동 점수", "20"),
    ]  # fmt: skip
    some = client.get(reverse("mileage:entries"), {"q": "가람"})
    assert [(f.label, f.value, f.delta) for f in some.context["list"].figures] == [
        ("창의마일리지", "2", "3건")
    ]


def test_m6_excel_of_all_lines_asks_the_reason_and_logs_it(client: Client) -> None:
    give(earn.FINDING, make.UserFactory(name="가람"), "a")
    as_(client, make.planner())
    url = reverse("mileage:entries")
    assert client.get(url, {"export": "xlsx"}).status_code == 302
    head, line = workbook(client.get(url, {"export": "xlsx", "reason": "분기 점검"}))
    assert dict(zip(head, line, strict=True))["직원"] == "가람"
    assert dict(zip(head, line, strict=True))["점수·시간"] == 2
    assert AccessLog.objects.get().reason == "분기 점검"


def test_d3_every_look_at_another_persons_statement_is_logged_whatever_the_browser_sends(
    client: Client,
) -> None:
    user, auditor = make.UserFactory(), make.UserFactory(roles=[Role.AUDITOR])
    give(earn.FINDING, user, "a")
    as_(client, auditor)
    url = reverse("mileage:person", args=[user.pk])
    page = client.get(url)
    assert user.full_label in text(page)
    client.get(url, headers={"HX-Request": "true", "HX-Target": "list"})
    log, part = AccessLog.objects.all()
    assert (log.actor, log.subject_id, log.action) == (auditor, str(user.pk), "view")
    assert (part.actor, part.subject_id, part.action) == (auditor, str(user.pk), "view")
    assert client.get(reverse("mileage:person", args=[999_999])).status_code == 404
    as_(client, auditor)
    assert client.get(url, {"format": "hwpx"}).status_code == 404
    assert client.get(url, {"export": "xlsx"})["Location"].startswith(reverse("export_reason"))
    assert AccessLog.objects.count() == 2
    as_(client, user).get(reverse("mileage:statement"))
    assert AccessLog.objects.count() == 2  # the own is nobody's business


@pytest.mark.parametrize(("name", "most"), [("mileage:entries", 9), ("mileage:summary", 8)])
def test_m6_planning_pages_ask_as_often_for_one_line_as_for_a_hundred(
    client: Client, name: str, most: int
) -> None:
    """The ninth of the entries writes down that somebody looked."""
    as_(client, make.planner())

    def ask() -> int:
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name), {"size": 100}).status_code == 200
        return len(asked)

    give(earn.FINDING, make.UserFactory(), "one")
    few = ask()
    for n in range(30):
        give(earn.FINDING, make.UserFactory(), f"{n}")
    assert ask() == few
    assert few <= most, few


def moved(user: User, day: dt.date) -> tuple[Department, Department]:
    old, new = user.department, make.DepartmentFactory()
    assert old
    Posting.objects.filter(user=user).update(valid_to=day - dt.timedelta(days=1))
    Posting.objects.create(user=user, department=new, position=user.position, valid_from=day)
    User.objects.filter(pk=user.pk).update(department=new)
    return old, new


def test_o2_a_person_moved_in_mid_quarter_counts_for_both_departments_by_date(client: Client) -> None:
    user = make.UserFactory()
    old, new = moved(user, dt.date(2026, 11, 10))
    give(earn.FINDING, user, "before", dt.date(2026, 11, 9))
    give(earn.IMPLEMENTING, user, "after", dt.date(2026, 11, 10))
    quarter = Period(PeriodKind.QUARTER, 2026, 4)
    lines = summary.by_department(earn.FINDING.scheme, quarter.days)
    assert {line.key: dict(line.sums) for line in lines} == {
        old.pk: {"finding": 200}, new.pk: {"implementing": 500},
    }  # fmt: skip
    as_(client, make.planner())
    page = text(client.get(reverse("mileage:summary"), {"period": quarter.key}))
    assert old.name in page
    assert new.name in page


def test_m6_every_figure_of_the_summary_leads_to_exactly_its_lines(client: Client) -> None:
    one, two = make.UserFactory(), make.UserFactory()
    give(earn.FINDING, one, "a", dt.date(2026, 10, 31))
    give(earn.FINDING, two, "b", dt.date(2026, 11, 1))
    give(earn.REVIEWING, two, "c", dt.date(2026, 11, 30))
    give(earn.FINDING, two, "other quarter", dt.date(2026, 9, 30))
    as_(client, make.planner())
    view = Summary()
    view.setup(client.get(reverse("mileage:summary"), {"period": "2026-Q4"}).wsgi_request)
    checked = 0
    for table in view.tables():
        for line in (*table.rows, *table.totals):
            for cell in line[1:]:
                if not cell.value:
                    assert not cell.url
                    continue
                found = client.get(cell.url).context["list"]
                entries = Entry.objects.filter(pk__in=[row.pk for row in found.rows])
                assert sum(e.amount for e in entries) == cell.value * 100, parse_qsl(urlsplit(cell.url).query)
                checked += 1
    assert checked > 10
    for fmt in ("xlsx", "hwpx", "html"):
        assert client.get(reverse("mileage:summary"), {"format": fmt}).status_code == 200


# ------------------------------------------------------------------------------------- rules, first page


def test_m2_the_table_of_rules_tells_amounts_caps_and_their_history(client: Client) -> None:
    change(policies.FINDING, "3", dt.date(2026, 5, 1))
    change(policies.FINDING, "4", dt.date(2027, 1, 1), "기획예산과-900")
    page = as_(client, make.UserFactory()).get(reverse("mileage:rules"))
    said = text(page)
    assert said.count("nothing") == sum(
        cell.is_nothing for _label, table in page.context["tables"] for row in table["rows"] for cell in row
    )
    assert 'right nothing">' in said
    (label, table), *_others = page.context["tables"]
    assert label == "창의마일리지"
    cells = [cell.text for cell in table["rows"][0]]
    assert cells == [
        "벤치마킹 사례 발굴",
        "3점",
        "2026. 5. 1.(금)",
        "2015. 12. 31.(목)까지 1점 / 2026. 4. 30.(목)까지 2점",
        "상한 없음",
        "기획예산과-500",
    ]
    assert table["rows"][0][1].sub == "2027. 1. 1.(금)부터 4점"
    assert "한 달 40점" in text(page)
    assert "반기 12시간" in text(page)


def test_r5_the_first_page_shows_the_own_points_of_the_quarter_with_one_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    user = make.UserFactory()
    give(earn.FINDING, user, "a", dt.date(2026, 10, 1))
    give(earn.IMPLEMENTING, user, "b", dt.date(2026, 11, 1))
    give(earn.VISIT_HOURS, user, "c", dt.date(2026, 1, 15))
    with django_assert_num_queries(1):
        found = glance.facts(user)
    assert found
    assert [(fact.value, fact.bars) for fact in found.facts] == [("7점", "▃█▁"), ("4시간", "")]
    page = text(as_(client, user).get("/"))
    assert "이번 분기 창의마일리지" in page
    outsider = make.UserFactory(department=None, position=Position.EXTERNAL, roles=[Role.JUDGE])
    assert glance.facts(outsider) is None


@pytest.mark.parametrize(("scheme", "named"), [("learning", "인정 시간"), ("knowledge", "점수")])
def test_m1_hours_are_called_hours_and_points_points(client: Client, scheme: str, named: str) -> None:
    as_(client, make.UserFactory())
    page = client.get(reverse("mileage:statement_of", args=[scheme])).context["list"]
    assert named in [str(head.label) for head in page.columns]
    assert {"인정 시간", "점수"} & {str(head.label) for head in page.columns} == {named}
