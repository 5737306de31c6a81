"""E1–E3: a round from its making to its closing, by its pages alone."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core.now import pretend, today
from evaluations.enums import RoundState, StageState
from evaluations.models import Conflict, Criterion, Entry, Grade, Judge, Round, Sheet, Stage
from organization.enums import Role
from tests import factories as make
from tests.evaluations import made

pytestmark = pytest.mark.django_db


def sent(client: Client, name: str, pk: int, data: dict[str, Any] | None = None) -> Any:
    """A form as its page has it, sent with what is filled in."""
    address = reverse(f"evaluations:{name}", args=[pk])
    shown = client.get(address).content.decode()
    held = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', shown))
    answer = client.post(address, {**held, **(data or {})})
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return answer


def test_e2_a_round_is_made_prepared_opened_scored_and_closed_by_its_pages(client: Client) -> None:
    planner, user = make.planner(), made.outsider()
    made.stalls(2, keeper=make.UserFactory())
    client.force_login(planner)
    client.post(reverse("evaluations:new"), {"kind": "fair", "period": made.PERIOD, "subject": ""})
    round = Round.objects.get()
    stage = round.stages.get()
    sent(client, "round_entries", round.pk, {"all": "1"})
    assert Entry.objects.count() == 2
    sent(client, "round_edit", round.pk, {"title": "봄 장터", "blind": "on", "decimals": 1, "least": ""})
    rows: dict[str, Any] = {"rows-TOTAL_FORMS": 2, "rows-INITIAL_FORMS": 1}
    for place, title in enumerate(("새로움", "쓸모")):
        rows |= {f"rows-{place}-title": title, f"rows-{place}-weight": 50, f"rows-{place}-most": 10}
    sent(client, "stage_criteria", stage.pk, rows)
    assert list(Criterion.objects.values_list("title", flat=True)) == ["새로움", "쓸모"]
    grades = Grade.objects.order_by("division__order", "order")
    table: dict[str, Any] = {"rows-TOTAL_FORMS": grades.count(), "rows-INITIAL_FORMS": grades.count()}
    for place, grade in enumerate(grades):
        given = {
            "pk": grade.pk,
            "name": "금상",
            "at_most": 1,
            "prize": "500,000",
            "leave_days": 0,
            "other": "",
        }
        table |= {f"rows-{place}-{name}": value for name, value in given.items()}
    sent(client, "round_grades", round.pk, table)
    assert set(Grade.objects.values_list("name", "prize")) == {("금상", 500_000)}
    days = {"opens_on": today().isoformat(), "closes_on": (today() + dt.timedelta(days=3)).isoformat()}
    terms = {"title": "본심", "panel": made.panel(user).pk, "way": "mean", "share": 100, **days}
    sent(client, "stage_edit", stage.pk, {**terms, "version": Stage.objects.get().version})
    sent(client, "round_open", round.pk)
    assert Round.objects.get().state == RoundState.RUNNING
    judge = Judge.objects.get()
    mine = Client()
    mine.force_login(user)
    sent(mine, "judge_sign", judge.pk, {"agreed": "1"})
    sent(client, "stage_start", stage.pk)
    first, second = Sheet.objects.order_by("entry__number")
    values = {f"c{pk}": "8" for pk in Criterion.objects.values_list("pk", flat=True)}
    sent(mine, "sheet", first.pk, {**values, "comment": "좋습니다.", "finish": "1"})
    sent(mine, "sheet_abstain", second.pk, {"reason": "모르는 분야"})
    sent(mine, "sheet_resume", second.pk)
    sent(mine, "sheet_declare", second.pk, {"ground": "declared", "reason": "아는 사이"})
    assert Conflict.objects.get().entry == second.entry
    sent(client, "stage_extend", stage.pk, {**days, "reason": "휴일"})
    sent(client, "stage_change_way", stage.pk, {"way": "median", "reason": "위원 요청"})
    with pretend(today() + dt.timedelta(days=5)):
        sent(client, "stage_close", stage.pk)
    assert Stage.objects.get().state == StageState.CLOSED
    assert (Round.objects.get().title, Round.objects.get().state) == ("봄 장터", RoundState.DRAFT)


def test_e2_what_is_wrong_stands_beside_its_field_and_nothing_is_offered_that_would_be_refused(
    client: Client,
) -> None:
    planner = make.planner()
    client.force_login(planner)
    answer = client.post(reverse("evaluations:new"), {"kind": "fair", "period": "2026-X", "subject": ""})
    assert answer.status_code == 422
    assert "2015-H1" in str(answer.context["form"].errors["period"])
    round = made.prepared([made.outsider()], actor=planner)
    page, step = round.get_absolute_url(), reverse("evaluations:round_open", args=[round.pk])
    assert step in client.get(page).content.decode()
    assert "2026년 상반기" in client.get(page).content.decode()
    Stage.objects.update(closes_on=None, opens_on=None)
    assert step not in client.get(page).content.decode()
    odd = {"thing": ["1-2-3", "²-1", "-", "9" * 5_000 + "-1", "x"]}
    assert client.post(reverse("evaluations:round_entries", args=[round.pk]), odd).status_code == 302
    assert round.entries.count() == 3


def test_e3_marks_that_are_missing_or_none_are_told_beside_their_criterion(client: Client) -> None:
    stage = made.scoring([user := made.outsider()])
    sheet = Sheet.objects.filter(judge__stage=stage).first()
    assert sheet
    first, *others = stage.criteria.order_by("order")
    client.force_login(user)
    answer = client.post(sheet.get_absolute_url(), {f"c{first.pk}": "11", "finish": "1"})
    assert answer.status_code == 422
    assert f'id="c{first.pk}-error"' in answer.content.decode()
    answer = client.post(sheet.get_absolute_url(), {f"c{first.pk}": "9", "finish": "1"})
    page = answer.content.decode()
    assert f'id="c{first.pk}-error"' not in page
    assert all(f'id="c{one.pk}-error"' in page for one in others)
    assert 'value="9"' in page.partition("checked")[0][-200:]
    unsigned = made.opened([user], entries=1, period="2026-H2")
    mine = reverse("evaluations:judge_sign", args=[unsigned.judges.get().pk])
    assert 'id="agreed-error"' in client.post(mine, {}).content.decode()


def test_e3_paper_and_challenge_by_their_pages(client: Client) -> None:
    chair, keeper = make.UserFactory(), make.UserFactory()
    made.stalls(1, keeper=keeper)
    stage = made.opened([made.outsider()], chair=chair)
    planner = make.planner()
    other = make.UserFactory(department=planner.department, roles=[Role.PLANNING])
    judge = Judge.objects.exclude(user=chair).get()
    client.force_login(planner)
    sent(client, "judge_sign_paper", judge.pk, {"agreed": "1"})
    made.signed(stage)
    sent(client, "stage_start", stage.pk)
    sheet = Sheet.objects.get(judge=judge)
    values = {f"c{pk}": "7.5" for pk in made.marks(sheet)}
    sent(client, "sheet_type", sheet.pk, values)
    assert (
        client.get(reverse("evaluations:sheet_type", args=[sheet.pk])).status_code == 302
    )  # typed by this one
    client.force_login(other)
    assert "7.5" not in client.get(reverse("evaluations:sheet_type", args=[sheet.pk])).content.decode()
    sent(client, "sheet_type", sheet.pk, values)
    assert Sheet.objects.get(pk=sheet.pk).paper
    client.force_login(keeper)
    entry = Entry.objects.get()
    sent(client, "entry_challenge", entry.pk, {"judge": judge.pk, "reason": "친분"})
    client.force_login(chair)
    sent(client, "challenge_uphold", Conflict.objects.get(ground="challenged").pk, {"reason": "그렇습니다."})
    assert Sheet.objects.get(pk=sheet.pk).state == "void"
    client.force_login(planner)
    sent(client, "judge_release", judge.pk, {"void": "1", "reason": "사임"})
    sent(client, "stage_reassign", stage.pk, {"reason": "사임"})
    sent(client, "entry_out", entry.pk, {"reason": "취하"})


def test_e3_coverage_asks_no_more_for_many_entries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    made.scoring([made.outsider() for _n in range(5)], entries=60)
    client.force_login(make.planner())
    address = reverse("evaluations:coverage", args=[Stage.objects.get().pk])
    client.get(address)
    with django_assert_max_num_queries(14):  # eight of the page; the rest are of the shell
        assert client.get(address).status_code == 200
