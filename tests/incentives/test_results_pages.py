"""Pages of results: written down, shared out and paid by forms; what is refused stands beside its field (I6, I7)."""

import pytest
from django.test import Client
from django.urls import reverse

from core.now import today
from incentives.models import Result
from tests import factories as make
from tests.incentives import made, won

pytestmark = pytest.mark.django_db
BACKEND = "organization.backends.Backend"


def client_of(user: object) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)  # type: ignore[arg-type]  # a user
    return client


def test_i6_a_result_is_written_down_with_its_money_and_others() -> None:
    of = made.notified(make.DepartmentFactory(name="세무과"), title="체납시세")
    client = client_of(make.planner())
    page = client.get(reverse("incentives:division", args=[of.pk])).content.decode()
    assert "평가 결과 적기" in page
    typed = {
        "title": "2026 체납시세 징수실적",
        "grade": "최 우 수",
        "decided_on": today().isoformat(),
        "first": of.parts.get().department_id,
        "others": "도봉구, 우수, 14위, 88.5\n노원구\t노력\t19",
        "money1": "grant",
        "amount1": "90,000,000",
    }
    wrong = client.post(
        reverse("incentives:division_result_new", args=[of.pk]), {**typed, "grade": "참 잘함"}
    )
    assert wrong.status_code == 422
    assert "등급 이름 목록에 없습니다" in wrong.content.decode()
    done = client.post(reverse("incentives:division_result_new", args=[of.pk]), typed)
    one = Result.objects.get()
    assert done["Location"] == one.get_absolute_url()
    assert (one.grade, one.tier) == ("최우수", "top")
    assert [(e.district, e.rank) for e in one.elsewhere.all()] == [("도봉구", 14), ("노원구", 19)]
    shown = client.get(one.get_absolute_url()).content.decode()
    for text in ("9,000,000원", "90,000,000원 × 10% = 9,000,000원", "우리 구", "수상금 적기"):
        assert text in shown


def test_i7_shares_are_typed_in_percent_and_refused_beside_their_field() -> None:
    one = won.result(won.division(make.DepartmentFactory(), make.DepartmentFactory()), "우수", won.money())
    first, second = one.shares.order_by("order")
    client = client_of(won.owner_of(one))
    url = reverse("incentives:payout_plan", args=[one.payout.pk])
    seen = client.get(url).context["seen_version"]
    typed = {"version": seen, f"share-{first.pk}": "60", f"share-{second.pk}": "30"}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "지금은 90%" in refused.content.decode()
    assert client.post(url, {**typed, f"share-{second.pk}": "40"}).status_code == 302
    first.refresh_from_db()
    assert first.amount == 4_800_000
    paper = client.get(reverse("incentives:payout_paper", args=[one.payout.pk])).content.decode()
    assert "4,800,000" in paper
    for name in ("payout_paper", "payout_request_paper"):
        answer = client.get(reverse(f"incentives:{name}", args=[one.payout.pk]), {"format": "hwpx"})
        assert answer.status_code == 200


def test_i9_planning_keeps_the_names_of_grades() -> None:
    client = client_of(make.planner())
    assert client.post(reverse("incentives:grades"), {"name": "참 잘함", "tier": "good"}).status_code == 302
    assert won.result(None, "참잘함").tier == "good"
    assert "참잘함" in client.get(reverse("incentives:grades")).content.decode()


def test_i8_lists_for_personnel_leave_in_every_form() -> None:
    of = won.division()
    won.named(of)
    won.result(of, "최우수")
    client = client_of(make.planner())
    year = today().year
    for name in ("thanks_merit", "thanks_commendation"):
        for fmt in ("html", "hwpx"):
            assert client.get(reverse(f"incentives:{name}", args=[year]), {"format": fmt}).status_code == 200
    url = reverse("incentives:thanks_confirm", args=[year])
    seen = client.get(url).context["seen_version"]
    assert client.post(url, {"document": "기획예산과-90", "version": seen}).status_code == 302
    assert "2일" in client.get(reverse("incentives:thanks", args=[year])).content.decode()


def test_i6_years_beside_each_other_in_every_form() -> None:
    client = client_of(make.planner())
    assert client.get(reverse("incentives:years")).status_code == 200
    won.result(None, "우수", won.money())
    for fmt in ("xlsx", "hwpx", "html"):
        assert client.get(reverse("incentives:years"), {"format": fmt}).status_code == 200
