"""What departments and others are asked about a proposal, and what the proposer reads meanwhile (P5, P6, D9)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.now import pretend, today
from notifications.models import Notice
from notifications.selectors import todos_of
from organization.enums import Role
from organization.services import departments
from proposals.enums import State
from proposals.selectors import proposals as selectors
from proposals.services import handling, opinions, receiving
from reviews.enums import ReviewState
from reviews.services import reviews
from tests import factories as make
from tests.proposals.asked import ADOPTED, REJECTED, again, answered, asked, fresh, head
from tests.proposals.made import CONTENT, entered, proposer_of, sent

pytestmark = pytest.mark.django_db
D = dt.date
MONDAY = D(2026, 11, 2)
PLAN = {**ADOPTED, "carry_out_on": D(2027, 3, 2)}


def verbs(user: object) -> list[str]:
    return [str(todo.verb) for todo in todos_of(make.fresh(user))]


def test_p6_a_department_is_asked_answers_and_planning_decides_by_its_words(client: Client) -> None:
    with pretend(MONDAY):
        proposal = entered()
        (review,) = asked(make.DepartmentFactory(name="공원녹지과"), proposal=proposal)
        chief, reviewer = head(review), make.UserFactory(department=review.department)
        assert fresh(proposal).state == State.REVIEW
        assert review.clock.due == D(2026, 11, 16)
        assert "공원녹지과에서 2026. 11. 2.(월)부터" in selectors.where_now(fresh(proposal))
        client.force_login(chief)
        client.post(reverse("proposals:review_assign", args=[review.pk]), {"reviewer": reviewer.pk})
        assert verbs(reviewer) == ["검토하기"]
        client.force_login(reviewer)
        typed = {**ADOPTED, "carry_out_on": "2027-03-02", "version": again(review).version}
        preview = client.post(review.get_absolute_url(), typed)
        assert ("받아들이는 내용", ADOPTED["taken"]) in preview.context["foreseen"]
        client.post(review.get_absolute_url(), typed | {"preview": preview.context["preview"]})
        assert again(review).state == ReviewState.SUBMITTED
        reviews.confirm(review, actor=chief)
        assert fresh(proposal).state == State.REVIEWED
        client.force_login(make.planner())
        page = client.get(reverse("proposals:desk_adopt", args=[proposal.pk]))
        assert page.context["form"]["taken"].value() == ADOPTED["taken"]
        assert page.context["form"]["department"].value() == review.department_id


def test_p6_what_an_answer_lacks_is_said_beside_each_field(client: Client) -> None:
    (review,) = asked()
    client.force_login(head(review))
    page = client.post(review.get_absolute_url(), {"outcome": "adopted", "version": again(review).version})
    assert set(page.context["form"].errors) == {"present", "taken", "carry_out_on"}
    with pytest.raises(Rejected):
        reviews.submit(review, {"outcome": "transferred"}, actor=head(review))


def test_p6_it_is_decided_when_all_have_answered_and_not_before() -> None:
    first, second = asked(*make.DepartmentFactory.create_batch(2))
    proposal = first.proposal
    answered(first, REJECTED)
    assert fresh(proposal).state == State.REVIEW
    with pytest.raises(Rejected):
        handling.decide(proposal, "rejected", {"present": "ㄱ", "reason": "ㄴ"}, actor=make.planner())
    reviews.recall(again(second), reason="다른 부서 일", actor=make.planner())
    assert fresh(proposal).state == State.REVIEWED
    reviews.reopen(again(first), reason="더 적어 주세요.", actor=make.planner())
    assert fresh(proposal).state == State.REVIEW
    reviews.recall(again(first), reason="우리가 정함", actor=make.planner())
    assert fresh(proposal).state == State.RECEIVED


def test_p5_a_supplement_stops_the_departments_days_too() -> None:
    with pretend(MONDAY):
        proposal, _token = sent()
        (review,) = asked(proposal=proposal)
    with pretend(D(2026, 11, 5)):
        handling.ask_supplement(proposal, reason="어느 공원입니까?", actor=make.planner())
        assert again(review).clock.paused
    with pretend(D(2026, 11, 12)):
        handling.supplement(proposal, answer="햇빛공원", actor=proposer_of(proposal))
        assert fresh(proposal).state == State.REVIEW
        assert (again(review).clock.paused, again(review).clock.due) == (False, D(2026, 11, 23))
        assert fresh(proposal).clock.due == D(2026, 12, 9)


def test_p6_an_opinion_from_outside_is_not_counted_for_three_weeks_at_most() -> None:
    with pretend(MONDAY):
        proposal = entered()
        assert proposal.clock.due == D(2026, 12, 2)
    with pretend(D(2026, 11, 10)):
        opinions.ask(proposal, "시 도로과", reason="가능합니까?", actor=make.planner())
        assert fresh(proposal).state == State.OPINION
        assert fresh(proposal).clock.due == D(2026, 12, 24)  # 12. 1. is the last of 22 days
        assert "시 도로과의 의견을 기다리고 있습니다. 늦어도 2026. 12. 1.(화)" in selectors.where_now(
            fresh(proposal)
        )
        assert opinions.end_late(D(2026, 12, 1)) == 0
    with pretend(D(2026, 12, 2)):
        assert opinions.end_late(D(2026, 12, 2)) == 1
        assert opinions.end_late(D(2026, 12, 2)) == 0
        assert fresh(proposal).state == State.RECEIVED
        assert fresh(proposal).clock.due == D(2026, 12, 24)
        assert Notice.objects.filter(kind="proposals.opinion_late").exists()


def test_p6_an_opinion_that_comes_sooner_gives_back_the_days() -> None:
    with pretend(MONDAY):
        (review,) = asked()
        proposal = review.proposal
    with pretend(D(2026, 11, 10)):
        opinions.ask(proposal, "시 도로과", reason="가능합니까?", actor=make.planner())
        answered(review, REJECTED)
    with pretend(D(2026, 11, 17)):
        opinions.take_in(proposal, answer="가능합니다.", actor=make.planner())
        assert fresh(proposal).state == State.REVIEWED
        assert fresh(proposal).clock.due == D(2026, 12, 9)


def test_p6_what_is_late_does_not_become_in_time_by_asking_outside() -> None:
    with pretend(MONDAY):
        proposal = entered()
    with pretend(D(2026, 12, 3)):
        opinions.ask(proposal, "시 도로과", reason="가능합니까?", actor=make.planner())
        assert fresh(proposal).clock.due == D(2026, 12, 2)
        opinions.take_in(proposal, answer="가능합니다.", actor=make.planner())
        assert fresh(proposal).clock.due == D(2026, 12, 2)


@pytest.mark.parametrize("ending", ["withdraw", "transfer", "link", "convert"])
def test_p5_what_is_ended_otherwise_asks_no_department_any_more(ending: str) -> None:
    first = entered(title="같은 제안")
    proposal, _token = sent()
    (review,) = asked(proposal=proposal)
    reviewer = make.UserFactory(department=review.department)
    reviews.assign(review, reviewer, actor=make.head_of(review.department))
    planner = make.planner()
    {
        "withdraw": lambda: handling.withdraw(proposal, actor=proposer_of(proposal)),
        "transfer": lambda: handling.transfer(proposal, "한빛시", reason="시 일", actor=planner),
        "link": lambda: handling.link(proposal, first, reason="같음", actor=planner),
        "convert": lambda: handling.convert(proposal, "suggestion", reason="건의", actor=planner),
    }[ending]()
    assert again(review).state == ReviewState.RECALLED
    assert again(review).clock.closed_on
    assert verbs(reviewer) == []
    assert Notice.objects.filter(kind="proposals.dropped", recipient=reviewer).exists()


def test_p5_taken_back_it_stands_where_its_departments_have_it() -> None:
    (review,) = asked()
    answered(review, REJECTED)
    planner = make.planner()
    handling.transfer(review.proposal, "한빛시", reason="시 일", actor=planner)
    handling.take_back(review.proposal, reason="우리 일", actor=planner)
    assert fresh(review.proposal).state == State.REVIEWED


def test_d9_who_made_it_neither_answers_nor_confirms_for_the_department(client: Client) -> None:
    place = make.DepartmentFactory()
    chief, author, colleague = (
        make.head_of(place),
        make.UserFactory(department=place),
        make.UserFactory(department=place),
    )
    made = receiving.propose(CONTENT, [{"user": author}], actor=author)
    (review,) = asked(place, proposal=made)
    with pytest.raises(Rejected, match="본인이 낸 것"):
        reviews.assign(review, author, actor=chief)
    with pytest.raises(Refused):
        reviews.take(review, actor=author)
    make.away(chief, author, today(), today())
    with pytest.raises(Refused):
        reviews.submit(review, REJECTED, actor=make.fresh(author))
    reviews.take(again(review), actor=colleague)
    reviews.submit(again(review), REJECTED, actor=colleague)
    with pytest.raises(Refused):
        reviews.confirm(again(review), actor=make.fresh(author))


def test_d9_where_the_head_made_it_planning_alone_looks_at_the_answer() -> None:
    place = make.DepartmentFactory()
    chief, colleague = make.head_of(place), make.UserFactory(department=place)
    made = receiving.propose(CONTENT, [{"user": chief}], actor=chief)
    (review,) = asked(place, proposal=made)
    reviews.take(review, actor=colleague)
    reviews.submit(again(review), REJECTED, actor=colleague)
    assert fresh(made).state == State.REVIEWED


def test_p11_a_department_that_is_asked_reads_what_is_hidden_and_no_other(client: Client) -> None:
    proposal = entered(hidden=True)
    (review,) = asked(proposal=proposal)
    for person, status in ((head(review), 200), (make.UserFactory(), 404)):
        client.force_login(person)
        assert client.get(proposal.get_absolute_url()).status_code == status
        assert client.get(review.get_absolute_url()).status_code == status


def test_o1_where_departments_merge_their_answers_do() -> None:
    old, new = make.DepartmentFactory.create_batch(2)
    first, second = asked(old, new)
    answered(second, REJECTED)
    admin = make.UserFactory(roles=[Role.ADMINISTRATOR])
    departments.merge(old, actor=admin, successor=new, effective_on=today(), document="조례")
    assert again(first).state == ReviewState.RECALLED
    assert fresh(first.proposal).state == State.REVIEWED


def test_b3_many_are_sent_together_from_the_list(client: Client) -> None:
    places, proposals = make.DepartmentFactory.create_batch(2), [entered(title=f"제안 {n}") for n in range(2)]
    client.force_login(make.planner())
    client.post(reverse("proposals:bulk"), {"pk": [one.pk for one in proposals]})
    url = f"{reverse('proposals:dispatch_many')}?pk={proposals[0].pk}&pk={proposals[1].pk}"
    form = client.get(url).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {name: places[0].name for name in form.fields if "departments" in name}
    client.post(url, typed, follow=True)
    assert [fresh(one).state for one in proposals] == [State.REVIEW, State.REVIEW]
