"""Pages and papers of rankings (M5, R1)."""

from typing import Any

import pytest
from django.test import Client

from basis.documents.model import Heading
from basis.errors import Rejected
from basis.periods import parse
from core.actors import SYSTEM
from mileage import catalogue as earn
from mileage import notifications
from mileage.enums import RankingKind
from mileage.models import Given, Ranking
from mileage.services import rankings as services
from mileage.sockets import EXCLUSIONS, Exclusion
from notifications.models import Notice
from organization.models import User
from reports.definitions import DEFINITIONS
from tests import factories as make
from tests.pages import button
from tests.ranked import AFTER, DEPARTMENTS, KING, MVP, Q3, confirmed, give, hand_over, prize_of

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_m5_staff_see_who_was_chosen_but_neither_drafts_nor_who_was_not(after: None) -> None:
    users = make.UserFactory.create_batch(6)
    for n, user in enumerate(users, 1):
        give(user, n)
    EXCLUSIONS.plug(
        Exclusion(RankingKind.CREATIVE_KING, "제안 미제출", lambda period: {u.pk for u in users[:5]})
    )
    ranking = services.draft(KING, Q3, actor=make.planner())
    staff, planner = client_of(users[0]), client_of(make.planner())
    url = ranking.get_absolute_url()
    assert staff.get(url).status_code == staff.get(f"{url}report/").status_code == 404
    assert users[4].name not in staff.get("/mileage/rankings/").content.decode()
    assert "제안 미제출" in planner.get(url).content.decode()
    planner.post(button(planner, url, "confirm"))
    for address in ("/mileage/rankings/", url, f"{url}report/"):
        page = staff.get(address).content.decode()
        assert all(user.name in page for user in users[2:5]), address
        assert users[0].name not in page, address
        assert users[5].name not in page, address
    page = staff.get(url).content.decode()
    assert "직원번호 순" in page
    assert "제안 미제출" in page  # which exclusions apply, not whom
    for fmt in ("xlsx", "hwpx", "json"):
        assert planner.get(f"{url}report/?format={fmt}").status_code == 200


def test_m5_planning_confirms_records_the_prize_and_undoes_it_on_screen(after: None) -> None:
    user = make.UserFactory()
    give(user, 5)
    planner = client_of(make.planner())
    drafted = planner.post("/mileage/rankings/new/", {"which": "creative_king:2026-Q3"})
    ranking = Ranking.objects.get()
    assert drafted["Location"] == ranking.get_absolute_url()
    give(user, 3)
    page = planner.get(drafted["Location"])
    assert str(page.context["primary"].label) == "다시 계산"
    planner.post(f"{drafted['Location']}recompute/")
    page = planner.get(drafted["Location"])
    assert (str(page.context["primary"].label), page.context["changes"]) == ("순위 확정", None)
    planner.post(button(planner, drafted["Location"], "confirm"))
    row = ranking.rows.get()
    place = prize_of(row).get_absolute_url()
    assert f"{place}hand-over/" in planner.get(drafted["Location"]).content.decode()
    wrong = planner.post(button(planner, place, "hand-over"), {"handed_on": "2026-09-01", "receipt": "1"})
    assert (wrong.status_code, Given.objects.count()) == (422, 0)
    planner.post(button(planner, place, "hand-over"), {"handed_on": "2026-10-05", "receipt": "수령-7"})
    page = planner.get(drafted["Location"]).content.decode()
    assert "수령-7" in page
    assert f"{place}take-back/" in page
    planner.post(button(planner, place, "take-back"), {"reason": "다른 사람"})
    assert not Given.objects.exists()
    planner.post(button(planner, drafted["Location"], "cancel"), {"reason": "점수 정정"})
    assert Ranking.objects.get().state == "draft"
    give(user, 1)
    assert "초안 뒤 달라진 점수" in planner.get(drafted["Location"]).content.decode()


def test_m5_a_draft_reckoned_anew_since_it_was_seen_is_not_confirmed(after: None) -> None:
    user = make.UserFactory()
    give(user, 5)
    ranking = services.draft(KING, Q3, actor=make.planner())
    planner, url = client_of(make.planner()), ranking.get_absolute_url()
    confirm, discard = (button(planner, url, step) for step in ("confirm", "discard"))
    give(make.UserFactory(), 9)
    services.recompute(ranking, actor=make.planner())
    for address in (confirm, discard):
        assert "화면을 연 뒤 내용이나 상태가 바뀌어" in planner.post(address, follow=True).content.decode()
    assert Ranking.objects.get().state == "draft"
    planner.post(button(planner, url, "confirm"))
    assert Ranking.objects.get().state == "confirmed"


def test_m5_an_empty_period_is_refused_beside_it_and_a_draft_can_be_thrown_away(after: None) -> None:
    planner = client_of(make.planner())
    refused = planner.post("/mileage/rankings/new/", {"which": "creative_king:2026-Q3"})
    assert refused.status_code == 422
    assert "선정할 대상이 없습니다" in refused.context["form"].errors["which"][0]
    empty = services.draft(KING, Q3, actor=SYSTEM)
    page = planner.get(empty.get_absolute_url())
    (away,) = page.context["actions"]
    assert "2026년 3분기 창의왕" in str(away.confirm)
    assert "2026년 3분기 창의왕" in planner.get(away.url).content.decode()
    assert planner.post(away.href)["Location"] == "/mileage/rankings/all/"
    assert not Ranking.objects.exists()


def opened(client: Client, kind: str) -> tuple[str, str]:
    """Where the notice of this kind leads, and what is said there."""
    notice = Notice.objects.get(kind=kind, recipient=client.session["_auth_user_id"])
    page = client.get(f"/notices/{notice.pk}/", follow=True)
    assert page.status_code == 200
    return page.redirect_chain[-1][0], " ".join(map(str, page.context["messages"]))


def test_m5_the_notice_of_a_draft_that_was_thrown_away_says_so(after: None) -> None:
    user = make.UserFactory()
    give(user, 5)
    planner, staff = client_of(make.planner()), client_of(user)
    ranking = services.draft(KING, Q3, actor=SYSTEM)
    notifications.drafted([ranking])
    url = ranking.get_absolute_url()
    services.discard(ranking, actor=make.planner())
    where, said = opened(planner, "mileage.drafted")
    assert where == "/mileage/rankings/all/"
    assert said == "‘2026년 3분기 창의왕’ 초안은 지워졌습니다(2026. 10. 5. 09:00 · 기획예산과 주무관)."
    assert planner.post(f"{url}confirm/")["Location"] == "/mileage/rankings/all/"  # a page that was left open
    assert staff.get(url).status_code == 404
    assert planner.get("/mileage/rankings/99999/").status_code == 404


@pytest.mark.parametrize("thrown_away", [False, True])
def test_m5_who_was_chosen_is_led_on_when_the_confirmation_is_cancelled(
    after: None, thrown_away: bool
) -> None:
    user = make.UserFactory()
    give(user, 5)
    ranking = confirmed()
    staff = client_of(user)
    assert opened(staff, "mileage.chosen") == (ranking.get_absolute_url(), "")
    ranking = services.cancel(ranking, reason="점수 정정", actor=make.planner())
    if thrown_away:
        services.discard(ranking, actor=make.planner())
    where, said = opened(staff, "mileage.chosen")
    assert where == "/mileage/rankings/"
    assert "확정이 취소된 순위입니다" in said


def test_m5_the_list_says_how_many_of_what_were_chosen_and_got_their_prize(after: None) -> None:
    give(make.UserFactory(), 5)
    give(make.UserFactory(), 5, rule=earn.FINDING)
    planner = make.planner()
    king = services.draft(KING, Q3, actor=planner)
    mvp = services.draft(DEPARTMENTS, parse("2026-M08"), actor=planner)

    def shown() -> list[tuple[str, str]]:
        page = client_of(planner).get("/mileage/rankings/all/?sort=title")
        return [(row.cells[2].text, row.cells[3].text) for row in page.context["list"].rows]

    assert shown() == [("1개 부서", ""), ("1명", "")]
    for ranking in (king, mvp):
        services.confirm(ranking, actor=planner)
    hand_over(mvp.rows.get())
    assert shown() == [("1개 부서", "1/1개 부서"), ("1명", "0/1명")]


def test_m5_pages_of_rankings_ask_the_same_number_of_questions(
    after: None, django_assert_max_num_queries: Any
) -> None:
    planner, counts = client_of(make.planner()), []
    periods = [parse(f"2026-M{month:02}") for month in range(1, 9)]
    for part in (periods[:1], periods[1:]):
        for period in part:
            for user in make.UserFactory.create_batch(2):
                give(user, 2, period.start, earn.FINDING)
            for contest in (MVP, DEPARTMENTS):
                ranking = services.confirm(
                    services.draft(contest, period, actor=make.planner()), actor=make.planner()
                )
        planner.get("/")
        counts.append([])
        for url in ("/mileage/rankings/", "/mileage/rankings/all/", "/", ranking.get_absolute_url()):
            with django_assert_max_num_queries(40) as seen:
                planner.get(url)
            counts[-1].append(len(seen))
    assert counts[0] == counts[1]


def test_r1_the_reports_of_the_king_and_the_mvp(after: None) -> None:
    user = make.UserFactory(name="김한빛")
    give(user, 5)
    give(user, 2, rule=earn.FINDING)
    king, mvp = DEFINITIONS["creative-king"], DEFINITIONS["mvp"]
    said = king.document(Q3, AFTER).to_json()
    assert "김한빛" in str(said)
    assert "아직 확정하지 않은" in str(said)
    confirmed()
    give(user, 1)
    said = str(king.document(Q3, AFTER).to_json())
    assert "아직 확정하지 않은" not in said
    assert "'value': '5'" in said
    parts = mvp.document(parse("2026-M08"), AFTER)
    assert [b.text for b in parts.blocks if isinstance(b, Heading)] == ["Ⅰ. 개인", "Ⅱ. 부서"]
    assert str(user.department) in str(parts.to_json())
    with pytest.raises(Rejected, match="분기 단위"):
        king.check(parse("2026-M08"))
