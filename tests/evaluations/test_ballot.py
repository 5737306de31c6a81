"""E3: the residents' panel: a slip and the number on the wall, one ballot a slip."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core import passes, roomcode
from core.codes import Slowed
from core.now import now, pretend, today
from evaluations.enums import JudgeState
from evaluations.models import Judge, Mark, Sheet, Stage
from evaluations.services import sheets, slips, stages
from tests import factories as make
from tests.evaluations import made

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
ENTER = "evaluations:ballot_enter"


@pytest.fixture
def stage() -> Stage:
    return made.opened([], body="residents", entries=2)


def started(stage: Stage, count: int = 1) -> list[str]:
    found = slips.make(stage, count, actor=make.planner())
    stages.start(stage, actor=make.planner())
    return [code for _number, code in found]


def wall(stage: Stage) -> str:
    return roomcode.shown(slips.room(stage))


def test_c7_the_number_on_the_wall_stands_for_two_steps() -> None:
    moment = dt.datetime(2026, 11, 20, 5, 0, 0, tzinfo=dt.UTC)
    shown = roomcode.shown("room:1", moment)
    assert len(shown) == 6
    assert shown.isdecimal()
    for seconds, accepted in ((0, True), (29, True), (30, True), (59, True), (60, False), (-1, False)):
        assert roomcode.accepts("room:1", shown, moment + dt.timedelta(seconds=seconds)) is accepted
    assert not roomcode.accepts("room:2", shown, moment)
    assert not roomcode.accepts("room:1", "", moment)
    assert roomcode.accepts("room:1", f"{shown[:3]} {shown[3:]}", moment)


def test_e3_nothing_but_the_seal_of_a_slip_is_kept(stage: Stage) -> None:
    (code,) = started(stage)
    judge = Judge.objects.get()
    assert code not in judge.slip_seal
    assert judge.user is None


def test_e3_a_slip_opens_a_ballot_only_with_the_wall(stage: Stage) -> None:
    (code,) = started(stage)
    right = wall(stage)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for bad in ((code, wrong), ("ABCDEFGHJK", right)):
        with pytest.raises(Rejected):
            slips.enter(*bad, "203.0.113.7")
    assert Judge.objects.get().state == JudgeState.INVITED
    judge, _token = slips.enter(code.lower(), right, "203.0.113.7")
    assert (judge.state, Sheet.objects.count()) == (JudgeState.SIGNED, 2)


def tried(code: str) -> None:
    try:
        slips.enter(code, "", "203.0.113.7")
    except Slowed:
        raise
    except Rejected:
        return


def test_e3_wrong_tries_are_slowed(stage: Stage) -> None:
    (code,) = started(stage)
    with pretend(now()), pytest.raises(Slowed):
        list(map(tried, [code] * 20))


def opened(client: Client, stage: Stage, code: str) -> Any:
    return client.post(reverse(ENTER), {"code": code, "wall": wall(stage)})


def filled(value: int = 7) -> dict[str, str]:
    return {
        f"s{sheet.pk}c{one}": str(value)
        for sheet in Sheet.objects.all()
        for one in sheet.judge.stage.criteria.values_list("pk", flat=True)
    }


def test_e3_a_resident_scores_once_on_the_phone_without_script(client: Client, stage: Stage) -> None:
    (code,) = started(stage)
    answer = opened(client, stage, code)
    page = answer.headers["Location"]
    shown = client.get(page).content.decode()
    assert "빈 점포를 쓰는 가게 1" in shown
    assert "주민1" not in shown  # blind
    assert client.post(page, dict(list(filled().items())[:-1])).status_code == 422
    assert not Mark.objects.exists()
    assert client.post(page, filled()).status_code == 302
    assert set(Sheet.objects.values_list("state", flat=True)) == {"done"}
    assert "고맙습니다" in client.get(page).content.decode()
    assert client.post(page, filled(1)).status_code == 422
    assert set(Mark.objects.values_list("value", flat=True)) == {7}
    assert opened(Client(), stage, code).status_code == 422  # used to the end


def test_e3_a_second_phone_takes_over_and_the_first_has_nothing(client: Client, stage: Stage) -> None:
    (code,) = started(stage)
    page = opened(client, stage, code).headers["Location"]
    second = Client()
    opened(second, stage, code)
    assert client.get(page).status_code == 404
    assert second.get(page).status_code == 200
    assert Judge.objects.count() == 1


def test_e3_after_closing_a_ballot_is_nothing(client: Client, stage: Stage) -> None:
    first, second = started(stage, 2)
    page = opened(client, stage, first).headers["Location"]
    with pretend(today() + dt.timedelta(days=9)):
        stages.close(Stage.objects.get(pk=stage.pk), actor=make.planner())
    assert client.get(page).status_code == 404
    assert client.post(page, filled()).status_code == 404
    assert opened(Client(), stage, second).status_code == 422


def test_e3_a_bearer_scores_only_the_own(stage: Stage) -> None:
    first, second = started(stage, 2)
    _judge, token = slips.enter(first, wall(stage), "203.0.113.7")
    other, _token = slips.enter(second, wall(stage), "203.0.113.7")
    bearer = passes.bearer_of(token)
    with pytest.raises(Refused):
        sheets.finish(other.sheets.first(), filled(), actor=bearer)


def test_e3_the_wall_renews_itself_and_slips_are_shown_once(client: Client, stage: Stage) -> None:
    client.force_login(make.planner())
    address = reverse("evaluations:stage_slips", args=[stage.pk])
    answer = client.post(address, {"count": 3})
    codes = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", answer.content.decode())
    assert answer.status_code == 200
    assert Judge.objects.count() == 3
    stages.start(stage, actor=make.planner())
    shown = client.get(reverse("evaluations:stage_wall", args=[stage.pk]))
    assert 1 <= int(shown.headers["Refresh"]) <= 30
    assert len(set(codes)) == 3
