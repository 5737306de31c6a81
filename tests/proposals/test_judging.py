"""Proposals are judged: what a round of each contest begins with, what judges read, who is told (E1, E3, P9, P12)."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from awards.models import Award
from basis.errors import Rejected
from core import attachments
from core.models import AccessLog
from core.now import pretend, today
from evaluations.enums import Ground, Slot
from evaluations.kinds import KINDS
from evaluations.models import Conflict, Entry, Grade, Round, Sheet, Stage
from evaluations.services import confirming, conflicts, drafts, rounds, stages
from leaks.sockets import SHOWN, theirs
from letters.models import Letter
from meetings.enums import Chair
from meetings.models import Seat
from proposals import people
from proposals.enums import CallKind, Kind
from proposals.models import Proposal, Proposer
from proposals.services import receiving
from tests import factories as make
from tests.drawn import picture
from tests.evaluations import made as judged
from tests.evaluations import results as outcomes
from tests.evaluations.made import outsider, panel
from tests.proposals.asked import REJECTED, answered, asked
from tests.proposals.made import (
    CONTENT,
    adopted,
    browser_of,
    called,
    dismissed,
    entered,
    mine,
    rejected,
    sent,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)
HALF = "2026-H1"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with pretend(DAY):
        yield


def half(*, actor: Any = None) -> Round:
    return rounds.make("half", HALF, actor=actor or make.planner())


def scored(round: Round, *members: Any, **values: Any) -> Stage:
    """With the entries it may have, being scored in its first stage by these, each all of them."""
    actor = make.planner()
    rounds.take_in(round, actor=actor)
    first, *others = round.stages.all()
    Stage.objects.filter(pk__in=[one.pk for one in others]).delete()
    days = {"opens_on": today(), "closes_on": today() + dt.timedelta(days=7), "panel": panel(*members)}
    rounds.edit_stage(
        first, {**days, "per_entry": None, "way": "trimmed", "passes": None, **values}, actor=actor
    )
    rounds.open(Round.objects.get(pk=round.pk), actor=actor)
    stage = Stage.objects.get(pk=first.pk)
    judged.signed(stage)
    stages.start(stage, actor=actor)
    return Stage.objects.get(pk=first.pk)


def test_p9_a_half_year_has_two_divisions_with_tables_of_their_own() -> None:
    round = half()
    assert [one.title for one in round.divisions.all()] == ["구민 제안", "직원 제안"]
    table = [(1, 300_000), (2, 200_000), (3, 100_000)]
    for division in round.divisions.all():
        assert list(division.grades.values_list("at_most", "prize")) == table
    points = Grade.objects.filter(division__round=round).values_list("division__key", "slot", "points")
    assert {(key, slot, value) for key, slot, value in points if key == Kind.STAFF} == {
        (Kind.STAFF, Slot.FIRST, 200), (Kind.STAFF, Slot.SECOND, 100), (Kind.STAFF, Slot.THIRD, 50),
    }  # fmt: skip
    assert all(value == 0 for key, _slot, value in points if key == Kind.CITIZEN)
    assert round.days == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    with pytest.raises(Rejected):
        rounds.make("half", "2026", actor=make.planner())
    with pytest.raises(Rejected):
        rounds.make("half", HALF, "call:1", actor=make.planner())
    with pytest.raises(Rejected):
        half()


def test_p12_the_criteria_are_those_of_the_rule_and_weigh_a_hundred() -> None:
    first, second = half().stages.all()
    for stage in (first, second):
        assert {one.key for one in stage.criteria.all()} == {
            "feasibility", "creativity", "effect", "range", "continuity",
        }  # fmt: skip
        assert sum(one.weight for one in stage.criteria.all()) == 100
    assert (first.per_entry, first.passes, second.per_entry) == (3, 10, None)


def test_e1_what_enters_is_what_was_dealt_with_as_a_proposal() -> None:
    good, refused, running = adopted().proposal, rejected(), entered()
    dismissed()
    declared = entered(awarded="시 공모전 장려상")
    theme = called(kind=CallKind.THEME)
    entered(call=theme)
    with pretend(dt.date(2026, 7, 2)):
        entered()
    found = {one.thing: one.why_not for one in KINDS["half"].candidates(half())}
    assert found == {
        good: "",
        refused: "채택하지 않음",
        running: "아직 결정하지 않음",
        declared: "다른 곳에서 상을 받음",
    }


def test_e1_calls_have_rounds_of_their_own_and_the_contest_its_finalists_and_residents() -> None:
    theme = called(kind=CallKind.THEME)
    contest = called(kind=CallKind.CONTEST, audience="citizens", title="구민 공모전")
    answer = entered(call=theme)
    assert KINDS["theme"].subjects("2026") == [(f"call:{theme.pk}", theme.title)]
    round = rounds.make("theme", "2026", f"call:{theme.pk}", actor=make.planner())
    assert [one.thing for one in KINDS["theme"].candidates(round)] == [answer]
    final = rounds.make("contest", "2026", f"call:{contest.pk}", actor=make.planner())
    stages_ = list(final.stages.all())
    assert [(one.body, one.share, one.passes) for one in stages_] == [
        ("panel", 100, 10), ("panel", 100, 6), ("panel", 70, None), ("residents", 30, None),
    ]  # fmt: skip
    assert list(Grade.objects.filter(division__round=final).values_list("prize", flat=True)) == [
        1_000_000, 700_000, 500_000,
    ]  # fmt: skip
    for wrong in ("call:0", "call:x", "", f"call:{contest.pk}"):
        with pytest.raises(Rejected):
            rounds.make("theme", "2026", wrong, actor=make.planner())


def test_e3_names_are_read_before_content_and_who_reads_those_of_citizens_is_written_down(
    client: Client,
) -> None:
    adopted()
    judge = outsider()
    actor, round = make.planner(), half()
    rounds.take_in(round, actor=actor)
    first = round.stages.first()
    assert first is not None
    days = {
        "opens_on": today(),
        "closes_on": today() + dt.timedelta(days=7),
        "panel": panel(judge, outsider()),
    }
    rounds.edit_stage(first, {**days, "per_entry": None, "way": "trimmed"}, actor=actor)
    second = round.stages.last()
    rounds.edit_stage(second, days, actor=actor)
    rounds.open(Round.objects.get(pk=round.pk), actor=actor)
    client.force_login(judge)
    mine = first.judges.get(user=judge)
    page = client.get(reverse("evaluations:judge_sign", args=[mine.pk])).content.decode()
    assert "김구민" in page
    assert CONTENT["problem"] not in page
    assert CONTENT["title"] not in page
    look = AccessLog.objects.get(actor=judge)
    assert (look.subject_kind, look.action) == ("entrants", AccessLog.Action.VIEW)
    # whose account leaked has shown these people, by the list of signing and by the entry: each is to be told (D7)
    assert look.subject_id == str(mine.pk)
    entry = round.entries.get(out=False)
    (person,) = entry.thing.proposers.all()  # type: ignore[union-attr]  # it is there
    whose = theirs(people.PROPOSER, person.pk)
    shown = {one.kind: one.people for one in SHOWN}
    assert shown["entrants"]([mine.pk]) == {mine.pk: [whose]}
    assert shown["entrant"]([entry.pk]) == {entry.pk: [whose]}


def test_e3_who_proposed_does_not_score_it_nor_who_works_where_it_was_reviewed() -> None:
    proposer, colleague = make.UserFactory(), make.UserFactory()
    people: list[receiving.Person] = [
        {"user": proposer, "share": 60, "is_main": True},
        {"user": colleague, "share": 40, "is_main": False},
    ]
    own = adopted(receiving.propose(CONTENT, people, actor=proposer)).proposal
    (asked_for,) = asked()
    reviewed = answered(asked_for, REJECTED)
    reviewer = make.UserFactory(department=reviewed.department)
    adopted(reviewed.proposal)
    scored(half(), proposer, colleague, reviewer, outsider())
    rows = Conflict.objects.select_related("judge__user", "entry")
    found = {(one.judge.user, one.entry.object_id): one.ground for one in rows}
    assert found[proposer, own.pk] == Ground.SELF
    assert found[colleague, own.pk] == Ground.JOINT
    assert found[reviewer, reviewed.proposal_id] == Ground.REVIEWED


def test_e3_files_go_by_neutral_names_to_who_scores_and_to_nobody_else(client: Client) -> None:
    proposal = adopted().proposal
    file = ContentFile(picture(), name="김구민_사진.png")
    (kept,) = attachments.attach(proposal, [file], actor=make.planner())
    judge = outsider()
    stage = scored(half(), judge, outsider())
    sheet = Sheet.objects.get(judge__user=judge, judge__stage=stage)
    url = reverse("evaluations:sheet_file", args=[sheet.pk, kept.pk])
    client.force_login(judge)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert "김구민" not in page
    assert url in page
    answer = client.get(url)
    assert answer.status_code == 200
    assert "김구민" not in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content)  # type: ignore[arg-type]  # read to its end, it closes the file
    for other in (outsider(), make.planner(), make.UserFactory()):
        client.force_login(other)
        assert client.get(url).status_code == 404
    client.force_login(judge)
    strange = ContentFile(b"%PDF-1.4 x", name="a.pdf")
    (of_another,) = attachments.attach(entered(title="다른 제안입니다"), [strange], actor=make.planner())
    assert client.get(reverse("evaluations:sheet_file", args=[sheet.pk, of_another.pk])).status_code == 404


def test_p13_what_was_awarded_elsewhere_or_has_nobody_is_withheld() -> None:
    adopted()
    declared = adopted(entered(awarded="시 공모전 장려상")).proposal
    gone = adopted().proposal
    gone.proposers.update(anonymised_on=DAY, name="")
    round = half()
    everything = [key for _one, key, _inside in rounds.candidates(round)]
    rounds.take_in(round, everything, actor=make.planner())
    said = {one.thing: KINDS["half"].withheld(one) for one in Entry.objects.filter(round=round)}
    assert "시 공모전" in said[declared]
    assert said[Proposal.objects.get(pk=gone.pk)]
    assert sum(1 for text in said.values() if not text) == 1


def test_p13_shares_go_on_as_they_are() -> None:
    people: list[receiving.Person] = [
        {"name": "김구민", "phone": "02", "share": Decimal("33.34"), "is_main": True},
        {"name": "이은구", "share": Decimal("33.33"), "is_main": False},
        {"name": "박은구", "share": Decimal("33.33"), "is_main": False},
    ]
    proposal, _token = receiving.enter(CONTENT, people, channel="post", actor=make.planner())
    adopted(proposal)
    round = half()
    rounds.take_in(round, actor=make.planner())
    (entry,) = Entry.objects.filter(round=round)
    parties = KINDS["half"].parties([entry])[entry.pk]
    assert [(one.name, one.share, one.is_main) for one in parties] == [
        ("김구민", Decimal("33.34"), True), ("이은구", Decimal("33.33"), False), ("박은구", Decimal("33.33"), False),
    ]  # fmt: skip
    assert entry.thing == proposal


def drafted_half(*members: Any) -> Round:
    """Every judge gives the first entry the most; all is scored and the committee has met."""
    stage = scored(half(), *members)
    entries = list(stage.round.entries.order_by("number"))
    for judge in stage.judges.select_related("user", "stage__round"):
        for place, entry in enumerate(entries):
            outcomes.score(judge, entry, 9 - 2 * place, judge.user)
    stages.close(stage, actor=make.planner())
    return outcomes.resolved(Round.objects.get(pk=stage.round_id))


def test_e4_p13_a_citizen_reads_why_objects_takes_it_back_and_the_prize_is_split_to_the_won() -> None:
    proposal, token = sent()
    adopted(proposal)
    for name, share in (("이은구", "33.33"), ("박은구", "33.33")):
        Proposer.objects.create(proposal=proposal, name=name, share=Decimal(share), is_main=False)
    Proposer.objects.filter(proposal=proposal, is_main=True).update(share=Decimal("33.34"))
    adopted(entered(title="두 번째 제안입니다"))
    round = drafted_half(outsider(), outsider(), outsider())
    browser, page = browser_of(token), mine(proposal)
    assert "왜 이 순위인가" not in browser.get(page).content.decode()
    round = drafts.announce(round, actor=make.planner())
    entry = Entry.objects.get(round=round, object_id=proposal.pk)
    below = f"{page}entries/{entry.pk}/"
    text = browser.get(page).content.decode()
    assert "왜 이 순위인가" in text
    assert f"{below}object/" in text
    assert Letter.objects.about(proposal).filter(kind="proposals.judged_announced").exists()

    assert browser.post(f"{below}object/", {"reason": ""}).status_code == 422
    assert browser.post(f"{below}object/", {"reason": "비중이 다릅니다."}).status_code == 302
    assert f"{below}withdraw/" in browser.get(page).content.decode()
    assert Client().get(f"{below}object/").status_code == 404
    outcomes.money()
    with outcomes.after_objections(round), pytest.raises(Rejected, match="답하지 않은 이의"):
        confirming.confirm(round, actor=outcomes.second())
    assert browser.post(f"{below}withdraw/").status_code == 302

    with outcomes.after_objections(round):
        confirming.confirm(round, actor=outcomes.second())
        awards = Award.objects.filter(object_id=proposal.pk, receiver="citizen").order_by("-share", "pk")
        first = Grade.objects.get(division=entry.division, slot=Slot.FIRST)
        assert sum(one.amount for one in awards) == first.prize == 300_000
        assert [one.amount for one in awards] == [100_020, 99_990, 99_990]
        assert Letter.objects.about(proposal).filter(kind="proposals.awarded").exists()
        for text in (browser.get(page), Client().get(proposal.public_url)):
            assert "최우수" in text.content.decode()
        listed = Client().get(reverse("outcomes:round", args=[round.pk])).content.decode()
        assert proposal.public_title in listed
        assert "김구민" not in listed


def test_e3_a_citizen_asks_that_somebody_of_the_panel_does_not_judge() -> None:
    proposal, token = sent()
    adopted(proposal)
    chair, judge = outsider(), outsider()
    stage = scored(half(), judge, outsider())
    Seat.objects.create(panel=stage.panel, user=chair, chair=Chair.CHAIR, starts_on=dt.date(2020, 1, 1))
    entry = Entry.objects.get(round=stage.round, object_id=proposal.pk)
    browser, url = browser_of(token), f"{mine(proposal)}entries/{entry.pk}/challenge/"
    assert url in browser.get(mine(proposal)).content.decode()
    seat = stage.judges.get(user=judge)
    assert browser.post(url, {"judge": seat.pk, "reason": "이웃입니다."}).status_code == 302
    asked_for = Conflict.objects.get(ground=Ground.CHALLENGED)
    assert (asked_for.entry, asked_for.judge, asked_for.asked_by) == (entry, seat, None)
    conflicts.decide(asked_for, uphold=True, answer="이웃", actor=chair)
    assert Sheet.objects.get(judge=seat, entry=entry).state == "void"
