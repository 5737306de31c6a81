"""Policy values: dated, with a source, never overwritten (D5); work begun keeps what it copied."""

import datetime as dt
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from benchmarking.policies import CONFIRMATION_NEEDED, REMIND_BEFORE, REREVIEW_MONTHS, REVIEW_DAYS
from core.models import Clock
from core.now import pretend
from organization.enums import Role
from organization.policies import GATE_NETWORKS
from policies import selectors, services
from policies.forms import change_form
from policies.models import PolicyValue
from policies.registry import all_policies
from tests import factories as make
from visits.policies import MEALS, MONTHS

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)
LATER = dt.date(2026, 12, 1)
PAGE = "/policies/benchmarking.review_days/"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(TODAY):
        yield


def change(
    value: Any = 10, effective_from: dt.date = LATER, policy: Any = REVIEW_DAYS, **more: Any
) -> PolicyValue:
    given = {"document": "기획예산과-1131", "reason": "업무량 조정", "author": make.planner(), **more}
    return services.change(policy, value=value, effective_from=effective_from, **given)


def test_a_value_counts_from_its_day() -> None:
    assert REVIEW_DAYS.on(LATER) == REVIEW_DAYS.default == 14
    change(10)
    change(7, LATER + dt.timedelta(days=30))
    assert REVIEW_DAYS.on(LATER - dt.timedelta(days=1)) == 14
    assert REVIEW_DAYS.on(LATER) == 10
    assert REVIEW_DAYS.on(LATER + dt.timedelta(days=29)) == 10
    assert REVIEW_DAYS.on(LATER + dt.timedelta(days=30)) == 7
    assert REVIEW_DAYS.current() == 14


def test_work_begun_keeps_the_value_it_began_with() -> None:
    begun = make.ReviewFactory()
    change(10)
    with pretend(LATER):
        new = make.ReviewFactory()
    assert (begun.clock.length, new.clock.length) == (14, 10)
    assert Clock.objects.get(pk=begun.clock_id).due == TODAY + dt.timedelta(days=14)


@pytest.mark.parametrize(
    ("policy", "value", "effective_from", "field"),
    [
        (REVIEW_DAYS, 10, TODAY - dt.timedelta(days=1), "effective_from"),
        (REVIEW_DAYS, 0, LATER, "value"),
        (REVIEW_DAYS, 91, LATER, "value"),
        (REVIEW_DAYS, 14, LATER, "value"),
        (REMIND_BEFORE, [], LATER, "value"),
        (REMIND_BEFORE, [3, 3], LATER, "value"),
        (CONFIRMATION_NEEDED, True, LATER, "value"),
    ],
)
def test_what_cannot_be_a_value(policy: Any, value: Any, effective_from: dt.date, field: str) -> None:
    with pytest.raises(Rejected) as refused:
        change(value, effective_from, policy)
    assert refused.value.field == field
    assert not PolicyValue.objects.exists()


def test_one_value_a_day_and_a_planned_one_can_be_taken_back() -> None:
    row = change(10)
    with pytest.raises(Rejected) as refused:
        change(9)
    assert refused.value.field == "effective_from"
    services.withdraw(row, author=make.planner())
    assert REVIEW_DAYS.on(LATER) == 14
    change(9)
    assert REVIEW_DAYS.on(LATER) == 9
    assert PolicyValue.objects.count() == 2  # the withdrawn one stays on record


def test_what_is_in_force_is_not_taken_back() -> None:
    row = change(10, TODAY)
    with pretend(TODAY + dt.timedelta(days=1)), pytest.raises(Rejected, match="이미 시행된"):
        services.withdraw(row, author=make.planner())
    services.withdraw(row, author=make.planner())  # entered today by mistake
    assert REVIEW_DAYS.current() == 14


def test_only_planning_changes_values_not_even_its_substitute() -> None:
    planner, substitute = make.planner(), make.UserFactory()
    make.away(planner, substitute, TODAY, TODAY)
    admin, auditor = (make.UserFactory(roles=[role]) for role in (Role.ADMINISTRATOR, Role.AUDITOR))
    for author in (make.fresh(substitute), admin, auditor):
        with pytest.raises(Refused, match="기획예산과"):
            change(author=author)


def test_d5_a_change_is_logged() -> None:
    row = change(10)
    services.withdraw(row, author=make.planner())
    assert [entry.action for entry in LogEntry.objects.get_for_object(row)] == [1, 0]


@pytest.mark.parametrize(
    ("policy", "value", "shown"),
    [
        (REVIEW_DAYS, 14, "14일"),
        (CONFIRMATION_NEEDED, True, "예"),
        (REMIND_BEFORE, [7, 3, 1, 0], "7·3·1·0일 전"),
        (REREVIEW_MONTHS, [1, 7], "1·7월"),
        (MONTHS, [4, 5, 6, 7], "4~7월"),
        (MONTHS, [3, 6, 9, 12], "3·6·9·12월"),
        (MONTHS, list(range(1, 13)), "1~12월"),
    ],
)
def test_values_read_as_words(policy: Any, value: Any, shown: str) -> None:
    assert selectors.display(policy, value) == shown


def test_every_policy_reads_as_a_sentence_with_its_value_and_source() -> None:
    for policy in all_policies():
        found = selectors.sentence(policy, policy.default)
        assert "{value}" in str(policy.sentence), policy.key
        assert found.value, policy.key
        assert str(policy.source), policy.key
        assert services.check(policy, policy.default) is not None, policy.key


def enter(client: Client, user: Any) -> Client:
    client.force_login(user, backend="organization.backends.Backend")
    return client


def test_the_page_of_a_process_has_the_value_inside_the_sentence(client: Client) -> None:
    enter(client, make.UserFactory())
    page = client.get("/policies/of/benchmarking/").content.decode()
    assert "부서 검토 기한은 통보일부터 <strong>14일</strong> 이내입니다." in page
    assert "값 바꾸기" not in page
    page = client.get("/policies/")
    assert page.context["tabs"][0]["current"]  # the first of the main menu
    assert page.context["tabs"][0]["url"] == "/policies/of/benchmarking/"
    assert client.get("/policies/of/nothing/").status_code == 404
    assert client.get("/policies/nothing.here/").status_code == 404
    assert client.get(f"{PAGE}change/").status_code == 403


def test_a_change_is_previewed_made_shown_and_withdrawn(client: Client) -> None:
    enter(client, make.planner())
    typed = {
        "value": "10",
        "effective_from": LATER.isoformat(),
        "document": "기획예산과-1131",
        "reason": "조정",
    }
    shown = client.post(f"{PAGE}change/", typed)
    words = shown.content.decode()
    assert "14일 → 10일" in words
    assert "14일 그대로" in words
    assert not PolicyValue.objects.exists()
    bad = client.post(f"{PAGE}change/", {**typed, "value": "400"})
    assert bad.status_code == 422
    assert "90 이하로" in bad.content.decode()
    client.post(f"{PAGE}change/", {**typed, "preview": shown.context["preview"]})
    page = client.get(PAGE).content.decode()
    assert "2026. 12. 1.(화)부터 10일" in page
    assert "기획예산과-1131" in page
    row = PolicyValue.objects.get()
    withdraw = f"/policies/changes/{row.pk}/withdraw/"
    asked = client.get(withdraw)
    assert "10일 → 14일" in asked.content.decode()
    client.post(withdraw, {"preview": asked.context["preview"]})
    assert "취소됨" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("benchmarking.remind_before", "5, 1,0", [5, 1, 0]),
        ("benchmarking.confirmation_needed", "0", False),
    ],
)
def test_other_kinds_of_values_are_typed_in_their_own_way(
    client: Client, key: str, value: str, stored: Any
) -> None:
    enter(client, make.planner())
    url = f"/policies/{key}/change/"
    assert client.get(url).status_code == 200
    typed = {"value": value, "effective_from": LATER.isoformat(), "document": "문서", "reason": "사유"}
    seen = client.post(url, typed).context["preview"]
    client.post(url, {**typed, "preview": seen})
    assert PolicyValue.objects.get(key=key).value == stored


def test_days_are_numbers_with_commas(client: Client) -> None:
    enter(client, make.planner())
    typed = {"value": "7일, 3일", "effective_from": LATER.isoformat(), "document": "문서", "reason": "사유"}
    answer = client.post("/policies/benchmarking.remind_before/change/", typed)
    assert answer.status_code == 422
    assert "쉼표로 나누어" in answer.content.decode()


def test_v4_the_declared_values_of_earlier_times_are_part_of_the_history(client: Client) -> None:
    client.force_login(make.planner())
    page = client.get(reverse("policy", args=[MEALS.key])).content.decode()
    places = [page.index(said) for said in ("2023. 3. 2.(목) 시행", "처음 값", "20,000원")]
    assert places == sorted(places)
    assert selectors.standings([MEALS])[0].since == dt.date(2023, 3, 2)


def test_networks_are_listed_as_the_internet_writes_them() -> None:
    form = change_form(GATE_NETWORKS)
    rest = {"effective_from": "2026-11-20", "document": "-", "reason": "-"}
    good = form({"value": "203.0.113.7/24,  2001:db8::/64, ", **rest})
    assert good.is_valid(), good.errors
    assert good.cleaned_data["value"] == ["2001:db8::/64", "203.0.113.0/24"]
    assert form({"value": "", **rest}).is_valid()
    assert list(form({"value": "주민센터", **rest}).errors) == ["value"]
    assert (selectors.display(GATE_NETWORKS, []), selectors.display(GATE_NETWORKS, ["a", "b"])) == (
        "없음",
        "a, b",
    )
