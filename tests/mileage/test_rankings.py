"""창의왕, 혁신 MVP, 통합마일리지 우수자 (M5)."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Award as Prize
from awards.services.handing import take_back
from basis.errors import Refused, Rejected
from basis.periods import Period, parse
from core.actors import SYSTEM
from core.models import TransitionLog
from core.now import pretend
from mileage import catalogue as earn
from mileage.contests import CONTESTS
from mileage.enums import RankingKind, RankingState
from mileage.models import Entry, Given, Ranking, RankingRow
from mileage.rules import hundredths
from mileage.selectors import rankings as selectors
from mileage.services import rankings as services
from mileage.services.awards import Award, award, reverse
from mileage.sockets import EXCLUSIONS, Exclusion
from notifications.models import Mail, Notice
from notifications.selectors import todos_of
from organization.enums import Position
from organization.models import Posting, User
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.ranked import (
    AFTER,
    DAY,
    DEPARTMENTS,
    KING,
    MVP,
    Q3,
    YEAR_END,
    confirmed,
    give,
    hand_over,
    prize_of,
)
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def places(contest: Any = KING, period: Period = Q3) -> list[tuple[str, int | None, bool]]:
    return [(s.number, s.place, s.wins) for s in selectors.standings(contest, period)]


def change(policy: Any, value: Any, since: str = "2026-01-01") -> None:
    PolicyValue.objects.create(
        key=policy.key,
        value=value,
        effective_from=since,
        document="시험",
        reason="시험",
        author=make.planner(),
    )
    cache_clear()


def test_m5_the_three_highest_in_knowledge_points_of_the_quarter_win() -> None:
    users = make.UserFactory.create_batch(5)
    for n, user in enumerate(users, 1):
        give(user, n)
        give(user, 50 - n, dt.date(2026, 10, 1))  # the next quarter
        give(user, 60 - n, rule=earn.FINDING)  # another scheme
    assert places() == [(u.employee_number, n, n <= 3) for n, u in enumerate(reversed(users), 1)]
    change(KING.winners, 2)
    assert [wins for _number, _place, wins in places()] == [True, True, False, False, False]


def test_m5_what_was_taken_back_counts_for_nothing() -> None:
    one, other = make.UserFactory.create_batch(2)
    give(one, 5)
    reverse([give(other, 9)], reason="중복", actor=SYSTEM)
    assert places() == [(one.employee_number, 1, True)]


def test_m5_ties_by_events_then_earlier_then_number() -> None:
    late, early, many, low = make.UserFactory.create_batch(4)
    with pretend(dt.date(2026, 8, 2)):
        give(early, 6)
        give(many, 3)
    with pretend(dt.date(2026, 8, 3)):
        give(late, 6)
        give(many, 3)
        reverse([give(late, 7)], reason="중복", actor=SYSTEM)  # neither an event nor a later hour
        give(low, 2)
    assert [s.key for s in selectors.standings(KING, Q3)] == [many.pk, early.pk, late.pk, low.pk]
    found = {s.key: s for s in selectors.standings(KING, Q3)}
    assert (found[many.pk].events, found[late.pk].events, found[low.pk].events) == (2, 1, None)


@pytest.mark.parametrize("contest", [KING, YEAR_END])
def test_m5_read_are_so_many_of_the_highest_and_whoever_equals_the_last_of_them(contest: Any) -> None:
    """Of one scheme, and of the sums of several, however they lie in them."""
    users = make.UserFactory.create_batch(6)
    period = Q3 if contest is KING else parse("2026")
    schemes = contest.schemes(period.end)
    for user, points, found in zip(users, (9, 7, 7, 7, 3, 1), (4, 0, 6, 3, 0, 1), strict=True):
        both = len(schemes) > 1
        if points > found or not both:
            give(user, points - found * both)
        if found and both:
            give(user, found, rule=earn.FINDING)

    def read(count: int) -> list[int]:
        return sorted(total // 100 for _user, total in selectors._highest(schemes, period, count))

    assert [len(read(count)) for count in range(1, 8)] == [1, 4, 4, 4, 5, 6, 6]
    assert read(2) == [7, 7, 7, 9]


def test_m5_equal_in_everything_the_lower_employee_number_comes_first() -> None:
    users = make.UserFactory.create_batch(3)
    moment = Award(earn.POST_WORK, users[2], "x", DAY, "t")
    award([moment, *(Award(earn.POST_WORK, u, "x", DAY, "t") for u in users[:2])], actor=SYSTEM)
    Entry.objects.all()
    with pretend(DAY):
        assert {s.events for s in selectors.standings(KING, Q3)} == {1}
    ordered = sorted(selectors.standings(KING, Q3), key=lambda s: (s.last_at, s.number))
    assert [s.place for s in ordered] == [1, 2, 3]


def test_m5_only_staff_of_the_periods_end_never_people_from_outside() -> None:
    stays, left, disabled, judge, comes = make.UserFactory.create_batch(5)
    for user in (stays, left, disabled, judge, comes):
        give(user, 5)
    Posting.objects.filter(user=left).update(valid_to=dt.date(2026, 9, 29))
    User.objects.filter(pk=disabled.pk).update(is_active=False)
    Posting.objects.filter(user=judge).update(position=Position.EXTERNAL)
    Posting.objects.filter(user=comes).update(valid_from=dt.date(2026, 10, 1))
    assert places() == [(stays.employee_number, 1, True)]


def test_m5_who_does_not_qualify_is_left_out_with_the_reason() -> None:
    best, second, third = make.UserFactory.create_batch(3)
    for points, user in ((9, best), (8, second), (1, third)):
        give(user, points)
    EXCLUSIONS.plug(Exclusion(RankingKind.CREATIVE_KING, "제안 미제출", lambda period: {second.pk, third.pk}))
    found = selectors.standings(KING, Q3)
    assert [(s.key, s.place, s.left_out) for s in found] == [
        (second.pk, 1, ""), (third.pk, 2, ""), (best.pk, None, "제안 미제출"),
    ]  # fmt: skip
    assert not selectors.standings(MVP, parse("2026-M08"))  # creativity points only


def test_m5_many_left_out_do_not_hide_who_wins() -> None:
    users = make.UserFactory.create_batch(60)
    award(
        [
            Award(earn.POST_WORK, u, "x", DAY, "t", amount=hundredths(n))
            for n, u in enumerate(reversed(users), 1)
        ],
        actor=SYSTEM,
    )
    last = {u.pk for u in users[-4:]}
    EXCLUSIONS.plug(Exclusion(RankingKind.CREATIVE_KING, "제안 미제출", lambda period: last))
    winners = [s for s in selectors.standings(KING, Q3) if s.wins]
    assert [s.key for s in winners] == [u.pk for u in users[-4:-1]]


def test_o2_m5_the_department_of_the_day_gets_the_points() -> None:
    user, mate = make.UserFactory.create_batch(2)
    old, new = user.department, make.DepartmentFactory()
    Posting.objects.filter(user=user).update(valid_to=dt.date(2026, 8, 14))
    Posting.objects.create(user=user, department=new, position=user.position, valid_from=dt.date(2026, 8, 15))
    give(user, 3, dt.date(2026, 8, 14), earn.FINDING)
    give(user, 5, dt.date(2026, 8, 15), earn.FINDING)
    give(mate, 4, dt.date(2026, 8, 15), earn.FINDING)
    august = parse("2026-M08")
    assert old
    assert [(s.key, s.total, s.wins) for s in selectors.standings(DEPARTMENTS, august)] == [
        (new.pk, 500, True), (mate.department_id, 400, False), (old.pk, 300, False),
    ]  # fmt: skip
    assert [s.key for s in selectors.standings(MVP, august)] == [user.pk, mate.pk]


def test_m5_departments_by_head_where_the_policy_says_so() -> None:
    small, large = make.UserFactory(), make.UserFactory()
    make.UserFactory.create_batch(3, department=large.department)
    give(small, 3, rule=earn.FINDING)
    give(large, 8, rule=earn.FINDING)
    august = parse("2026-M08")
    assert [s.total for s in selectors.standings(DEPARTMENTS, august)] == [800, 300]
    change(earn.policies.MVP_PER_HEAD, True)
    found = selectors.standings(DEPARTMENTS, august)
    assert [(s.total, s.heads) for s in found] == [(300, 1), (800, 4)]
    assert "1인당" in DEPARTMENTS.tie_rule(by_head=True)


def test_m5_the_year_adds_creativity_and_knowledge() -> None:
    users = make.UserFactory.create_batch(7)
    for n, user in enumerate(users):
        give(user, 10 - n)
        give(user, 1 + 3 * n, dt.date(2026, 2, 1), earn.FINDING)
    found = selectors.standings(YEAR_END, parse("2026"))
    assert [s.total for s in found] == [hundredths(11 + 2 * n) for n in range(6, -1, -1)]
    assert sum(s.wins for s in found) == 5


# -------------------------------------------------------------------------------------------- against an oracle
events = st.lists(
    st.tuples(
        st.integers(0, 7), st.integers(1, 4), st.sampled_from([1, 1, 1, 2]), st.booleans(), st.integers(1, 28)
    ),
    max_size=25,
)


@given(events=events, out=st.sets(st.integers(0, 7), max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_m5_against_a_plain_oracle(events: list[Any], out: set[int]) -> None:
    from django.db import transaction

    sid = transaction.savepoint()
    users = make.UserFactory.create_batch(8)
    hours: dict[int, list[tuple[int, dt.datetime]]] = {}
    for n, (who, points, half, back, day) in enumerate(events):
        with pretend(dt.date(2026, 9, day)):
            entry = give(users[who], points * half, dt.date(2026, 9, day), event=f"o:{n}")
            if back:
                reverse([entry], reason="취소", actor=SYSTEM)
            else:
                hours.setdefault(who, []).append((entry.amount, entry.recorded_at))
    stay = {user.pk for n, user in enumerate(users) if n not in out}

    def order(who: int) -> Any:
        earned = hours[who]
        total = sum(amount for amount, _at in earned)
        return -total, -len(earned), max(at for _amount, at in earned), users[who].employee_number

    expected = [users[who].pk for who in sorted((w for w in hours if w not in out), key=order)]
    with EXCLUSIONS.only(Exclusion(RankingKind.CREATIVE_KING, "제외", lambda period: stay)):
        found = selectors.standings(KING, Q3)
    assert [s.key for s in found if s.place] == expected
    assert [s.key for s in found if s.wins] == expected[:3]
    assert [s.place for s in found if s.place] == list(range(1, len(expected) + 1))
    assert {s.key for s in found if s.left_out} <= {users[who].pk for who in out}
    transaction.savepoint_rollback(sid)


# -------------------------------------------------------------------------------------- drafted, confirmed, given
def test_m5_a_confirmed_ranking_is_frozen(after: None) -> None:
    one, other = make.UserFactory.create_batch(2)
    give(one, 5)
    entry = give(other, 3)
    ranking = confirmed()
    assert selectors.changes(ranking, selectors.rows_of(ranking)) == []
    give(other, 9)
    reverse([entry], reason="중복", actor=SYSTEM)
    rows = list(ranking.rows.values_list("user", "total", "place"))
    assert rows == [(one.pk, 500, 1), (other.pk, 300, 2)]
    with pytest.raises(Rejected, match="지금 상태"):
        services.recompute(ranking, actor=make.planner())
    with pytest.raises(Rejected, match="이미 만든"):
        services.draft(KING, Q3, actor=make.planner())
    found = selectors.changes(ranking, selectors.rows_of(ranking))
    assert [(c.then and c.then.place, c.now and (c.now.place, c.now.total)) for c in found] == [
        (1, (2, 500)), (2, (1, 900)),
    ]  # fmt: skip


def test_m5_a_stale_draft_is_reckoned_again_before_it_is_confirmed(after: None) -> None:
    one, other = make.UserFactory.create_batch(2)
    give(one, 5)
    ranking = services.draft(KING, Q3, actor=make.planner())
    give(other, 7)
    with pytest.raises(Rejected, match="다시 계산"):
        services.confirm(ranking, actor=make.planner())
    services.recompute(ranking, actor=make.planner())
    change(KING.prize, 70_000)
    with pytest.raises(Rejected, match="다시 계산"):
        services.confirm(ranking, actor=make.planner())
    services.recompute(ranking, actor=make.planner())
    ranking = services.confirm(ranking, actor=make.planner())
    assert (ranking.state, ranking.prize, ranking.confirmed_by) == ("confirmed", 70_000, make.planner())
    assert ranking.rows.get(place=1).user == other


def test_m5_winners_are_told_once_and_planning_of_the_prizes(after: None) -> None:
    users = make.UserFactory.create_batch(4)
    for n, user in enumerate(users, 2):
        give(user, n)
    ranking = confirmed()
    told = Notice.objects.filter(kind="mileage.chosen")
    assert {n.recipient for n in told} == set(users[1:])
    assert "문화상품권 50,000원" in told[0].body
    assert Mail.objects.filter(kind="mileage.chosen").count() == 3
    assert [(str(t.verb), t.title) for t in todos_of(make.planner())] == [
        ("시상 기록하기", "지급할 시상 3건")
    ]
    services.cancel(ranking, reason="명단 정정", actor=make.planner())
    assert Notice.objects.filter(kind="mileage.cancelled").count() == 3
    assert TransitionLog.objects.get(name="cancel").reason == "명단 정정"
    assert [(str(t.verb), t.title) for t in todos_of(make.planner())] == [("순위 확정하기", ranking.title)]


def test_m5_prizes_are_recorded_once_and_hold_the_confirmation(after: None) -> None:
    user = make.UserFactory()
    give(user, 5)
    ranking, planner = confirmed(), make.planner()
    row = ranking.rows.get()
    with pytest.raises(Rejected, match="오늘 또는 이전"):
        hand_over(row, given_on=AFTER + dt.timedelta(days=1))
    with pytest.raises(Rejected, match="결정일 또는 이후"):
        hand_over(row, given_on=Q3.end)
    prize = hand_over(row)
    with pytest.raises(Rejected, match="지금 상태"):
        hand_over(row, receipt="수령-2")
    with pytest.raises(Rejected, match="시상을 기록한"):
        services.cancel(ranking, reason="정정", actor=planner)
    with pytest.raises(Rejected, match="사유"):
        take_back(prize, reason=" ", actor=planner)
    take_back(prize, reason="다른 사람", actor=planner)
    (logged,) = TransitionLog.objects.filter(name="take_back", data__has_key="receipt")
    assert logged.data["receipt"] == "수령-1"
    assert not Given.objects.exists()
    services.cancel(ranking, reason="정정", actor=planner)
    assert Prize.objects.get().state == "revoked"
    with pytest.raises(Prize.DoesNotExist):
        prize_of(row)
    with pytest.raises(Rejected, match="사유"):
        services.cancel(confirmed_again(ranking), reason="", actor=planner)
    assert prize_of(row).number == prize.number + 1  # of the new confirmation


def test_m5_who_was_not_chosen_gets_no_prize(after: None) -> None:
    for points, user in enumerate(make.UserFactory.create_batch(4), 1):
        give(user, points)
    ranking = confirmed()
    chosen = set(ranking.rows.filter(wins=True).values_list("user", flat=True))
    assert {award.user_id for award in Prize.objects.all()} == chosen
    assert len(chosen) == 3


def confirmed_again(ranking: Ranking) -> Ranking:
    return services.confirm(ranking, actor=make.planner())


def test_m5_only_planning_ranks(after: None) -> None:
    user = make.UserFactory()
    give(user, 5)
    with pytest.raises(Refused):
        services.draft(KING, Q3, actor=user)
    ranking = services.draft(KING, Q3, actor=make.planner())
    for act in (services.recompute, services.confirm):
        with pytest.raises(Refused):
            act(ranking, actor=user)
    assert not Ranking.objects.visible_to(user).exists()


def test_m5_nothing_is_drafted_before_the_period_is_over() -> None:
    with pretend(dt.date(2026, 9, 30)), pytest.raises(Rejected, match="아직 끝나지"):
        services.draft(KING, Q3, actor=make.planner())
    with pytest.raises(Rejected, match="분기 단위"):
        services.draft(KING, parse("2026"), actor=make.planner())
    with pretend(AFTER):
        with pytest.raises(Rejected, match="선정할 대상이"):
            services.draft(KING, Q3, actor=make.planner())
        assert not Ranking.objects.exists()
        ranking = services.draft(KING, Q3, actor=SYSTEM)
        assert not todos_of(make.planner())
        with pytest.raises(Rejected, match="선정할 대상이"):
            services.confirm(ranking, actor=make.planner())


# --------------------------------------------------------------------------------------------------- schedule
def test_m5_the_duty_drafts_each_once_also_what_was_missed() -> None:
    planner, user = make.planner(), make.UserFactory()
    give(user, 5, dt.date(2025, 12, 31))  # before the first day of the policy
    give(user, 5)
    give(user, 2, dt.date(2026, 9, 1), earn.FINDING)
    with pretend(dt.date(2026, 9, 30)):
        assert services.draft_due(dt.date(2026, 9, 30)) == 0
    with pretend(AFTER):
        assert services.draft_due(AFTER) == 3
        assert services.draft_due(AFTER) == 0
    made = Ranking.objects.values_list("kind", "period", "state", "made_by")
    assert set(made) == {
        ("creative_king", "2026-Q3", "draft", None),
        ("mvp_person", "2026-M09", "draft", None),
        ("mvp_department", "2026-M09", "draft", None),
    }
    assert Notice.objects.filter(recipient=planner, kind="mileage.drafted").count() == 3
    assert len([t for t in todos_of(planner) if "확정하기" in str(t.verb)]) == 3
    with pretend(dt.date(2027, 1, 1)):
        assert services.draft_due(dt.date(2027, 1, 1)) == 1  # the year


def test_m5_a_discarded_draft_is_not_drafted_again_but_by_hand() -> None:
    user = make.UserFactory()
    give(user, 5)
    with pretend(AFTER):
        assert services.draft_due(AFTER) == 1
        ranking, planner = Ranking.objects.get(), make.planner()
        with pytest.raises(Refused):
            services.discard(ranking, actor=user)
        services.discard(ranking, actor=planner)
        assert not Ranking.objects.exists()
        assert not todos_of(planner)
        assert TransitionLog.objects.get(name="discard").data["title"] == "2026년 3분기 창의왕"
        with pytest.raises(Rejected, match="이미 지운"):
            services.confirm(ranking, actor=planner)
        assert services.draft_due(AFTER) == 0
        again = confirmed()
        with pytest.raises(Rejected, match="지금 상태"):
            services.discard(again, actor=planner)
        services.cancel(again, reason="정정", actor=planner)
        services.discard(again, actor=planner)
        assert services.draft_due(AFTER) == 0


# ---------------------------------------------------------------------------------------------------- queries
def test_m5_a_ranking_reads_the_index_and_asks_no_more_for_many(django_assert_max_num_queries: Any) -> None:
    counts = []
    KING.winners.on(Q3.end)
    for number in (1, 100):
        users = make.UserFactory.create_batch(number)
        start = Entry.objects.count()
        award(
            [
                Award(earn.POST_WORK, u, f"q:{number}", DAY, "t", amount=hundredths(500 - start - n))
                for n, u in enumerate(users)
            ],
            actor=SYSTEM,
        )
        with django_assert_max_num_queries(10) as seen:
            selectors.standings(KING, Q3)
        counts.append(len(seen))
        assert not any("mileage_entry" in query["sql"] for query in seen.captured_queries)
        plans = [plan(query["sql"]) for query in seen.captured_queries if "mileage_total" in query["sql"]]
        assert plans
        if connection.vendor == "sqlite":
            assert all("mileage_highest" in found for found in plans)
            assert not any("TEMP B-TREE" in found for found in plans)
    assert counts[0] == counts[1]


def plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return str(cursor.fetchall())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_m5_two_confirm_at_once_and_the_winner_hears_of_it_once() -> None:
    with pretend(AFTER):
        give(make.UserFactory(), 5)
        ranking, planner = services.draft(KING, Q3, actor=make.planner()), make.planner()

    def try_() -> str:
        with pretend(AFTER):
            try:
                services.confirm(Ranking.objects.get(pk=ranking.pk), actor=User.objects.get(pk=planner.pk))
            except Rejected:
                return "rejected"
            return "confirmed"

    assert sorted(at_once(*[try_] * 4)) == ["confirmed", "rejected", "rejected", "rejected"]
    assert Notice.objects.filter(kind="mileage.chosen").count() == 1
    assert RankingRow.objects.count() == 1
    assert Ranking.objects.get().state == RankingState.CONFIRMED
    assert set(CONTESTS) == set(RankingKind.values)
