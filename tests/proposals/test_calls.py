"""Calls: prepared, published, answered, closed (P4)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core import gate
from core.now import pretend
from proposals.enums import Audience, CallKind, CallState, Kind
from proposals.enums import Notice as Consent
from proposals.models import Call, Proposal, Writing
from proposals.policies import CALL_GRACE, COUNT_FROM_CLOSE
from proposals.selectors import proposals as selectors
from proposals.services import calls, receiving
from tests import factories as make
from tests.asked import second_planner
from tests.earned import change
from tests.proposals.made import CONTENT, called, drafted, entered

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 10, 5)  # a Monday
PERSON = {"name": "김구민", "phone": "010-1234-5678", "consents": Consent.values}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))
    with pretend(DAY):
        yield


def text_of(name: str, *args: Any, **query: Any) -> str:
    return Client().get(reverse(f"proposals:{name}", args=args), query).content.decode()


def send(browser: Client, place: str) -> Proposal:
    browser.post(place, {name: CONTENT[name] for name in ("title", "field", "problem")})
    browser.post(f"{place}2/", {"improvement": CONTENT["improvement"]})
    browser.post(f"{place}3/", {"difference": ""})
    answer = browser.post(f"{place}4/", PERSON)
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.objects.latest("pk")


def test_p4_a_department_prepares_and_planning_publishes() -> None:
    person = make.UserFactory(department=make.DepartmentFactory())
    call = drafted(person)
    assert call.title not in text_of("calls")
    assert text_of("home").count(call.title) == 0
    assert not Call.objects.visible_to(make.UserFactory(department=make.DepartmentFactory())).exists()
    with pytest.raises(Refused):
        calls.ask(call, actor=make.UserFactory(department=make.DepartmentFactory()))
    calls.ask(call, actor=person)
    with pytest.raises(Refused):
        calls.publish(call, actor=person)
    calls.publish(call, actor=make.planner())
    assert Call.objects.get().state == CallState.PUBLISHED
    assert call.title in text_of("calls")
    assert call.title in text_of("home")


def test_p4_who_prepared_a_call_does_not_publish_it() -> None:
    planner = make.planner()
    call = drafted(planner)
    calls.ask(call, actor=planner)
    with pytest.raises(Refused):
        calls.publish(call, actor=planner)
    calls.publish(call, actor=second_planner())


def test_p4_what_comes_back_is_mended_and_sent_anew() -> None:
    call = drafted()
    calls.ask(call, actor=call.prepared_by)
    with pytest.raises(Rejected):
        calls.edit(call, {"title": "다른 이름"}, actor=call.prepared_by)
    calls.give_back(call, reason="시상을 적어 주세요.", actor=second_planner())
    calls.edit(call, {"prize": "최우수 1명 30만원"}, actor=call.prepared_by)
    calls.ask(call, actor=call.prepared_by)
    assert Call.objects.get().state == CallState.ASKED


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"closes_on": DAY - dt.timedelta(days=1)}, "closes_on"),
        ({"closes_on": None}, "closes_on"),
        ({"result_on": DAY}, "result_on"),
        ({"kind": CallKind.CONTEST}, "audience"),
    ],
)
def test_p4_days_and_audience_fit_each_other(values: dict[str, Any], field: str) -> None:
    with pytest.raises(Rejected) as refused:
        drafted(**values)
    assert refused.value.field == field


def test_p4_a_call_goes_through_the_steps_of_writing() -> None:
    call = called()
    page = text_of("call", call.pk)
    start = f"{reverse('proposals:start')}?call={call.pk}"
    assert start in page
    browser = Client()
    assert call.title in browser.get(start).content.decode()
    place = browser.post(reverse("proposals:start"), {"call": call.pk})["Location"]
    assert call.title in browser.get(f"{place}2/").content.decode()
    made = send(browser, place)
    assert made.call == call
    assert made.title in text_of("call", call.pk)
    assert call.title in text_of("public", made.year, made.number)
    assert made.title in text_of("find", call=call.pk)
    other = entered(title="공모와 상관없는 제안", difference="다름")
    assert other.title not in text_of("find", call=call.pk)


def test_p4_after_the_last_day_it_takes_no_more_and_says_so() -> None:
    call = called()
    browser = Client()
    with pretend(call.closes_on):
        place = browser.post(reverse("proposals:start"), {"call": call.pk})["Location"]
    with pretend(call.closes_on + dt.timedelta(days=1)):
        assert "마감했습니다" in text_of("call", call.pk)
        assert f"?call={call.pk}" not in text_of("call", call.pk)
        assert call.title not in text_of("home")
        assert call.title in text_of("calls")
        assert "일반 제안으로 접수됩니다" in browser.get(place).content.decode()
        assert send(browser, place).call is None
        late = Client()
        late.post(reverse("proposals:start"), {"call": call.pk})
        assert Writing.objects.latest("pk").call is None


def test_p4_what_was_begun_in_time_has_the_days_of_grace() -> None:
    change(CALL_GRACE, 1, DAY)
    call = called()
    browsers = [Client(), Client()]
    with pretend(call.closes_on):
        places = [b.post(reverse("proposals:start"), {"call": call.pk})["Location"] for b in browsers]
    with pretend(call.closes_on + dt.timedelta(days=1)):
        assert send(browsers[0], places[0]).call == call
    with pretend(call.closes_on + dt.timedelta(days=2)):
        assert send(browsers[1], places[1]).call is None


def test_p4_a_call_is_answered_by_those_it_is_meant_for() -> None:
    for_staff, for_citizens = called(audience=Audience.STAFF), called(audience=Audience.CITIZENS)
    assert Client().get(reverse("proposals:call", args=[for_staff.pk])).status_code == 404
    _writing, _token = receiving.begin(for_staff)
    assert _writing.call is None
    person = make.UserFactory(department=make.DepartmentFactory())
    with pytest.raises(Rejected):
        receiving.propose({**CONTENT, "call": for_citizens}, [{"user": person}], actor=person)
    made = receiving.propose({**CONTENT, "call": for_staff}, [{"user": person}], actor=person)
    assert made.call == for_staff
    with pytest.raises(Rejected):
        entered(call=for_staff)
    assert entered(call=for_citizens).call == for_citizens


def test_p4_the_form_of_staff_offers_what_is_open_to_them(client: Client) -> None:
    call, other = (
        called(audience=Audience.STAFF),
        called(audience=Audience.CITIZENS, title="구민만 내는 공모"),
    )
    client.force_login(make.UserFactory(department=make.DepartmentFactory()))
    page = client.get(reverse("proposals:propose")).content.decode()
    assert call.title in page
    assert other.title not in page
    client.post(reverse("proposals:propose"), {**CONTENT, "call": call.pk})
    assert Proposal.objects.get().call == call


def test_p4_withdrawn_it_takes_no_more_and_what_came_stays() -> None:
    call = called()
    made = entered(call=call)
    calls.withdraw(call, reason="예산이 없어졌습니다.", actor=make.planner())
    page = text_of("call", call.pk)
    assert "거둔 공모" in page
    assert made.title in page
    assert call.title not in text_of("calls")
    call.refresh_from_db()
    assert calls.answered(call, Kind.CITIZEN) is None


def test_p4_a_call_of_last_year_is_made_anew_with_its_days_a_year_on(client: Client) -> None:
    call = called(title="봄 주제 공모")
    client.force_login(call.prepared_by)
    with pretend(DAY + dt.timedelta(days=300)):
        page = client.get(reverse("proposals:desk_call_new"), {"copy": call.pk}).content.decode()
    assert "봄 주제 공모" in page
    assert 'value="2027-10-05"' in page
    assert 'value="2027-10-15"' in page


def test_p4_a_call_is_made_changed_and_published_on_its_pages(client: Client) -> None:
    planner = make.planner()
    client.force_login(planner)
    values = {
        "kind": "theme", "audience": "everybody", "title": "가을 주제 공모", "text": "생각을 찾습니다.",
        "department": planner.department_id, "opens_on": "2026-10-05", "closes_on": "2026-10-31",
    }  # fmt: skip
    place = client.post(reverse("proposals:desk_call_new"), values)["Location"]
    assert client.post(f"{place}edit/", {**values, "prize": "상품권", "version": 1}).status_code == 302
    assert "공개 요청" in client.get(place).content.decode()
    client.post(f"{place}ask/", {"version": 2})
    assert Call.objects.get().state == CallState.ASKED
    client.force_login(second_planner())
    client.post(f"{place}publish/", {"version": 3})
    call = Call.objects.get()
    assert (call.state, call.prize) == (CallState.PUBLISHED, "상품권")
    assert client.get(reverse("proposals:desk_calls")).status_code == 200


def test_p6_staff_answers_to_a_call_count_from_its_close_where_the_office_has_it_so() -> None:
    call = called(audience=Audience.STAFF)
    person = make.UserFactory(department=make.DepartmentFactory())
    made = receiving.propose({**CONTENT, "call": call}, [{"user": person}], actor=person)
    assert made.clock.start == DAY
    change(COUNT_FROM_CLOSE, True, DAY)
    later = receiving.propose({**CONTENT, "call": call}, [{"user": person}], actor=person)
    assert later.clock.start == call.closes_on
    assert "공모 마감" in " ".join(selectors.told_to_proposer(later)["arithmetic"])
    assert receiving.counted_from(Kind.CITIZEN, DAY, call) == DAY
