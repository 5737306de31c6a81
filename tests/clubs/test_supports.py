"""Money for a club: request, approval, account, settlement, within its allotment and the budget (C4, A3)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from budgets.selectors import budget_overview
from clubs.models import Club, Support
from clubs.purse import SUPPORT
from clubs.selectors.papers import Money, money_in, money_of, money_of_each
from clubs.services import supports
from core.models import OpenWork
from core.now import pretend
from organization.enums import Role
from tests import factories as make
from tests.clubs import made, papers
from tests.effort import rounds

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


@pytest.fixture
def club() -> Club:
    papers.funded()
    return _club()


def _club() -> Club:
    club = made.club()
    Club.objects.filter(pk=club.pk).update(allotment=500_000)
    club.refresh_from_db()
    return club


def purse() -> tuple[int, int]:
    found = budget_overview(SUPPORT, 2026)
    return found.reserved, found.spent


def test_c4_asked_approved_accounted_for_and_settled(club: Club) -> None:
    one = papers.asked(club)
    assert (one.state, purse()) == ("asked", (0, 0))
    one = supports.approve(one, actor=make.planner())
    assert purse() == (100_000, 0)
    assert money_of(club) == Money(500_000, reserved=100_000, spent=0)
    one = papers.claimed(one, 90_000)
    assert (one.state, money_of(club).left) == ("claimed", 400_000)
    one = supports.settle(one, actor=make.planner())
    assert (one.state, one.settled_on, purse()) == ("settled", DAY, (0, 90_000))
    assert money_of(club) == Money(500_000, reserved=0, spent=90_000)


def test_c4_only_whoever_leads_in_the_club_asks(club: Club) -> None:
    assert club.panel is not None
    member = club.panel.seats.filter(chair="member").first()
    assert member
    for who in (member.user, make.UserFactory(), make.planner()):
        with pytest.raises(Refused):
            papers.asked(club, who)
    for who in (made.leader(club), made.president(club)):
        assert papers.asked(club, who).asked_by == who


def test_d9_neither_who_asked_nor_a_member_decides(club: Club) -> None:
    assert club.panel is not None
    planner = make.planner()
    one = papers.asked(club)
    club.panel.seats.filter(chair="member").update(user=planner)
    for step in (supports.approve, supports.settle):
        with pytest.raises(Refused):
            step(one, actor=planner)
    for other in (supports.give_back, supports.refuse):
        with pytest.raises(Refused):
            other(one, reason="까닭", actor=planner)


def test_c4_given_back_mended_asked_again_or_refused(club: Club) -> None:
    planner, secretary = make.planner(), made.secretary(club)
    one = supports.give_back(papers.asked(club), reason="산출 내역을 적어 주세요.", actor=planner)
    assert one.state == "returned"
    supports.edit(one, {**papers.WANTED, "amount": 80_000}, actor=secretary)
    one = supports.again(one, actor=secretary)
    assert (one.state, one.amount) == ("asked", 80_000)
    assert supports.refuse(one, reason="목적에 맞지 않음", actor=planner).state == "refused"
    assert purse() == (0, 0)


def test_c4_withdrawing_frees_what_was_set_aside(club: Club) -> None:
    one = papers.approved(club)
    supports.withdraw(one, reason="일정 취소", actor=made.secretary(club))
    assert (purse(), money_of(club).left) == ((0, 0), 500_000)


def test_c4_no_more_than_the_clubs_allotment(club: Club) -> None:
    with pytest.raises(Rejected, match="500,000원"):
        papers.asked(club, amount=500_001)
    first, second = papers.asked(club, amount=300_000), papers.asked(club, amount=300_000)
    supports.approve(first, actor=make.planner())
    with pytest.raises(Rejected, match="200,000원"):
        supports.approve(second, actor=make.planner())
    assert purse() == (300_000, 0)


def test_c4_no_more_than_the_budget() -> None:
    papers.funded(150_000)
    club = _club()
    papers.approved(club)
    with pytest.raises(Rejected, match="모자랍니다"):
        supports.approve(papers.asked(club), actor=make.planner())


def test_c4_more_than_approved_only_within_allotment_and_budget(club: Club) -> None:
    one = papers.claimed(papers.approved(club, amount=100_000), 130_000)
    one = supports.settle(one, actor=make.planner())
    assert purse() == (0, 130_000)
    papers.approved(club, amount=350_000)
    other = papers.claimed(papers.approved(club, amount=20_000), 20_001)
    with pytest.raises(Rejected, match="승인한 금액보다 많이"):
        supports.settle(other, actor=make.planner())


def test_c4_an_account_has_receipts_a_sum_and_a_day_that_has_come(club: Club) -> None:
    one, secretary = papers.approved(club), made.secretary(club)
    for wrong, said in (
        ({"files": []}, "영수증"),
        ({"actual": 0}, "쓰지 않았으면"),
        ({"day": DAY + dt.timedelta(days=1)}, "오늘이나"),
        ({"day": dt.date(2025, 12, 30)}, "2026년"),
    ):
        values = {"actual": 90_000, "day": DAY, "files": [papers.receipt()], **wrong}
        with pytest.raises(Rejected, match=said):
            supports.claim(one, **values, actor=secretary)  # type: ignore[arg-type]
    papers.claimed(one)
    back = supports.reject_claim(one, reason="영수증이 흐립니다.", actor=make.planner())
    assert back.state == "approved"
    supports.claim(back, actual=80_000, day=DAY, actor=secretary)  # the receipts are there


def test_c4_a_settlement_that_was_wrong_is_taken_back(club: Club) -> None:
    one = papers.settled(club)
    one = supports.unsettle(one, reason="금액을 잘못 보았음", actor=make.planner())
    assert (one.state, purse()) == ("claimed", (100_000, 0))
    papers.approved(club, amount=400_000)
    settled = supports.settle(one, actor=make.planner())
    papers.approved(club, amount=10_000)
    with pytest.raises(Rejected, match="다시 잡아"):
        supports.unsettle(settled, reason="또 잘못", actor=make.planner())


def test_c4_the_account_is_asked_for_within_its_days(club: Club) -> None:
    one = papers.approved(club)
    work = OpenWork.objects.about(Support).get(object_id=one.pk)
    assert (work.ask, work.due) == ("claim", dt.date(2026, 4, 3))
    assert [holder.key for holder in work.holders.all()] == [f"u:{one.asked_by_id}"]


def test_c4_of_a_year_and_a_living_club(club: Club) -> None:
    with pytest.raises(Rejected, match="2026년"):
        papers.asked(club, day=dt.date(2027, 1, 4))
    Club.objects.filter(pk=club.pk).update(state="ended", ended_on=DAY)
    with pytest.raises(Rejected, match="활동 중인"):
        papers.asked(club)


def test_a3_no_resident_number_and_somebody_to_pay(club: Club) -> None:
    with pytest.raises(Rejected, match="주민등록번호"):
        papers.asked(club, payee="김자문 900101-1234568")
    with pytest.raises(Rejected, match="받을 사람"):
        papers.asked(club, payee=" ")
    papers.asked(club, purpose="books", payee="")


def test_a3_general_affairs_reads_whom_to_pay(club: Club, client: Client) -> None:
    papers.settled(club, 95_000)
    papers.approved(club, payee="박자문", amount=60_000)
    papers.asked(club, payee="아직아님")
    papers.approved(club, purpose="books", title="도서", payee="서점")
    client.force_login(make.UserFactory(roles=[Role.GENERAL_AFFAIRS]))
    page = client.get(reverse("clubs:fees")).content.decode()
    for said in ("김자문", "95,000", "박자문", "60,000"):
        assert said in page
    for other in ("아직아님", "서점"):
        assert other not in page
    client.force_login(made.secretary(club))
    assert client.get(reverse("clubs:fees")).status_code == 403


def test_c4_members_see_the_own_money_others_do_not(club: Club, client: Client) -> None:
    one = papers.asked(club)
    address = reverse("clubs:support", args=[one.pk])
    for who, answer in ((made.leader(club), 200), (make.planner(), 200), (make.UserFactory(), 404)):
        client.force_login(who)
        assert client.get(address).status_code == answer


def test_c4_pages_from_asking_to_settlement(club: Club, client: Client) -> None:
    client.force_login(made.secretary(club))
    sent = {**papers.WANTED, "day": "2026-03-20", "attachments": papers.receipt()}
    answer = client.post(reverse("clubs:club_support_new", args=[club.pk]), sent)
    assert answer.status_code == 302
    one = Support.objects.get()
    client.force_login(make.planner())
    page = client.get(reverse("clubs:support_approve", args=[one.pk]), {"version": one.version})
    assert "500,000원 → 400,000원" in page.content.decode()
    seen = {"version": one.version, "preview": page.context["preview"]}
    assert client.post(reverse("clubs:support_approve", args=[one.pk]), seen).status_code == 302
    one.refresh_from_db()
    assert one.state == "approved"
    client.force_login(made.secretary(club))
    claim = {"actual": "90,000", "day": "2026-03-20", "attachments": papers.receipt(), "version": one.version}
    assert client.post(reverse("clubs:support_claim", args=[one.pk]), claim).status_code == 302
    client.force_login(make.planner())
    one.refresh_from_db()
    assert (
        client.post(reverse("clubs:support_settle", args=[one.pk]), {"version": one.version}).status_code
        == 302
    )
    listed = client.get(reverse("clubs:supports"), {"show": "all", "club": club.pk}).content.decode()
    assert "410,000" in listed  # what the club has left
    assert client.get(reverse("budgets:current", args=["clubs"]), follow=True).status_code == 200


def test_c4_money_of_many_in_one_query(club: Club, django_assert_num_queries: object) -> None:
    papers.settled(club)
    other = _club()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = money_of_each([club, other])
    assert (found[club.pk].spent, found[other.pk].left) == (90_000, 500_000)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "approve", "withdraw", "claim", "reject", "settle", "unsettle"]),
        st.integers(0, 3),
        st.integers(1, 400_000),
    ),
    min_size=1,
    max_size=14,
)


@given(STEPS)
@settings(
    max_examples=rounds(25, 400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_c4_whatever_is_done_the_club_takes_no_more_than_its_allotment(
    steps: list[tuple[str, int, int]],
) -> None:
    """And what it took is what the ledger of the budget has of it."""
    with pretend(DAY):
        before = purse()
        if not budget_overview(SUPPORT, 2026).exists:
            papers.funded(900_000_000)
        club, planner = _club(), make.planner()
        secretary = made.secretary(club)
        mine: list[Support] = []
        for name, which, amount in steps:
            if name == "ask":
                try:
                    mine.append(papers.asked(club, secretary, amount=amount))
                except Rejected:
                    continue
            elif mine:
                one = Support.objects.get(pk=mine[which % len(mine)].pk)
                act = {
                    "approve": lambda one=one: supports.approve(one, actor=planner),
                    "withdraw": lambda one=one: supports.withdraw(one, reason="취소", actor=secretary),
                    "claim": lambda one=one, n=amount: papers.claimed(one, n),
                    "reject": lambda one=one: supports.reject_claim(one, reason="보완", actor=planner),
                    "settle": lambda one=one: supports.settle(one, actor=planner),
                    "unsettle": lambda one=one: supports.unsettle(one, reason="정정", actor=planner),
                }[name]
                try:
                    act()
                except Rejected:
                    continue
            money = money_of(club)
            assert money == money_in(club, list(club.supports.all()))
            assert 0 <= money.taken <= money.allotment
            reserved, spent = purse()
            assert (money.reserved, money.spent) == (reserved - before[0], spent - before[1])
