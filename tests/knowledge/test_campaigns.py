"""Registration days in the months of the policy (K4), and posts handed over by who moves (K6)."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Rejected
from core.models import OpenWork
from core.now import pretend
from core.work.verify import differences
from knowledge.enums import CampaignState
from knowledge.models import Campaign
from knowledge.selectors.campaigns import brought
from knowledge.services import campaigns, looking
from notifications.models import Notice
from tests import factories as make
from tests.knowledge import made

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(made.DAY):
        yield


def days(*pairs: str) -> list[int]:
    return [campaigns.move(dt.date.fromisoformat(day)) for day in pairs]


def opened() -> Campaign:
    campaigns.move(dt.date(2026, 8, 20))
    campaigns.move(dt.date(2026, 9, 1))
    return Campaign.objects.get()


def test_k4_a_day_is_planned_opened_and_closed_by_itself() -> None:
    assert days("2026-08-11", "2026-08-12", "2026-08-13", "2026-09-01", "2026-09-30", "2026-10-01") == [
        0, 1, 0, 1, 0, 1,
    ]  # fmt: skip
    campaign = Campaign.objects.get()
    assert (campaign.begins_on, campaign.ends_on) == (dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    assert campaign.state == CampaignState.CLOSED
    assert not list(differences())


def test_k4_one_not_wanted_is_not_made_again() -> None:
    campaigns.move(dt.date(2026, 8, 20))
    campaigns.withdraw(Campaign.objects.get(), reason="청사 이전", actor=make.planner())
    assert campaigns.move(dt.date(2026, 8, 21)) == 0


def test_k4_planning_moves_the_days() -> None:
    campaign = opened()
    values = {"title": campaign.title, "text": "매뉴얼", "begins_on": campaign.begins_on}
    with pytest.raises(Rejected):
        campaigns.edit(campaign, {**values, "ends_on": dt.date(2026, 9, 13)}, actor=make.planner())
    later = campaigns.edit(campaign, {**values, "ends_on": dt.date(2026, 10, 8)}, actor=make.planner())
    assert later.ends_on == dt.date(2026, 10, 8)
    assert campaigns.move(dt.date(2026, 10, 1)) == 0


def test_k4_what_each_department_brought(client: Client) -> None:
    campaign = opened()
    writer = made.staff()
    made.standing(writer)
    made.waiting(writer, title="둘째 글", text="기다리는 글이다")
    made.written(writer, title="쓰는 글", text="아직 내지 않았다")
    (most, *rest) = brought(campaign)
    assert (most.department, most.asked, most.standing) == (writer.department, 2, 1)
    assert not any(one.asked for one in rest)
    client.force_login(writer)
    page = client.get(campaign.get_absolute_url()).content.decode()
    assert "지금까지 2건을 올려 1건이 승인되었습니다" in page
    assert "D-16" in page
    listed = client.get(reverse("knowledge:list"), {"campaign": campaign.pk}).content.decode()
    assert "주정차 과태료" in listed
    assert "쓰는 글" not in listed


def test_k4_who_brought_nothing_is_reminded_once() -> None:
    opened()
    boss = make.head_of(make.DepartmentFactory())
    with pretend(dt.date(2026, 9, 27)):
        campaigns.move(dt.date(2026, 9, 27))
        campaigns.move(dt.date(2026, 9, 28))
    assert Notice.objects.filter(recipient=boss, kind="knowledge.campaign_last").count() == 1


def test_k6_who_moves_is_asked_to_hand_over_all_in_one(client: Client) -> None:
    writer, heir = made.staff(), made.staff()
    post = made.standing(writer)
    made.standing(writer, title="둘째 글", text="또 하나의 글이다")
    make.moved(writer, make.DepartmentFactory())
    assert looking.note_moves(made.DAY) == 2
    assert looking.note_moves(made.DAY) == 0
    assert OpenWork.objects.filter(ask="hand_over").count() == 2
    client.force_login(make.fresh(writer))
    page = client.get(reverse("knowledge:hand_over")).content.decode()
    assert "둘째 글" in page
    client.post(reverse("knowledge:hand_over"), {"to": heir.employee_number, "posts": [post.pk]})
    post.refresh_from_db()
    assert post.owner == heir
    assert OpenWork.objects.filter(ask="hand_over").count() == 1
    rest = [one.object_id for one in OpenWork.objects.filter(ask="hand_over")]
    client.post(reverse("knowledge:hand_over"), {"to": writer.employee_number, "posts": rest})
    assert not OpenWork.objects.filter(ask="hand_over").exists()
    assert not list(differences())


def test_k6_the_head_hands_over_what_somebody_left(client: Client) -> None:
    post, heir = made.standing(), made.staff()
    boss = make.head_of(post.department)
    post.owner.is_active = False
    post.owner.save()
    assert looking.note_moves(made.DAY) == 1
    client.force_login(heir)
    assert post.title not in client.get(reverse("knowledge:hand_over")).content.decode()
    client.force_login(boss)
    assert post.title in client.get(reverse("knowledge:hand_over")).content.decode()
    client.post(reverse("knowledge:hand_over"), {"to": heir.employee_number, "posts": [post.pk]})
    post.refresh_from_db()
    assert post.owner == heir


def test_k6_one_post_is_handed_over_from_its_page(client: Client) -> None:
    post, heir = made.standing(), made.staff()
    address = reverse("knowledge:post_hand_over", args=[post.pk])
    client.force_login(heir)
    assert client.get(address).status_code == 403
    client.force_login(make.planner())
    assert "담당자 바꾸기" in client.get(post.get_absolute_url()).content.decode()
    wrong = client.post(address, {"to": "아무도 아님"})
    assert wrong.status_code == 422
    assert "직원이 없습니다" in wrong.content.decode()
    client.post(address, {"to": heir.employee_number})
    post.refresh_from_db()
    assert post.owner == heir
