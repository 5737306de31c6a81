"""E3, E4, E8: what the pages of results show, to whom, and from when on."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from evaluations.kinds import kind_of
from evaluations.models import Entry, Objection, Result, Round
from evaluations.selectors.why import why
from evaluations.services import drafts, stages
from organization.models import User
from tests import factories as make
from tests.evaluations import made, results
from tests.evaluations.test_confirming import corrected, entrants

pytestmark = pytest.mark.django_db


def page(user: User | None, name: str, *args: Any, query: str = "") -> Any:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.get(reverse(name, args=args) + query)


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


OF_ROUND = ("evaluations:results", "evaluations:result_sheet", "evaluations:stability")
STEPS = ("reckon", "change_way", "judge_again", "resolve", "announce", "confirm", "cancel")


def test_e3_there_is_no_page_of_results_before_all_is_closed() -> None:
    people = [made.outsider(), make.UserFactory()]
    stage = made.scoring(people)
    round = stage.round
    made.score_all(stage)
    others = [make.UserFactory(roles=[role]) for role in ("executive", "auditor")]
    watching = [make.planner(), results.second(), *others]
    for user in (*watching, *people):
        for name in (*OF_ROUND, *(f"evaluations:round_{step}" for step in STEPS), "evaluations:told_round"):
            assert page(user, name, round.pk).status_code == 404, (user, name)
    assert page(None, "outcomes:round", round.pk).status_code == 404
    stages.close(stage, actor=make.planner())
    for user in watching:
        assert page(user, "evaluations:results", round.pk).status_code == 200


def test_e3_before_it_is_announced_neither_judges_nor_entrants_nor_staff_know() -> None:
    judge, (entrant, *_others) = make.UserFactory(roles=["executive"]), entrants()
    round = results.drafted([(9, 9), (7, 7), (5, 5), (3, 3)], [judge, made.outsider()], way="mean")
    entry = round.entries.get(number=1)
    for user in (judge, entrant, make.UserFactory()):
        for name in (*OF_ROUND, "evaluations:told_round"):
            assert page(user, name, round.pk).status_code == 404
        assert page(user, "evaluations:why", entry.pk).status_code == 404
        assert round.title not in text(page(user, "evaluations:told"))
    assert round.title not in text(page(None, "outcomes:list"))
    assert why(entry, entrant) is None
    drafts.announce(results.resolved(round), actor=make.planner())
    assert "왜 이 순위인가" in text(page(entrant, "evaluations:why", entry.pk))
    assert (
        page(judge, "evaluations:results", round.pk).status_code == 404
    )  # still: others' marks stand behind it
    assert round.title in text(page(judge, "evaluations:told_round", round.pk))


def test_e8_the_committee_sees_the_stability_page_once_it_is_on_its_agenda() -> None:
    people = [made.outsider(), made.outsider(), made.outsider()]
    round = results.drafted(members=people)
    assert page(people[0], "evaluations:stability", round.pk).status_code == 404
    results.session(round)
    shown = text(page(people[0], "evaluations:stability", round.pk))
    assert page(people[0], "evaluations:results", round.pk).status_code == 404
    assert page(made.outsider(), "evaluations:stability", round.pk).status_code == 404
    for one in people:
        assert one.name not in shown


def test_e8_in_words_which_sheet_would_change_which_grade() -> None:
    round = results.drafted([(9, 9), (8, 2), (6, 6), (5, 5)], way="mean")
    shown = text(page(make.planner(), "evaluations:stability", round.pk))
    # 6 before 5 (mean of 8 and 2): without the 2 of the second judge, entry 2 has 8
    assert "심사자 2이(가) 2번에 한 채점을 빼면" in shown
    assert "<svg" in shown
    assert "가장 높은 채점" in shown
    assert shown.count("<circle") + shown.count("<rect") >= 4
    assert "style=" not in shown.split("<main")[1].split("</main")[0]


def test_e8_a_result_that_holds_says_so() -> None:
    round = results.drafted([(9, 9, 9), (7, 7, 7), (5, 5, 5), (1, 1, 1)])
    assert "결과가 흔들리지 않습니다" in text(page(make.planner(), "evaluations:stability", round.pk))


def test_e4_the_list_has_place_score_spread_and_grade_and_both_ways_beside_each_other() -> None:
    round = results.drafted([(10, 4, 4), (6, 6, 5), (1, 1, 1)])
    drafts.change_way(round.stages.get(), "mean", reason="세 명뿐이라 평균으로 한다.", actor=make.planner())
    shown = text(page(make.planner(), "evaluations:results", round.pk))
    for words in ("60.00", "56.67", "28.28", "바꾸기 전", "40.00", "세 명뿐이라", "최우수"):
        assert words in shown, words
    found = text(page(make.planner(), "evaluations:results", round.pk, query="?q=2"))
    assert "가게 2" in found
    assert "가게 3" not in found
    for fmt in ("html", "xlsx", "hwpx"):
        assert (
            page(make.planner(), "evaluations:result_sheet", round.pk, query=f"?format={fmt}").status_code
            == 200
        )
    file = page(make.planner(), "evaluations:results", round.pk, query="?export=xlsx")
    rows = list(load_workbook(io.BytesIO(b"".join(file.streaming_content))).active.values)
    file.close()
    assert rows[1][:5] == ("구민", 1, 1, "빈 점포를 쓰는 가게 1", 60)


def more(round: Round, first: int, count: int) -> Round:
    """So many further entries, scored by all."""
    stage, division = round.stages.get(), round.divisions.get(key="one")
    judges = list(stage.judges.values_list("pk", flat=True))
    numbers = range(first, first + count)
    rows = Entry.objects.bulk_create(
        Entry(round=round, division=division, content_type_id=1, object_id=n, number=n, title="글")
        for n in numbers
    )
    results.typed(stage, {(one.pk, judge): (5, one.number % 7) for one in rows for judge in judges})
    return drafts.reckon_again(round, actor=make.planner())


@pytest.mark.parametrize("name", ["evaluations:results", "evaluations:stability"])
def test_e8_a_page_asks_as_often_for_many_entries_as_for_few(name: str) -> None:
    asked = []
    round = results.drafted([(9, 8), (3, 2)], way="mean")
    client = Client()
    client.force_login(make.planner())
    url = reverse(name, args=[round.pk])
    for first, count in ((100, 1), (200, 60)):
        more(round, first, count)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 8


# ------------------------------------------------------------------------------------------------ everybody


def test_e4_everybody_reads_what_was_awarded_by_whom_in_numbers_and_no_other_score() -> None:
    people = [made.outsider(name="김심사"), made.outsider(name="이심사"), made.outsider(name="박심사")]
    round = results.announced(members=people)
    shown = text(page(None, "outcomes:round", round.pk))
    for words in ("가게 1", "최우수", "우수", "위원 3명", "창의성 60", "최고·최저 제외 평균", "까지"):
        assert words in shown, words
    for secret in (*[one.name for one in people], "90.00", "70.00", "30.00", "가게 4", "주민1"):
        assert secret not in shown, secret
    assert round.title in text(page(None, "outcomes:list"))


def test_e4_a_contest_of_staff_alone_is_told_to_staff_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from evaluations.kinds import KINDS

    round = results.announced()
    monkeypatch.setattr(type(KINDS["fair"]), "is_public", False)
    assert page(None, "outcomes:round", round.pk).status_code == 404
    assert round.title not in text(page(None, "outcomes:list"))
    assert round.title in text(page(make.UserFactory(), "evaluations:told_round", round.pk))


def test_e4_a_correction_stands_in_public_beside_what_was_confirmed() -> None:
    round = corrected().result.entry.round
    shown = text(page(None, "outcomes:round", round.pk))
    assert "최우수 → 등급 없음" in shown
    assert "베낀 것으로 밝혀졌다." in shown


def test_e4_an_entrant_reads_why_and_never_a_single_sheet() -> None:
    people = entrants()
    round = results.announced(marks=[(9, 8), (7, 6), (5, 5), (3, 2)], way="mean")
    entry = round.entries.get(number=3)
    found = why(entry, people[2])
    assert found is not None
    assert (found.result.place, found.count, str(found.result.score)[:5]) == (3, 4, "50.00")
    assert found.above is not None
    assert (found.above.name, str(found.line)[:5]) == ("최우수", "85.00")
    assert [(title, str(mean)) for title, mean, _most in found.stages[0].criteria] == [
        ("창의성", "5.00"),
        ("실현 가능성", "5.00"),
    ]
    shown = text(page(people[2], "evaluations:why", entry.pk))
    assert "4건 가운데 3위" in shown
    assert "이의 신청" in shown
    assert page(people[0], "evaluations:why", entry.pk).status_code == 404
    assert page(make.planner(), "evaluations:why", entry.pk).status_code == 404


def test_e4_one_sheet_alone_is_no_mean() -> None:
    people = entrants(2)
    round = results.announced(marks=[(9, None), (7, 6)], way="mean")
    found = why(round.entries.get(number=1), people[0])
    assert found is not None
    assert not found.stages[0].criteria


# ------------------------------------------------------------------------------------------------ by hand


def test_e4_from_the_draft_to_awards_by_the_pages() -> None:
    people = entrants()
    round = results.drafted()
    results.session(round)
    first = Client()
    first.force_login(make.planner())
    url = reverse("evaluations:round_resolve", args=[round.pk])
    opened = first.get(url)
    assert "의결한 회의" in opened.content.decode()
    form = opened.context["form"]
    data = {name: field.initial if field.initial is not None else "" for name, field in form.fields.items()}
    one = Result.objects.get(entry__number=1)
    refused = first.post(url, {**data, f"grade_{one.pk}": "", **carried(opened)})
    assert refused.status_code == 422
    assert "사유를 입력" in refused.content.decode()
    saved = first.post(
        url,
        {**data, f"grade_{one.pk}": "", f"reason_{one.pk}": "이미 시행하고 있다.", **carried(first.get(url))},
    )
    assert saved.status_code == 302
    url = reverse("evaluations:round_announce", args=[round.pk])
    shown = first.get(url)
    assert first.post(url, {"preview": shown.context["preview"], **carried(shown)}).status_code == 302
    entrant = Client()
    entrant.force_login(people[3])
    entry = round.entries.get(number=4)
    url = reverse("evaluations:entry_object", args=[entry.pk])
    sent = entrant.post(url, {"reason": "왜 없나요.", **carried(entrant.get(url))})
    assert sent.status_code == 302
    objection = Objection.objects.get()
    assert "왜 없나요." in text(entrant.get(objection.get_absolute_url()))
    second = Client()
    second.force_login(results.second())
    assert "왜 없나요." in text(second.get(objection.get_absolute_url()))
    url = reverse("evaluations:objection_refuse", args=[objection.pk])
    assert first.get(url).status_code == 403
    sent = second.post(url, {"reason": "점수를 다시 보았습니다.", **carried(second.get(url))})
    assert sent.status_code == 302
    assert "점수를 다시 보았습니다." in text(entrant.get(entry.why_url))
    url = reverse("evaluations:round_confirm", args=[round.pk])
    fresh = Round.objects.get(pk=round.pk)
    with results.after_objections(fresh):
        results.money()
        shown = second.get(url)
        assert "200,000원" in shown.content.decode()
        assert second.post(url, {"preview": shown.context["preview"], **carried(shown)}).status_code == 302
        assert Round.objects.get(pk=round.pk).state == "confirmed"
        assert "정정" in text(first.get(reverse("evaluations:result_correct", args=[one.pk])))


def carried(response: Any) -> dict[str, str]:
    """What every form carries along."""
    given = {"version": response.context.get("seen_version"), "once": response.context.get("once")}
    return {name: str(value) for name, value in given.items() if value is not None}


def test_e4_an_awarded_title_leads_to_its_public_page_where_it_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    round = results.announced()
    assert "/fair/1/" not in text(page(None, "outcomes:round", round.pk))
    kind = type(kind_of(round))
    monkeypatch.setattr(
        kind, "public_pages", lambda _self, entries: {one.pk: f"/fair/{one.number}/" for one in entries}
    )
    shown = text(page(None, "outcomes:round", round.pk))
    assert '<a href="/fair/1/">' in shown
    assert "/fair/4/" not in shown  # not awarded
