"""The same content again without a new reason, after it was answered twice (P5)."""

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Rejected
from proposals.enums import Channel, Ground, State
from proposals.models import Proposal
from proposals.selectors.repeats import repeated_by
from proposals.services import handling, receiving
from tests import factories as make
from tests.proposals.made import CONTENT, adopted, dismissed, entered, fresh, rejected

pytestmark = pytest.mark.django_db
OTHER_TEXT = {
    "problem": "놀이터 모래가 더럽고 고양이 똥이 있습니다.",
    "improvement": "모래를 우레탄 바닥으로 바꾸고 울타리를 쳐 주세요.",
}


def by(phone: str, **values: str) -> Proposal:
    person: receiving.Person = {"name": "박이름", "phone": phone}
    made, _token = receiving.enter(
        {**CONTENT, **values}, [person], channel=Channel.POST, actor=make.planner()
    )
    return made


def closed(proposal: Proposal, planner: object) -> None:
    handling.decide(
        proposal, State.NO_PROPOSAL, {"ground": Ground.REPEATED, "reason": "두 번 답했습니다."}, actor=planner
    )


def test_p5_the_third_time_may_be_closed_after_two_answers() -> None:
    first, second = rejected(), dismissed()
    third = entered()
    assert repeated_by(third) == [second, first]
    closed(third, make.planner())
    assert fresh(third).state == State.NO_PROPOSAL
    assert fresh(third).decision.ground == Ground.REPEATED


def test_p5_the_second_time_is_not_closed_for_being_the_second() -> None:
    rejected()
    second = entered()
    with pytest.raises(Rejected, match="2번") as refused:
        closed(second, make.planner())
    assert refused.value.field == "ground"
    assert fresh(second).state == State.RECEIVED


def test_p5_what_is_not_answered_yet_does_not_count() -> None:
    rejected()
    entered()
    assert len(repeated_by(entered())) == 1


def test_p5_of_somebody_else_only_nearly_the_same_text_is_the_same_content() -> None:
    rejected(by("02-111-1111"))
    rejected(by("02-222-2222", **OTHER_TEXT))
    found = repeated_by(by("02-333-3333"))
    assert [one.problem for one in found] == [CONTENT["problem"]]


def test_p5_the_same_person_is_known_by_number_or_address_however_it_is_written() -> None:
    rejected(by("02-111-1111", **OTHER_TEXT))
    assert len(repeated_by(by("02 111 1111"))) == 1
    assert repeated_by(by("02-111-1112")) == []


def test_p5_another_title_is_another_content_even_of_the_same_person() -> None:
    rejected(entered(title="도서관 밤 열 시까지 열기"))
    assert repeated_by(entered()) == []


def test_p5_planning_s_page_names_the_earlier_ones_and_offers_closing(client: Client) -> None:
    first, second = rejected(), adopted().proposal
    planner, third = make.planner(), entered()
    client.force_login(planner)
    page = client.get(reverse("proposals:desk_alike", args=[third.pk])).content.decode()
    assert "같은 내용에 이미 답했습니다" in page
    assert page.count(first.code) == 1
    assert second.code in page
    step = reverse("proposals:desk_dismiss", args=[third.pk])
    assert f"{step}?ground=repeated&amp;version={third.version}" in page
    form = client.get(step, {"ground": "repeated", "version": third.version}).context["form"]
    assert form["ground"].value() == "repeated"
    assert client.get(step, {"ground": "nothing"}).context["form"]["ground"].value() != "nothing"
    answer = {"ground": "repeated", "reason": "앞의 두 답변과 같습니다.", "version": third.version}
    assert client.post(step, answer).status_code == 302
    assert fresh(third).state == State.NO_PROPOSAL
    assert (
        "이미 답했습니다" not in client.get(reverse("proposals:desk_alike", args=[third.pk])).content.decode()
    )


def test_p5_who_does_not_decide_is_offered_nothing(client: Client) -> None:
    rejected()
    rejected()
    third = entered()
    client.force_login(make.UserFactory())
    page = client.get(reverse("proposals:desk_alike", args=[third.pk])).content.decode()
    assert "비슷한 제안이 없습니다" not in page
    assert "ground=repeated" not in page
