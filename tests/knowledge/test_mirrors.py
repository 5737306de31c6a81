"""Results of other processes stand on the board by themselves, once, and follow their source (B8, K5)."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from core.now import pretend
from core.work.verify import differences
from knowledge.enums import PostState
from knowledge.models import Field, Post
from knowledge.services import looking, mirrors
from knowledge.sockets import MIRRORS, Article, Mirror
from mileage.models import Account
from tests import factories as make
from tests.knowledge import made

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def article(field: Field) -> Article | None:
    """A thing with a version and a person is result enough."""
    if not field.keeper:
        return None
    return Article(f"결과 {field.name}", f"{field.name}을 해 보았다.", field.keeper, made.DAY, earns=True)


@pytest.fixture(autouse=True)
def _one_kind() -> Iterator[None]:
    one = Mirror(
        Field, "idea", "분야", lambda: Field.objects.filter(closed=False), article, related=("keeper",)
    )
    with pretend(made.DAY), MIRRORS.only(one):
        yield


def change(field: Field, **values: object) -> None:
    Field.objects.filter(pk=field.pk).update(**values, version=field.version + 1)
    field.refresh_from_db()


def balance(field: Field) -> int:
    found = Account.objects.filter(user=field.keeper, scheme="knowledge").first()
    return found.balance if found else 0


def test_b8_a_result_stands_once_and_earns_once() -> None:
    field = made.field(keeper=made.staff())
    assert mirrors.keep_up(made.DAY) == 1
    post = Post.objects.get()
    assert (post.state, post.title, post.owner, post.source) == (
        PostState.STANDING,
        "결과 교통",
        field.keeper,
        field,
    )
    assert balance(field) == 5000
    assert mirrors.keep_up(made.DAY) == 0
    assert Post.objects.count() == 1
    assert not list(differences())


def test_b8_it_follows_its_source() -> None:
    field = made.field(keeper=made.staff())
    mirrors.keep_up(made.DAY)
    change(field, name="교통행정")
    assert mirrors.keep_up(made.DAY) == 1
    assert Post.objects.get().title == "결과 교통행정"
    assert balance(field) == 5000


def test_k5_what_is_undone_stands_no_more_and_gives_back() -> None:
    field = made.field(keeper=made.staff())
    mirrors.keep_up(made.DAY)
    change(field, closed=True)
    assert mirrors.keep_up(made.DAY) == 1
    assert (Post.objects.get().state, balance(field)) == (PostState.ARCHIVED, 0)
    change(field, closed=False)
    assert mirrors.keep_up(made.DAY) == 1
    assert (Post.objects.get().state, balance(field)) == (PostState.STANDING, 5000)
    assert mirrors.keep_up(made.DAY) == 0


def test_b8_what_somebody_archived_stays_away() -> None:
    made.field(keeper=made.staff())
    mirrors.keep_up(made.DAY)
    looking.archive(Post.objects.get(), reason="겹침", actor=make.planner())
    assert mirrors.keep_up(made.DAY) == 0
    assert Post.objects.get().state == PostState.ARCHIVED


def test_b8_what_has_nobody_waits_for_somebody() -> None:
    made.field()
    assert mirrors.keep_up(made.DAY) == 0


def test_b8_one_question_a_kind_where_nothing_has_changed(django_assert_num_queries: object) -> None:
    for n in range(5):
        made.field(f"분야 {n}", keeper=made.staff())
    mirrors.keep_up(made.DAY)
    with transaction.atomic(), django_assert_num_queries(4):  # savepoint, what is new, what is gone, release
        mirrors.keep_up(made.DAY)
