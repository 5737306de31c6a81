"""Results of cases, visits, proposals and clubs on the board (B8); a staff proposal and its post earn once (K5)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from benchmarking.enums import Decision
from core.now import pretend
from knowledge.enums import Area, PostState
from knowledge.models import Post
from knowledge.services import mirrors, posts
from mileage.models import Account, Entry
from organization.models import User
from proposals.models import Proposal
from proposals.services import receiving
from tests import factories as make
from tests import visiting
from tests.clubs import papers
from tests.knowledge import made
from tests.proposals import made as ideas
from tests.threads import at_once
from tests.visiting import money, the_day  # noqa: F401  fixtures

DAY = visiting.DAY


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def proposed(author: User, **values: Any) -> Proposal:
    return receiving.propose({**ideas.CONTENT, **values}, [{"user": author}], actor=author)


def points(user: User) -> int:
    found = Account.objects.filter(user=user, scheme="knowledge").first()
    return found.balance if found else 0


def told(area: Area) -> Post:
    mirrors.keep_up(DAY)
    return Post.objects.get(area=area)


@pytest.mark.django_db
def test_b8_a_decided_case_stands_with_what_departments_said() -> None:
    review = make.ReviewFactory()
    mirrors.keep_up(DAY)
    assert not Post.objects.exists()
    make.answered(review, Decision.ADOPT)
    post = told(Area.WORK)
    assert review.case.title in post.title
    assert "시범 구역을 정하여" in post.text
    assert post.source == review.case
    assert points(post.writer) == 0  # finding has earned by itself


@pytest.mark.django_db
def test_b8_a_settled_visit_stands(money: None) -> None:  # noqa: F811
    visit = visiting.visit("settled")
    post = Post.objects.get(pk=told_of(visit).pk)
    assert visit.host in post.title
    assert visit.report.findings in post.text
    assert points(post.writer) == 0


def told_of(thing: Any) -> Post:
    mirrors.keep_up(DAY)
    return next(post for post in Post.objects.all() if post.source == thing)


@pytest.mark.django_db
def test_k5_a_staff_proposal_and_its_post_earn_50_once() -> None:
    author = made.staff()
    proposal = proposed(author)
    mirrors.keep_up(DAY)
    assert points(author) == 0  # planning has not looked at it yet
    proposal = ideas.rejected(proposal)
    post = told(Area.IDEA)
    assert (post.writer, points(author), post.source) == (author, 5000, proposal)
    assert "불채택" in post.text
    own = made.waiting(author, area="idea", title=post.title, text=post.text)
    assert own.alike == post
    posts.approve(own, actor=make.planner())
    assert points(author) == 5000
    mirrors.keep_up(DAY)
    assert points(author) == 5000


@pytest.mark.django_db
def test_k5_a_hidden_proposal_stands_nowhere_and_its_words_are_gone() -> None:
    author = made.staff()
    proposal = ideas.rejected(proposed(author))
    post = told(Area.IDEA)
    Proposal.objects.filter(pk=proposal.pk).update(hidden=True, version=proposal.version + 1)
    mirrors.keep_up(DAY)
    post.refresh_from_db()
    assert (post.state, post.text, points(author)) == (PostState.ARCHIVED, "", 0)


@pytest.mark.django_db
def test_b8_a_clubs_result_stands_once_awarded() -> None:
    with pretend(papers.DAY):
        (first, *_rest) = reports = papers.results(2)
        mirrors.keep_up(papers.DAY)
        assert not Post.objects.filter(area=Area.CLUB).exists()
        papers.confirmed(reports)
        mirrors.keep_up(papers.DAY)
    first.refresh_from_db()
    assert first.grade
    post = next(post for post in Post.objects.filter(area=Area.CLUB) if post.source == first)
    assert first.grade in post.text
    assert points(first.written_by) == 1000


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_k5_under_20_at_once_the_proposal_and_its_post_earn_50_once() -> None:
    author = made.staff()
    ideas.rejected(proposed(author))

    def work() -> int:
        with pretend(DAY):
            return mirrors.keep_up(DAY)

    assert sum(at_once(*[work] * 20)) == 1
    with transaction.atomic():
        assert Entry.objects.filter(account__user=author, rule="post_idea").count() == 1
    assert points(author) == 5000
    assert Post.objects.filter(area=Area.IDEA).count() == 1
