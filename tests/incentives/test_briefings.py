"""The year's briefings: their days, who comes, the agenda that keeps itself (I5, I3a)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.now import pretend
from incentives.enums import BriefingKind, Post
from incentives.models import Briefing, Division
from incentives.policies import BUREAU_WEEKS
from incentives.services import briefings, contacts, plans, values
from meetings.enums import Chair, SessionState
from meetings.models import Session
from meetings.planning import Monthly
from meetings.services import sessions
from notifications.models import Mail, Notice
from organization.enums import DepartmentKind, Position
from organization.models import Department, User
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.incentives import made, measured

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 2, 2)
THIRD_TUESDAY = Monthly(nth=3, weekday=1)
WHEN = {"begins_at": dt.time(14), "ends_at": dt.time(16), "place": "기획상황실"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def bureau() -> Department:
    found: Department = make.DepartmentFactory(kind=DepartmentKind.BUREAU)
    make.UserFactory(department=found, position=Position.BUREAU_HEAD)
    return found


@pytest.fixture
def owner(bureau: Department) -> Department:
    found: Department = make.DepartmentFactory(parent=bureau)
    make.head_of(found)
    return found


@pytest.fixture
def deputy() -> User:
    office = make.DepartmentFactory(kind=DepartmentKind.OFFICE)
    make.UserFactory(department=office, position=Position.MAYOR)
    found: User = make.UserFactory(department=office, position=Position.VICE_MAYOR)
    return found


@pytest.fixture
def division(owner: Department, deputy: User) -> Division:
    found = made.division(owner)
    made.named(found)
    return found


def generated(year: int = 2026) -> list[Session]:
    return briefings.generate(year, THIRD_TUESDAY, **WHEN, actor=make.planner())  # type: ignore[arg-type]


def of(kind: BriefingKind) -> Briefing:
    return Briefing.objects.select_related("panel").get(kind=kind)


def days_of(kind: BriefingKind) -> list[str]:
    rows = of(kind).panel.sessions.order_by("held_on")
    return [f"{one.held_on:%m-%d}" for one in rows]


def seats_of(kind: BriefingKind) -> dict[int, str]:
    return dict(of(kind).panel.seats.on(DAY).values_list("user", "chair"))


def test_i5_a_year_of_briefings_at_once_by_the_months_of_the_plan(division: Division, deputy: User) -> None:
    generated()
    assert days_of(BriefingKind.RESULTS) == ["02-19"]  # the third Tuesday is the lunar new year
    assert days_of(BriefingKind.OVERALL) == ["03-17", "05-19", "09-15"]
    assert days_of(BriefingKind.PROJECT) == ["04-21", "06-16", "07-21", "08-18"]
    assert days_of(BriefingKind.CHECK) == ["06-16", "09-15"]
    thursdays = of(BriefingKind.BUREAU).panel.sessions.values_list("held_on", flat=True)
    assert len(thursdays) == 8
    assert {day.weekday() for day in thursdays} == {3}
    with pytest.raises(Rejected, match="모두 잡았습니다"):
        generated()
    sessions.cancel(of(BriefingKind.CHECK).panel.sessions.first(), reason="연기", actor=make.planner())
    assert len(generated()) == 1  # only what is lacking


def test_i5_who_comes_is_who_is_named_and_follows_transfers(
    division: Division, deputy: User, owner: Department
) -> None:
    generated()
    named = {one.post: one.user_id for one in division.parts.get().contacts.all()}
    assert seats_of(BriefingKind.PROJECT) == {
        deputy.pk: Chair.CHAIR,
        named[Post.LEADER]: Chair.MEMBER,
        named[Post.CHARGE]: Chair.MEMBER,
    }
    assert seats_of(BriefingKind.CHECK)[named[Post.LEADER]] == Chair.MEMBER
    heads = set(User.objects.filter(department=owner, position=Position.HEAD).values_list("pk", flat=True))
    assert heads <= set(seats_of(BriefingKind.OVERALL))
    new = make.UserFactory(department=owner)
    make.moved(User.objects.get(pk=named[Post.CHARGE]), make.DepartmentFactory())
    contacts.note_moves(DAY)
    (part,) = division.parts.all()
    contacts.name(division, {(part.pk, Post.CHARGE): new}, actor=make.planner())
    with pretend(DAY + dt.timedelta(days=1)):
        assert briefings.follow_all(DAY + dt.timedelta(days=1)) == 2
        assert briefings.follow_all(DAY + dt.timedelta(days=1)) == 0
        on = of(BriefingKind.PROJECT).panel.seats.on(DAY + dt.timedelta(days=1))
        assert set(on.values_list("user", flat=True)) == {deputy.pk, named[Post.LEADER], new.pk}


def test_i5_all_are_told_of_a_kinds_days_at_once(division: Division, deputy: User) -> None:
    generated()
    told = Notice.objects.filter(recipient=deputy)
    assert told.filter(kind__startswith="meetings.").count() == 3  # results, overall and projects
    assert Mail.objects.filter(recipient=deputy).count() == 3


def test_i5_only_planning_makes_them(division: Division, owner: Department) -> None:
    with pytest.raises(Refused):
        briefings.generate(2026, THIRD_TUESDAY, **WHEN, actor=make.head_of(owner))  # type: ignore[arg-type]


def test_i5_a_briefing_moves_only_with_a_reason_that_all_are_told(division: Division, deputy: User) -> None:
    generated()
    session = of(BriefingKind.OVERALL).panel.sessions.order_by("held_on")[0]
    values_ = {"held_on": dt.date(2026, 3, 18)}
    with pytest.raises(Rejected, match="사유를 입력해 주세요") as error:
        sessions.change(session, values_, actor=make.planner())
    assert error.value.field == "reason"
    sessions.change(session, values_, reason="구의회 일정", actor=make.planner())
    notice = Notice.objects.get(recipient=deputy, kind="meetings.changed")
    assert "구의회 일정" in notice.body


def test_i3a_i5_what_is_weak_or_late_stands_on_the_next_agenda_by_itself(division: Division) -> None:
    generated()
    overall = of(BriefingKind.OVERALL)
    first, second = overall.panel.sessions.order_by("held_on")[:2]
    with pretend(dt.date(2026, 3, 10)):
        plans.notify(division, on=dt.date(2026, 3, 2), actor=make.planner())
        assert briefings.draft_all(dt.date(2026, 3, 10))
        (item,) = first.items.all()
        assert item.thing == division
        assert item.title.startswith("자체 추진계획 지연: 안전도시 만들기(기한 3. 9.")
        assert not second.items.exists()
        assert not briefings.draft_all(dt.date(2026, 3, 10))
        found = measured.indicator(division, name="보행등 설치", target="100")
        values.record(
            found, value=Decimal(1), as_of=dt.date(2026, 3, 9), source="현장 점검", actor=make.planner()
        )
        briefings.draft_all(dt.date(2026, 3, 10))
        titles = list(first.items.order_by("order").values_list("title", flat=True))
        assert [title.split(":")[0] for title in titles] == ["자체 추진계획 지연", "부진 지표"]
        values.record(
            found, value=Decimal(60), as_of=dt.date(2026, 3, 10), source="현장 점검", actor=make.planner()
        )
        briefings.draft_all(dt.date(2026, 3, 10))
        assert [item.thing for item in first.items.all()] == [division]
    first.refresh_from_db()
    assert first.state == SessionState.PLANNED


def test_i5_what_was_struck_by_hand_does_not_come_back_to_that_briefing(
    client: Client, division: Division
) -> None:
    generated()
    first, second = of(BriefingKind.OVERALL).panel.sessions.order_by("held_on")[:2]
    found = measured.indicator(division, name="보행등 설치", target="1000")
    planner = make.planner()
    with pretend(dt.date(2026, 3, 10)):
        measured.known(found, "1", dt.date(2026, 3, 9))
        briefings.draft_all(dt.date(2026, 3, 10))
        (item,) = first.items.filter(object_id=found.pk)
        rest = [(one.title, one.thing) for one in first.items.exclude(pk=item.pk)]
        sessions.change(first, {}, items=rest, actor=planner)
        briefings.draft_all(dt.date(2026, 3, 11))
        assert not first.items.filter(object_id=found.pk).exists()
        (struck,) = first.struck.all()
        assert (struck.title, struck.by) == (item.title, planner)
        client.force_login(planner)
        page = client.get(first.get_absolute_url()).content.decode()
        assert "뺀 안건" in page
        assert planner.full_label in page.split("뺀 안건")[1]
        sessions.change(first, {}, items=[*rest, (item.title, found)], actor=planner)
        assert not first.struck.exists(), "it was put back"
        sessions.change(first, {}, items=rest, actor=planner)
    with pretend(first.held_on + dt.timedelta(days=1)):
        briefings.draft_all(first.held_on + dt.timedelta(days=1))
    assert second.items.filter(object_id=found.pk).exists(), "of the next one nobody struck it"


@pytest.mark.parametrize(
    ("weeks", "march"),
    [
        ([1], ["03-05"]),
        ([1, 3], ["03-05", "03-19"]),
        ([1, 2, 3, 4, 5], ["03-05", "03-12", "03-19", "03-26"]),  # no fifth in March
    ],
)
def test_i5_bureaus_brief_on_the_thursdays_of_the_policy(
    division: Division, weeks: list[int], march: list[str]
) -> None:
    PolicyValue.objects.create(
        key=BUREAU_WEEKS.key, value=weeks, effective_from=DAY, document="방침", reason="바꿈"
    )
    cache_clear()
    generated()
    assert [day for day in days_of(BriefingKind.BUREAU) if day.startswith("03")] == march
    assert len([day for day in days_of(BriefingKind.BUREAU) if day.startswith("04")]) == min(len(weeks), 5)
    with pytest.raises(Rejected):
        generated()
    one = of(BriefingKind.BUREAU).panel.sessions.order_by("held_on")[0]
    sessions.change(one, {"held_on": dt.date(2026, 3, 6)}, reason="행사", actor=make.planner())
    with pytest.raises(Rejected):
        generated()  # a moved one counts


def test_i5_what_a_secretary_wrote_stays(division: Division) -> None:
    generated()
    session = of(BriefingKind.OVERALL).panel.sessions.order_by("held_on")[0]
    sessions.change(session, {}, items=[("우수구와 비교", None)], actor=make.planner())
    with pretend(dt.date(2026, 3, 10)):
        plans.notify(division, on=dt.date(2026, 3, 2), actor=make.planner())
        briefings.draft_all(dt.date(2026, 3, 10))
    titles = list(session.items.order_by("order").values_list("title", flat=True))
    assert titles[0] == "우수구와 비교"
    assert len(titles) == 2


def test_i5_the_pages_of_a_year(client: Client, division: Division) -> None:
    client.force_login(make.planner())
    typed = {
        "year": 2026,
        "nth": 3,
        "weekday": 1,
        "begins_at": "14:00",
        "ends_at": "16:00",
        "place": "기획상황실",
    }
    page = client.post(reverse("incentives:briefings_new"), typed)
    text = page.content.decode()
    assert "종합보고회: 2026. 3. 17.(화), 2026. 5. 19.(화), 2026. 9. 15.(화)" in text
    assert not Briefing.objects.exists()
    client.post(reverse("incentives:briefings_new"), {**typed, "preview": page.context["preview"]})
    assert Briefing.objects.count() == 5
    text = client.get(reverse("incentives:briefings")).content.decode()
    assert "2026 종합보고회" in text
    session = of(BriefingKind.OVERALL).panel.sessions.order_by("held_on")[0]
    assert "부구청장" in client.get(session.get_absolute_url()).content.decode()


@pytest.mark.parametrize("form", ["html", "hwpx", "xlsx"])
def test_i5_papers_say_where_projects_stand_and_what_is_weak(
    client: Client, division: Division, form: str
) -> None:
    one = measured.indicator(division, name="보행등 설치", target="1000")
    measured.known(one, "1", DAY)
    session = made.briefed(make.planner())
    client.force_login(make.planner())
    page = client.get(session.get_absolute_url()).content.decode()
    url = reverse("incentives:briefing_paper", args=[session.pk])
    assert f'href="{url}?format=hwpx"' in page
    answer = client.get(url, {"format": form})
    assert answer.status_code == 200
    if form == "html":
        text = answer.content.decode()
        assert "Ⅲ. 부진 지표와 대응 방안" in text
        assert "보행등 설치" in text
        assert str(division) in text


def test_i1_no_department_is_lost_however_many_there_are(client: Client) -> None:
    """The form has as many rows as it needs."""
    places = [make.DepartmentFactory() for _n in range(8)]
    found = made.division(*places)
    client.force_login(make.planner())
    page = client.get(reverse("incentives:division_edit", args=[found.pk]))
    typed = {k: "" if v is None else v for k, v in page.context["form"].initial.items()}
    assert typed["owner7"] == places[7].pk
    sent = client.post(
        reverse("incentives:division_edit", args=[found.pk]), {**typed, "evaluator": "다른 과"}
    )
    assert sent.status_code == 302, sent.context["form"].errors
    found.refresh_from_db()
    assert found.evaluator == "다른 과"
    assert [part.department for part in found.parts.order_by("order")] == places
