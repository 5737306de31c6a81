"""What a session gives somebody to do: rows of the minutes that become work and stand on the next agenda (C8)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.now import pretend
from core.work import verify
from meetings.agenda import offer
from meetings.documents import minutes
from meetings.enums import DecisionState
from meetings.models import Decision, Session
from meetings.services import decisions
from meetings.services.decisions import Given
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.models import User
from tests import factories as make
from tests.meetings.made import DAY, confirmed, filled, held, outsider, planned, seat

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=14)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def decided(*given: Given) -> Session:
    """Of a panel with a secretary; the minutes wait to be confirmed."""
    panel = filled()
    seat(panel, make.UserFactory(), chair="secretary")
    return held(planned(panel, on=DAY), decided=list(given))


def verbs(user: User) -> list[str]:
    return [str(todo.verb) for todo in todos_of(user)]


def test_c8_a_decision_is_work_once_the_minutes_are_confirmed_and_not_before() -> None:
    member, department = make.UserFactory(), make.DepartmentFactory()
    head = make.head_of(department)
    session = decided(
        Given("안내문을 다시 쓴다", person=member, until=LATER),
        Given("예산을 알아본다", department=department),
    )
    assert "회의 결정 처리하기" not in verbs(member) + verbs(head)
    assert not Decision.objects.visible_to(member).exists()
    confirmed(session)
    assert "회의 결정 처리하기" in verbs(member)
    assert "회의 결정 처리하기" in verbs(head)
    (todo,) = [one for one in todos_of(member) if one.title == "안내문을 다시 쓴다"]
    assert todo.due == LATER
    assert Notice.objects.filter(kind="meetings.decision_decided", recipient=member).count() == 1
    assert not verify.differences()


def test_c8_minutes_written_again_have_the_decisions_written_then() -> None:
    member = make.UserFactory()
    session = decided(Given("하나", person=member), Given("둘", person=member))
    held(Session.objects.get(pk=session.pk), decided=[Given("셋", person=member)])
    assert list(session.decisions.values_list("text", "order")) == [("셋", 1)]
    held(Session.objects.get(pk=session.pk))
    assert session.decisions.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (Given(" ", place=2), "decision-2-text"),
        (Given("알아본다", place=1), "decision-1-who"),
        (Given("알아본다", until=DAY - dt.timedelta(1)), "decision-0-until"),
    ],
)
def test_c8_what_is_missing_is_said_beside_its_line(given: Given, field: str) -> None:
    person = make.UserFactory() if given.until or not given.text.strip() else None
    panel = filled()
    session = planned(panel, on=DAY)
    wrong = Given(given.text, person, None, given.until, given.place)
    with pytest.raises(Rejected) as refused:
        held(session, decided=[wrong])
    assert refused.value.field == field
    assert not session.decisions.exists()


def test_c8_only_who_has_it_finishes_it_and_the_secretary_moves_drops_and_reopens() -> None:
    member = make.UserFactory()
    session = confirmed(decided(Given("안내문을 다시 쓴다", person=member, until=LATER)))
    (one,) = session.decisions.all()
    secretary = session.panel.seats.get(chair="secretary").user
    for other in (secretary, make.UserFactory()):
        with pytest.raises(Refused):
            decisions.finish(one, "했음", actor=other)
    with pytest.raises(Refused):
        decisions.drop(one, reason="필요 없음", actor=member)
    with pytest.raises(Rejected) as refused:
        decisions.finish(one, " ", actor=member)
    assert refused.value.field == "outcome"
    moved = decisions.move(one, LATER + dt.timedelta(7), reason="자료를 기다림", actor=secretary)
    assert moved.until == LATER + dt.timedelta(7)
    decisions.finish(one, "새로 써서 나누어 줌", actor=member)
    assert "회의 결정 처리하기" not in verbs(member)
    again = decisions.reopen(one, reason="전화번호가 틀림", actor=secretary)
    assert (again.state, again.done_on) == (DecisionState.OPEN, None)
    assert "회의 결정 처리하기" in verbs(member)
    decisions.drop(one, reason="행사가 없어짐", actor=secretary)
    assert "회의 결정 처리하기" not in verbs(member)
    assert not verify.differences()


def test_c8_what_is_not_done_stands_on_the_next_agenda() -> None:
    member = make.UserFactory()
    session = confirmed(decided(Given("하나", person=member), Given("둘", person=member)))
    first, second = session.decisions.order_by("order")
    decisions.finish(first, "했음", actor=member)
    planner = make.planner()
    assert [(thing, words) for thing, words in offer(planner, session.panel)] == [
        (second, "지난 결정 점검: 둘")
    ]
    assert not list(offer(planner, filled()))


def test_c8_a_member_from_outside_has_it_too_and_others_know_nothing_of_it(client: Client) -> None:
    guest = outsider()
    panel = filled()
    seat(panel, guest, basis="appointed", official=False, ends_on=LATER)
    session = confirmed(held(planned(panel, on=DAY), decided=[Given("자문서를 쓴다", person=guest)]))
    (one,) = session.decisions.all()
    client.force_login(guest)
    page = client.get(one.get_absolute_url())
    assert page.status_code == 200
    assert "결정 사항 처리" in page.content.decode()
    client.force_login(make.UserFactory())
    assert client.get(one.get_absolute_url()).status_code == 404
    assert "자문서를 쓴다" not in client.get(reverse("meetings:decisions")).content.decode()


def test_c8_the_form_takes_lines_and_shows_them_again(client: Client) -> None:
    panel, department = filled(), make.DepartmentFactory(name="교통행정과")
    session = planned(panel, on=DAY)
    client.force_login(make.planner())
    url = reverse("meetings:session_hold", args=[session.pk])
    item = session.items.get()
    sent = {
        "version": session.version,
        "present": [one.pk for one in panel.seats.all()],
        f"item-{item.pk}-outcome": "passed",
        "minutes": "논의함.",
        "decision-1-text": "신호를 바꾼다",
    }
    answer = client.post(url, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "맡을 사람이나 부서를 골라 주세요." in page
    assert "신호를 바꾼다" in page
    answer = client.post(
        url, sent | {"decision-1-who": f"department:{department.pk}", "decision-1-until": LATER.isoformat()}
    )
    assert answer.status_code == 302
    (one,) = session.decisions.all()
    assert (one.department, one.until, one.order) == (department, LATER, 1)
    page = client.get(session.get_absolute_url()).content.decode()
    assert "교통행정과" in page
    session.refresh_from_db()
    assert "신호를 바꾼다" in str(minutes(session))
