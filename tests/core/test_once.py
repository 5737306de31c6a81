"""Numbers given once and things done once. At once on PostgreSQL: cases (B1) and reminders (B5)."""

import pytest
from django.db import transaction

from core.models import Counter, Done
from core.once import next_numbers, not_yet_done

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def test_numbers_follow_each_other_for_each_key() -> None:
    assert list(next_numbers("a")) == [1]
    assert list(next_numbers("a", 3)) == [2, 3, 4]
    assert list(next_numbers("b", 2)) == [1, 2]
    assert list(next_numbers("a", 0)) == []
    assert dict(Counter.objects.values_list("key", "value")) == {"a": 4, "b": 2}


def test_numbers_of_a_transaction_that_broke_off_are_given_again() -> None:
    with transaction.atomic():
        next_numbers("a", 5)
        transaction.set_rollback(True)
    assert list(next_numbers("a")) == [1]


def test_each_key_is_new_once_however_many_there_are() -> None:
    keys = [f"remind:{n}" for n in range(1203)]
    assert not_yet_done(keys[:601]) == set(keys[:601])
    assert not_yet_done([*keys, *keys]) == set(keys[601:])
    assert not_yet_done(keys) == set()
    assert not_yet_done([]) == set()
    assert Done.objects.count() == len(keys)


def test_what_broke_off_is_not_done() -> None:
    with transaction.atomic():
        not_yet_done(["a"])
        transaction.set_rollback(True)
    assert not_yet_done(["a"]) == {"a"}


@pytest.mark.django_db(transaction=True)
def test_marking_without_a_transaction_is_a_mistake() -> None:
    with pytest.raises(AssertionError):
        not_yet_done(["a"])
