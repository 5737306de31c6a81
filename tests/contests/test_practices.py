"""The best-practice contest (E5): announced, one practice of each department, entered by its head, in time or late."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from contests.enums import ContestState, PracticeState
from contests.models import Contest, Practice
from contests.policies import TIMES_A_YEAR
from contests.services import contests, practices
from core.attachments import files_of
from core.duties import run_due
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from notifications.models import Notice
from organization.models import Department, User
from policies.models import PolicyValue
from policies.registry import cache_clear
from tests import factories as make
from tests.contests import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(made.DAY):
        yield


@pytest.fixture
def ours() -> Department:
    return make.DepartmentFactory(name="교통행정과")


@pytest.fixture
def one(ours: Department) -> Practice:
    return made.practice(ours)


def client(user: User) -> Client:
    found = Client()
    found.force_login(user)
    return found


def test_e5_each_department_is_asked_for_one(ours: Department) -> None:
    other, head = make.DepartmentFactory(), make.head_of(ours)
    contest = made.announced()
    assert {ours, other} <= {one.department for one in contest.practices.select_related("department")}
    assert set(contest.practices.values_list("state", flat=True)) == {PracticeState.ASKED}
    assert Notice.objects.filter(recipient=head, kind="contests.announced").count() == 1
    work = OpenWork.objects.about(Practice).get(object_id=made.practice(ours, contest).pk)
    assert (work.ask, work.due) == ("begin", made.CLOSES)
    assert len(contests.ask_all(contest)) == 0


def test_e5_a_department_founded_meanwhile_is_asked_too(one: Practice) -> None:
    late = make.DepartmentFactory()
    assert not Practice.objects.filter(department=late).exists()
    run_due()
    assert Practice.objects.get(department=late).contest == one.contest
    assert differences() == []


def test_e5_one_contest_of_a_year_or_of_each_half_where_there_are_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made.announced()
    with pytest.raises(Rejected, match="이미 있습니다") as refused:
        made.announced(title="또")
    assert refused.value.field == "period"
    with pytest.raises(Rejected, match="연도로"):
        made.announced(period="2026-H1")
    made.policy(TIMES_A_YEAR, 2)
    with pytest.raises(Rejected, match="반기로"):
        made.announced(period="2027")
    assert made.announced(period="2027-H1").state == ContestState.OPEN


def test_e5_written_by_the_department_and_entered_by_its_head(one: Practice) -> None:
    writer, head = make.UserFactory(department=one.department), make.head_of(one.department)
    with pytest.raises(Refused, match="그 부서의"):
        practices.write(one, made.TEXT, [], actor=make.UserFactory())
    file = ContentFile(b"%PDF-1.4 test", name="a.pdf")
    practices.write(one, {"title": "제목만"}, [], files=[file], actor=writer)
    one.refresh_from_db()
    assert (one.state, one.written_by, files_of(one).count()) == (PracticeState.DRAFT, writer, 1)
    with pytest.raises(Rejected, match="하기 전의 모습"):
        practices.ask(one, actor=writer)
    practices.write(one, made.TEXT, [(writer, Decimal("60")), (head, Decimal("39.99"))], actor=writer)
    with pytest.raises(Rejected, match=r"99\.99%"):
        practices.ask(one, actor=writer)
    practices.write(one, made.TEXT, [(writer, Decimal("60.01")), (head, Decimal("39.99"))], actor=writer)
    practices.ask(one, actor=writer)
    with pytest.raises(Rejected, match="거둔 뒤"):
        practices.write(one, made.TEXT, [], actor=writer)
    with pytest.raises(Refused, match="부서장"):
        practices.enter(one, actor=writer)
    practices.send_back(one, reason="숫자가 없습니다.", actor=head)
    assert Notice.objects.filter(recipient=writer, kind="contests.returned").exists()
    practices.ask(one, actor=writer)
    found = practices.enter(one, actor=head)
    assert (found.state, found.entered_on) == (PracticeState.ENTERED, made.DAY)
    assert not OpenWork.objects.about(Practice).filter(object_id=one.pk).exists()


def test_e5_who_contributed_is_named_once_with_a_share(one: Practice) -> None:
    writer = make.UserFactory(department=one.department)
    twice = [(writer, Decimal(50)), (writer, Decimal(50))]
    for people, said in (
        (twice, "두 번"),
        (made.people(*[10] * 6), "5명까지"),
        (made.people(0), "0보다"),
        (made.people(101), "100보다"),
    ):
        with pytest.raises(Rejected, match=said) as refused:
            practices.write(one, made.TEXT, people, actor=writer)
        assert refused.value.field == "contributors"


def test_e5_taken_back_or_returned_until_the_last_day(one: Practice) -> None:
    found = made.entered(one)
    writer, planner = found.written_by, make.planner()
    practices.take_back(found, actor=writer)
    head = make.head_of(one.department)
    practices.enter(found, actor=head)
    practices.give_back(found, reason="사진을 붙여 주세요.", actor=planner)
    one.refresh_from_db()
    assert (one.state, one.entered_on) == (PracticeState.DRAFT, None)
    practices.enter(found, actor=head)
    with pretend(made.AFTER):
        for step in (
            lambda: practices.take_back(found, actor=writer),
            lambda: practices.give_back(found, reason="늦음", actor=planner),
        ):
            with pytest.raises(Rejected, match="기한이 지났습니다"):
                step()


def test_e5_late_only_by_planning_with_a_reason_who_is_not_behind_it(one: Practice) -> None:
    writer, head, planner = made.written(one).written_by, make.head_of(one.department), make.planner()
    with pretend(made.AFTER):
        with pytest.raises(Rejected, match="기한이 지났습니다"):
            practices.enter(one, actor=head)
        run_due()
        one.refresh_from_db()
        assert one.state == PracticeState.MISSED
        until = made.AFTER + dt.timedelta(days=3)
        with pytest.raises(Refused):
            practices.allow_late(one, until=until, reason="수해", actor=head)
        with pytest.raises(Rejected, match="사유"):
            practices.allow_late(one, until=until, reason=" ", actor=planner)
        with pytest.raises(Rejected, match="오늘이나"):
            practices.allow_late(one, until=made.CLOSES, reason="수해", actor=planner)
        Practice.objects.filter(pk=one.pk).update(written_by=planner)
        with pytest.raises(Refused, match="쓰거나 기여하지 않은"):
            practices.allow_late(one, until=until, reason="수해", actor=planner)
        Practice.objects.filter(pk=one.pk).update(written_by=writer)
        practices.allow_late(one, until=until, reason="수해 복구", actor=planner)
        run_due()
        found = practices.enter(one, actor=head)
        assert (found.state, found.due_on, found.late_reason) == (PracticeState.ENTERED, until, "수해 복구")
        assert differences() == []


def test_e5_nobody_reads_what_another_department_enters_until_it_is_judged(one: Practice) -> None:
    made.entered(one)
    stranger = make.UserFactory()
    assert not Practice.objects.visible_to(stranger).filter(pk=one.pk).exists()
    assert client(stranger).get(one.get_absolute_url()).status_code == 404
    assert Practice.objects.visible_to(make.UserFactory(department=one.department)).filter(pk=one.pk).exists()
    Contest.objects.update(state=ContestState.JUDGED)
    assert client(stranger).get(one.get_absolute_url()).status_code == 200


def test_e5_another_last_day_moves_what_is_not_entered(one: Practice) -> None:
    planner, later = make.planner(), made.CLOSES + dt.timedelta(days=4)
    contests.edit(one.contest, {"closes_on": later}, actor=planner)
    one.refresh_from_db()
    assert one.due_on == later
    assert OpenWork.objects.about(Practice).get(object_id=one.pk).due == later
    with pytest.raises(Rejected, match="바꿀 수 없습니다"):
        contests.edit(one.contest, {"period": "2027"}, actor=planner)


def test_e5_withdrawn_it_takes_no_more(one: Practice) -> None:
    contests.withdraw(one.contest, reason="예산", actor=make.planner())
    one.refresh_from_db()
    assert one.state == PracticeState.MISSED
    assert not OpenWork.objects.about(Practice).exists()
    with pytest.raises(Rejected, match="접수하는 경진대회가 아닙니다"):
        practices.allow_late(one, until=made.DAY, reason="예외", actor=make.planner())
    assert made.announced().state == ContestState.OPEN  # there may be another of this year


def test_o1_a_merger_hands_over_what_is_not_judged(ours: Department) -> None:
    into = make.DepartmentFactory(name="교통과")
    contest = made.announced()
    mine = made.written(made.practice(ours, contest))
    practices.department_merged(ours, into, make.planner())
    mine.refresh_from_db()
    assert (mine.department, mine.department_name) == (into, "교통과")
    assert contest.practices.filter(department=into).count() == 1
    assert differences() == []
    assert practices.open_of(into) == 1


def test_e5_planning_sees_who_is_missing_and_asks_for_it(one: Practice) -> None:
    head, planner = make.head_of(one.department), make.planner()
    page = client(planner).get(one.contest.get_absolute_url()).content.decode()
    assert "내지 않은 부서" in page
    listed = client(planner).get(reverse("contests:practices"), {"contest": one.contest_id, "state": "asked"})
    assert "교통행정과" in listed.content.decode()
    assert "독촉하기" in listed.content.decode()
    url = reverse("notifications:nudge", args=["contests.practice"])
    sent = {"pk": one.pk, "send": "1", "back": reverse("contests:practices"), "once": "x" * 22}
    assert client(planner).post(url, sent).status_code == 302
    assert Notice.objects.filter(recipient=head, kind="notifications.nudge").count() == 1


def form(one: Practice, **given: Any) -> dict[str, Any]:
    return {**made.TEXT, "version": one.version, "attachments": [], **given}


def test_e5_the_form_keeps_people_and_says_what_is_wrong_beside_them(one: Practice) -> None:
    writer = make.UserFactory(department=one.department)
    other, url = make.UserFactory(), reverse("contests:practice_edit", args=[one.pk])
    assert client(writer).get(url).status_code == 200
    bad = client(writer).post(
        url, form(one, person1=writer.employee_number, person2="없는 사람", share2="10")
    )
    assert bad.status_code == 422
    assert "기여도를 입력해 주세요" in bad.content.decode()
    assert "직원이 없습니다" in bad.content.decode()
    good = form(
        one, person1=writer.employee_number, share1="66.67", person2=other.employee_number, share2="33.33"
    )
    assert client(writer).post(url, good).status_code == 302
    shares = one.contributors.values_list("user", "share")
    assert list(shares) == [(writer.pk, Decimal("66.67")), (other.pk, Decimal("33.33"))]


def test_e5_a_period_is_kept_as_it_was_chosen_and_written_one_way() -> None:
    made.policy(TIMES_A_YEAR, 2)
    planner = make.planner()
    first = contests.prepare(made.values(period="2026-h1"), actor=planner)
    assert first.period == "2026-H1"
    with pytest.raises(Rejected) as refused:
        contests.prepare(made.values(period="2026-H1"), actor=planner)
    assert refused.value.field == "period"
    PolicyValue.objects.filter(key=TIMES_A_YEAR.key).delete()  # once a year again
    cache_clear()
    edited = contests.edit(first, made.values(period="2026-H1", title="바꾼 이름"), actor=planner)
    assert edited.title == "바꾼 이름"


def test_o3_a_contest_being_prepared_is_named_to_nobody_else(client: Client) -> None:
    contests.prepare(made.values(title="아직 비밀인 경진대회"), actor=make.planner())
    client.force_login(make.UserFactory())
    assert "아직 비밀인 경진대회" not in client.get(reverse("contests:practices")).content.decode()
    client.force_login(make.planner())
    assert "아직 비밀인 경진대회" in client.get(reverse("contests:practices")).content.decode()


def test_o1_a_merger_hands_over_what_was_entered_where_the_other_never_wrote(ours: Department) -> None:
    other = make.DepartmentFactory()
    contest = made.announced()
    entered = made.entered(made.practice(ours, contest))
    missed = made.practice(other, contest)
    Practice.objects.filter(pk=missed.pk).update(state=PracticeState.MISSED)
    practices.department_merged(ours, other, make.planner())
    assert Practice.objects.get(contest=contest, department=other).pk == entered.pk
