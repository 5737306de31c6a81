"""The first page: what I must do, the most urgent first (R5)."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from benchmarking.models import FollowUp, Review
from core.now import pretend
from notifications.models import Mail, Notice
from notifications.selectors import grouped_todos, todos_of
from notifications.services import notify, queue_mail
from notifications.todo import Todo
from organization.enums import Role
from organization.models import User
from organization.services import accounts
from reviews.services import clocks, reviews
from tests.factories import (
    CaseFactory,
    DepartmentFactory,
    ReviewFactory,
    UserFactory,
    answer,
    answered,
    away,
    fresh,
    head,
    moved,
    planner,
)
from tests.shared import lived_on

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY = dt.date(2026, 11, 20)
_today = lived_on(DAY)


def todos(user: User) -> list[Todo]:
    return todos_of(fresh(user))


def verbs(user: User) -> list[str]:
    return [todo.verb for todo in todos(user)]


def assigned() -> tuple[Review, User]:
    review = ReviewFactory()
    reviewer = UserFactory(department=review.department)
    return reviews.assign(review, reviewer, actor=head(review)), reviewer


# ------------------------------------------------------------------------------------------- whose turn


def test_r5_a_review_is_with_the_one_whose_turn_it_is() -> None:
    review = ReviewFactory()
    reviewer, chief = UserFactory(department=review.department), head(review)
    assert (verbs(chief), verbs(reviewer)) == (["검토자 지정하기"], [])
    reviews.assign(review, reviewer, actor=chief)
    assert (verbs(chief), verbs(reviewer)) == ([], ["검토하기"])
    reviews.submit(review, answer("adopt"), actor=reviewer)
    assert (verbs(chief), verbs(reviewer)) == (["확인하기"], [])
    reviews.confirm(review, actor=chief)
    assert (verbs(chief), verbs(reviewer)) == (["업무반영 보고하기"], ["업무반영 보고하기"])
    (todo,) = todos(reviewer)
    follow_up = FollowUp.objects.get()
    assert (todo.url, todo.due) == (follow_up.get_absolute_url(), follow_up.planned_on)


@pytest.mark.parametrize("how", ["moved", "closed"])
def test_r5_what_a_reviewer_has_left_is_with_the_head(how: str) -> None:
    review, reviewer = assigned()
    if how == "moved":
        moved(reviewer, DepartmentFactory())
        assert verbs(reviewer) == []
    else:
        accounts.disable(reviewer, actor=UserFactory(roles=[Role.ADMINISTRATOR]))
    assert verbs(head(review)) == ["검토자 다시 지정하기"]


def test_r5_what_is_recalled_is_nobodys_work() -> None:
    review, reviewer = assigned()
    reviews.recall(review, reason="잘못 보냄", actor=planner())
    assert (verbs(reviewer), verbs(head(review))) == ([], [])


def test_r5_planning_sees_what_waits_for_planning() -> None:
    review, _reviewer = assigned()
    clocks.ask_extension(review, until=dt.date(2026, 12, 11), reason="자료", actor=head(review))
    CaseFactory.create_batch(2)
    found = todos(planner())
    assert [todo.verb for todo in found] == ["기한 연장 승인하기", "부서에 보내기"]
    assert found[1].title == "아직 보내지 않은 사례 2건"
    assert found[1].url == reverse("benchmarking:cases") + "?state=registered"


def test_o5_a_substitute_finds_the_work_and_for_whom_it_is() -> None:
    _review, reviewer = assigned()
    waiting = ReviewFactory()
    substitute = UserFactory()
    away(reviewer, substitute, DAY, DAY)
    away(head(waiting), substitute, DAY, DAY)
    found = {todo.verb: todo.principal for todo in todos(substitute)}
    assert found == {"검토하기": str(reviewer), "검토자 지정하기": str(head(waiting))}
    assert [todo.principal for todo in todos(reviewer)] == [""]
    with pretend(DAY + dt.timedelta(days=1)):
        assert todos(substitute) == []


# ------------------------------------------------------------------------------------------------ order


def test_r5_late_today_this_week_later_and_standing_clocks_last() -> None:
    """Friday 20 November; the week ends on Sunday."""
    department = DepartmentFactory()
    chief = UserFactory(department=department, position="head")
    made = {}
    for name, days in (("late", -15), ("today", -14), ("later", 0), ("paused", -14)):
        with pretend(DAY + dt.timedelta(days=days)):
            made[name] = ReviewFactory(department=department)
    asked = clocks.ask_pause(made["paused"], start=DAY, end=None, reason="회신", actor=fresh(chief))
    clocks.decide(asked, approve=True, note="", actor=planner())
    urls = [todo.url for todo in todos(chief)]
    assert urls == [made[name].get_absolute_url() for name in ("late", "today", "later", "paused")]
    groups = grouped_todos(todos(chief))
    assert {key: group.count for key, group in groups.items()} == {
        "late": 1,
        "today": 1,
        "week": 0,
        "later": 2,
        "undated": 0,
    }
    badges = [row.badge.text for row in groups["later"].rows if row.badge]
    assert badges == ["D-14", "기한 정지"]
    due = made["later"].clock.due
    for days, key in ((8, "later"), (7, "week"), (1, "week"), (0, "today")):
        with pretend(due - dt.timedelta(days=days)):
            urls = [row.todo.url for row in grouped_todos(todos(chief))[key].rows]
            assert made["later"].get_absolute_url() in urls, days


def test_r5_the_first_page_shows_the_list_and_new_notices(client: Client) -> None:
    review, reviewer = assigned()
    client.force_login(reviewer)
    text = client.get(reverse("home")).content.decode()
    for part in ("검토하기", review.case.title, review.get_absolute_url(), "D-14", "검토자로 지정되었습니다"):
        assert part in text
    answered(review)
    assert "검토하기" not in client.get(reverse("home")).content.decode()


# -------------------------------------------------------------------------------------- notices, outbox


def test_a_notice_leads_to_its_thing_and_is_read_then(client: Client) -> None:
    review, reviewer = assigned()
    notice = Notice.objects.get(recipient=reviewer)
    client.force_login(UserFactory())
    assert client.get(reverse("notifications:open", args=[notice.pk])).status_code == 404
    client.force_login(reviewer)
    answer_ = client.get(reverse("notifications:open", args=[notice.pk]))
    assert answer_["Location"] == review.get_absolute_url()
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_a_notice_leads_nowhere_outside(client: Client) -> None:
    person = UserFactory()
    notify("test", [person], title="밖으로", url="//elsewhere.example/", key="k", mail=False)
    client.force_login(person)
    answer_ = client.get(reverse("notifications:open", args=[Notice.objects.get().pk]))
    assert answer_["Location"] == reverse("notifications:list")


@pytest.mark.parametrize("chosen", ["²", "x", "-1"])
def test_odd_choices_in_a_list_do_nothing(client: Client, chosen: str) -> None:
    mail = queue_mail("test", planner(), subject="s", key="k")
    assert mail is not None
    client.force_login(planner())
    for name in ("notifications:read", "notifications:outbox_bulk", "benchmarking:bulk"):
        assert client.post(reverse(name), {"pk": chosen, "action": "hold"}).status_code == 302
    assert Mail.objects.get().state == "queued"


def test_planning_holds_and_releases_mails_in_the_outbox(client: Client) -> None:
    mail = queue_mail("test", UserFactory(), subject="기한 안내", key="k")
    assert mail is not None
    client.force_login(planner())
    for action, state in (("hold", "held"), ("retry", "queued")):
        client.post(reverse("notifications:outbox_bulk"), {"pk": mail.pk, "action": action})
        assert Mail.objects.get().state == state
    page = client.get(reverse("notifications:mail", args=[mail.pk])).content.decode()
    assert "기한 안내" in page
    client.force_login(UserFactory())
    assert client.post(reverse("notifications:outbox_bulk"), {"pk": mail.pk}).status_code == 403
