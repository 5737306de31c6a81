"""Earning and taking back (M2, M3, M4, O2)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from basis.errors import Rejected
from core.actors import SYSTEM
from core.ledger.verify import LEDGERS, verify_all
from core.now import pretend
from mileage import catalogue as earn
from mileage import policies
from mileage.models import Account, Entry, Total
from mileage.rules import amount_text, hundredths
from mileage.services.awards import Award, award, reverse, reverse_source
from organization.models import Posting
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)


def give(
    rule: earn.Rule, user: object, event: str = "e:1", day: dt.date = DAY, **values: object
) -> list[Entry]:
    return award([Award(rule, user, event, day, "공유주차 앱", **values)], actor=SYSTEM)  # type: ignore[arg-type]  # of many kinds, on purpose


def balance(user: object, scheme: str = "creativity") -> int:
    return Account.objects.get(user=user, scheme=scheme).balance


def clean() -> bool:
    return list(verify_all()) == []


def test_m2_an_entry_copies_the_amount_of_the_days_rule() -> None:
    user = make.UserFactory()
    give(earn.FINDING, user, "a", dt.date(2015, 12, 31))
    give(earn.FINDING, user, "b", dt.date(2016, 1, 1))
    assert [e.amount for e in Entry.objects.order_by("sequence")] == [100, 200]
    assert balance(user) == hundredths(3)
    assert clean()


def test_m2_a_rule_of_two_points_before_2016_of_nothing_posts_nothing() -> None:
    """Reviewing was new in 2016 (B10)."""
    assert give(earn.REVIEWING, make.UserFactory(), day=dt.date(2015, 6, 1)) == []
    assert not Entry.objects.exists()


def test_m2_a_rule_changed_from_may_leaves_april_as_it_was() -> None:
    user = make.UserFactory()
    PolicyValue.objects.create(
        key=policies.FINDING.key,
        effective_from=dt.date(2026, 5, 1),
        value="3",
        document="방침",
        reason="상향",
    )
    cache_clear()
    with pretend(dt.date(2026, 6, 10)):  # April's event is recorded in June: its own day counts
        give(earn.FINDING, user, "april", dt.date(2026, 4, 30))
        give(earn.FINDING, user, "may", dt.date(2026, 5, 1))
    assert dict(Entry.objects.values_list("event", "amount")) == {"april": 200, "may": 300}


def test_m3_the_same_event_earns_once_for_a_person_and_rule() -> None:
    user, other = make.UserFactory.create_batch(2)
    assert len(give(earn.FINDING, user)) == 1
    assert give(earn.FINDING, user) == []
    assert len(give(earn.FINDING, other)) == 1
    assert len(give(earn.REVIEWING, user)) == 1
    twice = Award(earn.IMPLEMENTING, user, "e:1", DAY, "두 번")
    assert len(award([twice, twice], actor=SYSTEM)) == 1
    assert balance(user) == hundredths(2 + 2 + 5)


def test_m3_the_database_itself_refuses_a_second_entry_for_an_event() -> None:
    (entry,) = give(earn.FINDING, make.UserFactory())
    entry.pk, entry.sequence = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_m3_a_mistake_is_reversed_once_with_a_reason_and_can_be_earned_again() -> None:
    user = make.UserFactory()
    (entry,) = give(earn.FINDING, user)
    with pytest.raises(Rejected, match="사유"):
        reverse([entry], reason=" ", actor=SYSTEM)
    (back,) = reverse([entry], reason="잘못 등록", actor=SYSTEM)
    assert (back.amount, back.balance, back.day, back.reverses) == (-200, 0, DAY, entry)
    with pytest.raises(Rejected, match="이미 취소"):
        reverse([entry], reason="또", actor=SYSTEM)
    with pytest.raises(Rejected, match="이미 취소"):
        reverse([back], reason="취소의 취소", actor=SYSTEM)
    (again,) = give(earn.FINDING, user)
    assert (again.turn, balance(user)) == (2, 200)
    assert give(earn.FINDING, user) == []
    assert clean()


def test_m3_undoing_an_event_reverses_what_stands_for_its_source() -> None:
    source, user = make.DepartmentFactory(), make.UserFactory()
    give(earn.FINDING, user, "a", source=source)
    give(earn.IMPLEMENTING, user, "b", source=source)
    assert len(reverse_source(source, reason="취소", actor=SYSTEM, rules=[earn.IMPLEMENTING])) == 1
    assert len(reverse_source(source, reason="취소", actor=SYSTEM)) == 1
    assert reverse_source(source, reason="취소", actor=SYSTEM) == []
    assert balance(user) == 0


def test_m4_over_the_cap_is_recorded_as_capped_to_the_half_point() -> None:
    user = make.UserFactory()
    for n in range(41):
        give(earn.VIEWING, user, f"v:{n}")
    give(earn.OPINION, user, "o", amount=hundredths(39))
    (last,) = give(earn.OPINION, user, "p")
    assert (last.asked, last.amount, last.capped) == (200, 100, 100)
    (over,) = Entry.objects.filter(event="v:40")
    assert (over.asked, over.amount) == (50, 0)
    assert balance(user, "knowledge") == hundredths(20 + 40)
    give(earn.VIEWING, user, "next month", dt.date(2026, 12, 1))
    assert balance(user, "knowledge") == hundredths(60) + 50
    assert clean()


def test_m4_a_reversal_makes_room_under_the_cap() -> None:
    user = make.UserFactory()
    (first,) = give(earn.MEETING_HOURS, user, "m1", amount=hundredths(12))
    (second,) = give(earn.MEETING_HOURS, user, "m2", amount=hundredths(3))
    assert second.amount == 0
    reverse([first], reason="불참", actor=SYSTEM)
    (third,) = give(earn.MEETING_HOURS, user, "m3", amount=hundredths(3))
    assert third.amount == hundredths(3)


def test_m4_caps_hold_within_one_call_too() -> None:
    user = make.UserFactory()
    many = [Award(earn.OPINION, user, f"o:{n}", DAY, "의견") for n in range(25)]
    award(many, actor=SYSTEM)
    assert balance(user, "knowledge") == hundredths(40)


def test_o2_points_count_for_the_department_held_on_the_day() -> None:
    user = make.UserFactory()
    old, new = user.department, make.DepartmentFactory()
    Posting.objects.filter(user=user).update(valid_to=dt.date(2026, 11, 14))
    Posting.objects.create(
        user=user, department=new, position=user.position, valid_from=dt.date(2026, 11, 15)
    )
    give(earn.FINDING, user, "before", dt.date(2026, 11, 14))
    give(earn.FINDING, user, "after", dt.date(2026, 11, 15))
    assert dict(Entry.objects.values_list("event", "department")) == {"before": old.pk, "after": new.pk}


def test_m5_totals_follow_the_entries_by_month_quarter_and_year() -> None:
    user = make.UserFactory()
    (entry,) = give(earn.FINDING, user, "a", dt.date(2026, 9, 30))
    give(earn.FINDING, user, "b", dt.date(2026, 10, 1))
    reverse([entry], reason="취소", actor=SYSTEM)
    assert dict(Total.objects.values_list("period", "amount")) == {
        "2026-M09": 0, "2026-Q3": 0, "2026": 200, "2026-M10": 200, "2026-Q4": 200,
    }  # fmt: skip


def test_m2_granting_to_many_asks_the_same_number_of_questions(django_assert_max_num_queries: object) -> None:
    counts = []
    earn.FINDING.on(DAY)  # the policy values are kept for a while
    for number in (2, 40):
        users = make.UserFactory.create_batch(number)
        many = [Award(earn.FINDING, user, f"all:{number}", DAY, "모두") for user in users]
        with django_assert_max_num_queries(100) as seen:  # type: ignore[operator]  # a fixture of pytest-django
            award(many, actor=SYSTEM)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_m3_all_ledgers_are_protected_in_this_database() -> None:
    (entry,) = give(earn.FINDING, make.UserFactory())
    for ledger in LEDGERS:
        for statement in ("UPDATE {} SET amount = 1", "DELETE FROM {}"):
            with (
                pytest.raises(Exception, match="never changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement.format(Entry._meta.db_table))
        assert ledger.entries.objects.filter(pk=entry.pk).exists() or ledger.entries is not Entry


def test_amounts_are_exact_hundredths() -> None:
    assert hundredths(Decimal("0.05")) == 5
    with pytest.raises(ValueError, match="finer"):
        hundredths(Decimal("0.005"))
    assert [amount_text(n) for n in (50, 200, 1050, -5, 0, 100_000)] == [
        "0.5",
        "2",
        "10.5",
        "-0.05",
        "0",
        "1,000",
    ]
    assert amount_text(400, "learning") == "4시간"
