"""Learning hours for general affairs, each handed over at most once (M7)."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from basis.errors import Refused, Rejected
from core.actors import SYSTEM
from core.models import AccessLog, TransitionLog
from core.now import pretend
from mileage import catalogue as earn
from mileage.models import Account, Entry, Handover, HandoverLine
from mileage.rules import hundredths
from mileage.selectors import handover as selectors
from mileage.services import handover as services
from mileage.services.awards import Award, award, reverse
from organization.enums import Role
from organization.models import Posting, User
from tests import factories as make
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(DAY):
        yield


def clerk() -> User:
    found = User.objects.filter(employee_number="CLERK").first()
    return found or make.UserFactory(employee_number="CLERK", roles=[Role.GENERAL_AFFAIRS])


def give(user: User, event: str, hours: int = 4, day: dt.date = DAY) -> Entry:
    (entry,) = award(
        [Award(earn.VISIT_HOURS, user, event, day, "스마트도서관 현장체험", amount=hundredths(hours))],
        actor=SYSTEM,
    )
    return entry


def hand(rows: Any = None, **values: Any) -> Handover:
    values = {"document": "총무과-1131", "handed_on": DAY, "actor": clerk(), **values}
    return services.hand_over(Entry.objects.all() if rows is None else rows, **values)


def handed(handover: Handover) -> list[tuple[int, int]]:
    return list(handover.lines.order_by("pk").values_list("entry", "entry__amount"))


def test_m7_an_entry_is_handed_over_once() -> None:
    user = make.UserFactory()
    first = give(user, "a")
    one = hand()
    second = give(user, "b", 2)
    two = hand()
    assert (handed(one), handed(two)) == ([(first.pk, 400)], [(second.pk, 200)])
    assert (one.number + 1, two.count, two.amount) == (two.number, 1, 200)
    with pytest.raises(Rejected, match="인계할 기록이 없습니다"):
        hand()
    assert Handover.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverLine.objects.create(handover=two, entry=first, employee_number="1", name="이름")


def test_m7_other_points_and_what_a_cap_left_nothing_of_are_not_handed_over() -> None:
    user = make.UserFactory()
    award([Award(earn.FINDING, user, "f", DAY, "발굴")], actor=SYSTEM)
    meeting = Award(earn.MEETING_HOURS, user, "m1", DAY, "모임", amount=hundredths(12))
    award([meeting, Award(earn.MEETING_HOURS, user, "m2", DAY, "모임", amount=hundredths(2))], actor=SYSTEM)
    assert [entry.event for entry in selectors.learning(clerk())] == ["m1"]
    assert [line.entry.event for line in hand().lines.select_related("entry")] == ["m1"]
    assert not selectors.learning(user).exists()


def test_m7_taken_back_after_is_a_negative_line_of_the_next_taken_back_before_none() -> None:
    user = make.UserFactory()
    one, two = give(user, "a"), give(user, "b", 3)
    reverse([two], reason="불참", actor=SYSTEM)
    first = hand()
    assert handed(first) == [(one.pk, 400)]
    (back,) = reverse([one], reason="불참", actor=SYSTEM)
    again = give(user, "a")
    second = hand()
    assert handed(second) == [(back.pk, -400), (again.pk, 400)]
    assert selectors.handed_over([one.pk, two.pk, back.pk]) == {
        one.pk: selectors.HandedOver(first.number, DAY, first.pk),
        back.pk: selectors.HandedOver(second.number, DAY, second.pk),
    }


def test_m7_the_latest_can_be_withdrawn_and_its_entries_are_free_again() -> None:
    user = make.UserFactory()
    give(user, "a")
    first = hand()
    give(user, "b")
    second = hand()
    with pytest.raises(Rejected, match="가장 최근"):
        services.withdraw(first, reason="오류", actor=clerk())
    with pytest.raises(Rejected, match="사유"):
        services.withdraw(second, reason="", actor=clerk())
    services.withdraw(second, reason="문서 반려", actor=clerk())
    assert TransitionLog.objects.get(name="withdraw").reason == "문서 반려"
    assert second.lines.count() == 1  # what it was stays to be seen
    third = hand()
    assert third.number == second.number + 1
    assert [entry for entry, _amount in handed(third)] == [entry for entry, _amount in handed(second)]
    services.withdraw(third, reason="오류", actor=clerk())
    services.withdraw(first, reason="오류", actor=clerk())
    assert hand().count == 2


def test_m7_only_general_affairs_hands_over() -> None:
    give(make.UserFactory(), "a")
    for user in (make.planner(), make.UserFactory()):
        with pytest.raises(Refused, match="총무과"):
            hand(actor=user)
    with pytest.raises(Rejected, match="오늘 또는 이전"):
        hand(handed_on=DAY + dt.timedelta(days=1))
    with pytest.raises(Rejected, match="문서번호"):
        hand(document=" ")


def test_o2_m7_a_line_has_the_department_and_position_of_the_day() -> None:
    user = make.UserFactory(position="officer")
    old = user.department
    Posting.objects.filter(user=user).update(valid_to=dt.date(2026, 11, 14))
    new = make.DepartmentFactory()
    Posting.objects.create(
        user=user, department=new, position="team_leader", valid_from=dt.date(2026, 11, 15)
    )
    give(user, "a", day=dt.date(2026, 11, 14))
    give(user, "b", day=dt.date(2026, 11, 15))
    rows = hand().lines.order_by("pk").values_list("department_name", "position")
    assert list(rows) == [(old.name, "주무관"), (new.name, "팀장")]


@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("earn"), st.integers(0, 4), st.integers(1, 3)),
            st.tuples(st.just("back"), st.integers(0, 30), st.just(0)),
            st.tuples(st.just("hand"), st.just(0), st.just(0)),
            st.tuples(st.just("withdraw"), st.just(0), st.just(0)),
        ),
        max_size=18,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_m7_what_is_handed_over_and_what_waits_are_the_ledger(steps: list[Any]) -> None:
    """At any moment: lines that stand + lines that wait = balance; no entry stands twice."""
    sid = transaction.savepoint()
    users, earned = make.UserFactory.create_batch(5), []
    for n, (what, which, hours) in enumerate(steps):
        try:
            with transaction.atomic():
                if what == "earn":
                    earned.append(give(users[which], f"s:{n}", hours))
                elif what == "back" and earned:
                    reverse([earned[which % len(earned)]], reason="취소", actor=SYSTEM)
                elif what == "hand":
                    hand()
                elif what == "withdraw" and (last := selectors.latest()):
                    services.withdraw(last, reason="오류", actor=clerk())
        except Rejected:
            pass
        standing = HandoverLine.objects.filter(stands=True)
        given = sum(standing.values_list("entry__amount", flat=True))
        waits = services.hours(selectors.waiting(Entry.objects.all()))
        assert given + waits == sum(Account.objects.values_list("balance", flat=True))
        assert standing.count() == standing.values("entry").distinct().count()
        for handover in Handover.objects.all():
            assert handover.amount == sum(amount for _entry, amount in handed(handover))
    transaction.savepoint_rollback(sid)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_m7_two_at_once_hand_no_entry_over_twice() -> None:
    users = make.UserFactory.create_batch(5)
    who = clerk()
    for turn in range(10):
        for user in users:
            give(user, f"t:{turn}")

        def try_() -> int:
            with pretend(DAY):
                try:
                    return hand(actor=User.objects.get(pk=who.pk)).count
                except Rejected:
                    return 0

        assert sorted(at_once(*[try_] * 4)) == [0, 0, 0, 5]
    lines = HandoverLine.objects.filter(stands=True)
    assert lines.count() == lines.values("entry").distinct().count() == 50
    assert list(Handover.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 11))


# -------------------------------------------------------------------------------------------------- pages
def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_m7_the_list_hands_over_what_was_filtered_or_chosen() -> None:
    one, other = make.UserFactory.create_batch(2)
    old, new = give(one, "a", day=dt.date(2026, 3, 2)), give(other, "b")
    client = client_of(clerk())
    page = client.get(f"/mileage/learning/?department={one.department_id}&handed=no")
    assert page.context["list"].count == 1
    (action,) = page.context["list"].tools
    assert "handed=no" in action.url
    assert "1건" in client.get(action.url).content.decode()
    wrong = client.post(action.url, {"handed_on": "2026-11-20", "document": "1131"})
    assert (wrong.status_code, Handover.objects.count()) == (422, 0)
    done = client.post(action.url, {"handed_on": "2026-11-20", "document": "총무과-1131"}, follow=True)
    assert done.status_code == 200
    assert [entry for entry, _amount in handed(Handover.objects.get())] == [old.pk]
    chosen = client.post("/mileage/learning/bulk/", {"pk": [new.pk, old.pk]})
    client.post(chosen["Location"], {"handed_on": "2026-11-20", "document": "총무과-1132"})
    assert [entry for entry, _amount in handed(Handover.objects.latest("number"))] == [new.pk]
    counts = {
        handed: client.get(f"/mileage/learning/?handed={handed}").context["list"].count
        for handed in ("yes", "no")
    }
    assert counts == {"yes": 2, "no": 0}


def test_m7_everyone_sees_on_the_statement_what_was_handed_over() -> None:
    user = make.UserFactory()
    entry = give(user, "a")
    client = client_of(user)

    def said() -> tuple[str, str]:
        rows = client.get("/mileage/my/learning/").context["list"].rows
        page = dict(client.get(entry.get_absolute_url()).context["facts"])
        return rows[0].cells[-2].text, page["총무과 인계"]

    assert said() == ("인계 전", "인계 전")
    number = hand().number
    assert said() == (f"제{number}호", f"제{number}호 · 2026. 11. 20.(금)")
    heads = [head.label for head in client.get("/mileage/").context["list"].columns]
    assert "총무과 인계" not in heads


def test_m7_the_file_has_the_columns_of_general_affairs_and_is_logged(tmp_path: Any) -> None:
    user = make.UserFactory(name="김한빛")
    give(user, "a")
    handover = hand()
    client = client_of(clerk())
    url = f"/mileage/handovers/{handover.pk}/"
    assert client.get(f"{url}?export=xlsx").status_code == 302  # a reason is asked first (D3)
    answer = client.get(f"{url}?export=xlsx&reason=교육시스템 등록")
    (tmp_path / "a.xlsx").write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]  # a file's answer is a stream
    rows = list(load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))
    assert rows[0] == ("직원번호", "부서", "직위", "성명", "학습활동", "일자", "인정시간")
    assert rows[1][:5] == (
        user.employee_number, user.department.name, "주무관", "김한빛", "스마트도서관 현장체험",
    )  # fmt: skip
    assert rows[1][6] == 4
    assert client.get(f"{url}report/").status_code == 200
    assert client.get(f"{url}report/?format=hwpx").status_code == 200
    client.get(url)
    actions = list(AccessLog.objects.order_by("pk").values_list("action", "reason"))
    assert actions == [("export", "교육시스템 등록"), ("download", ""), ("download", ""), ("view", "")]


def test_m7_what_was_taken_back_since_shows_in_the_handover() -> None:
    user, other = make.UserFactory.create_batch(2)
    one = give(user, "a")
    give(other, "b")
    first = hand()
    client = client_of(clerk())

    def said(handover: Handover) -> tuple[list[str | None], str]:
        page = client.get(handover.get_absolute_url())
        cells = [row.cells[4].sub for row in page.context["list"].rows]
        return cells, " ".join(page.context["followed"])

    assert said(first) == ([None, None], "")
    reverse([one], reason="정산 되돌림", actor=SYSTEM)
    cells, notice = said(first)
    assert cells == ["취소됨 · -4시간 인계 전", None]
    assert "1건(-4시간)이 나중에 취소" in notice
    assert "다음 인계 명단" in notice
    second = hand()
    cells, notice = said(first)
    assert cells == [f"취소됨 · -4시간 제{second.number}호로 인계", None]
    assert "다음 인계 명단" not in notice
    assert said(second) == (["취소한 시간"], "")
    listed = client.get("/mileage/handovers/").context["list"]
    assert [row.cells[4].text for row in listed.rows] == ["1건", "2건"]


def test_m7_lists_ask_the_same_number_of_questions_for_many(django_assert_max_num_queries: Any) -> None:
    who, counts = clerk(), []
    client = client_of(who)
    client.get("/mileage/learning/")
    for number in (1, 100):
        for n, user in enumerate(make.UserFactory.create_batch(number)):
            give(user, f"n:{number}:{n}")
        handover = hand()
        counts.append([])
        for url in ("/mileage/learning/", "/mileage/handovers/", f"/mileage/handovers/{handover.pk}/"):
            with django_assert_max_num_queries(25) as seen:
                client.get(url)
            counts[-1].append(len(seen))
    assert counts[0] == counts[1]
