"""E4, E7, P9, P13, D9: resolved by a session, announced, objected to, confirmed once and frozen, corrected."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from awards.models import Award
from awards.selectors import public_notes
from basis.errors import Refused, Rejected
from core.now import pretend, today
from core.work.verify import differences
from evaluations.enums import CorrectionState, ObjectionState, RoundState
from evaluations.kinds import KINDS
from evaluations.models import Awarded, Correction, Grade, Objection, Result, Round
from evaluations.publication import ROUNDS
from evaluations.selectors import outcome
from evaluations.selectors.corrected import grade_now
from evaluations.services import confirming, corrections, drafts, objections
from meetings.enums import Outcome
from mileage.models import Entry as Points
from organization.enums import Role
from organization.models import User
from tests import factories as make
from tests.effort import rounds as so_many
from tests.evaluations import made, results
from tests.fairs.models import Stall
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def entrants(count: int = 4, roles: Sequence[str] = (), **values: Any) -> list[User]:
    """Stalls kept by members of staff of departments of their own; the first has `roles`."""
    people = [make.UserFactory(roles=() if number else roles) for number in range(count)]
    for number, one in enumerate(people, start=1):
        Stall.objects.create(title=f"가게 {number}", text="글", keeper=one, owner_name=one.name, **values)
    return people


def result(number: int) -> Result:
    return Result.objects.select_related("entry__round", "grade", "entry__division").get(entry__number=number)


# ------------------------------------------------------------------------------------------------ E7


def test_e7_nothing_is_resolved_without_a_session_with_a_quorum_and_confirmed_minutes() -> None:
    round = results.drafted()
    with pytest.raises(Rejected, match="의결한 회의가 없습니다"):
        drafts.resolve(round, {}, actor=make.planner())
    results.session(round, Outcome.DEFERRED, present=1)  # one of three is no quorum
    with pytest.raises(Rejected, match="의결한 회의가 없습니다"):
        drafts.resolve(round, {}, actor=make.planner())
    with pytest.raises(Rejected, match="의결을 먼저"):
        drafts.announce(round, actor=make.planner())
    held = results.session(round)
    drafts.resolve(round, {}, actor=make.planner())
    assert Round.objects.get(pk=round.pk).session_id == held.pk
    assert outcome.is_resolved(Round.objects.get(pk=round.pk))


def test_e7_another_grade_than_the_order_gives_needs_a_reason_and_stays_within_the_table() -> None:
    round = results.drafted()
    results.session(round)
    first, fourth = result(1), result(4)
    grades = {one.slot: one.pk for one in Grade.objects.filter(division__key="one")}
    for wrong in (
        {first.pk: (None, " ")},
        {fourth.pk: (grades["second"], "뛰어나다.")},  # three of two
        {fourth.pk: (Grade.objects.filter(division__key="two")[0].pk, "뛰어나다.")},
        {10**6: (None, "없음")},
    ):
        with pytest.raises(Rejected):
            drafts.resolve(round, wrong, actor=make.planner())
    drafts.resolve(round, {first.pk: (None, "이미 시행하고 있다.")}, actor=make.planner())
    assert (result(1).grade, result(1).reason) == (None, "이미 시행하고 있다.")
    assert result(1).by_order is not None
    # resolved anew, nothing of what was chosen before stays
    drafts.resolve(round, {}, actor=make.planner())
    assert (result(1).grade_id, result(1).reason) == (grades["first"], "")


def test_e7_what_was_resolved_before_the_draft_changed_carries_nothing() -> None:
    round = results.announced()
    with pretend(today() + dt.timedelta(days=1)):
        drafts.cancel(round, reason="채점표를 다시 본다.", actor=make.planner())
        with pytest.raises(Rejected, match="의결한 회의가 없습니다"):
            drafts.resolve(round, {}, actor=make.planner())
        results.session(round)
        drafts.resolve(round, {}, actor=make.planner())


# ------------------------------------------------------------------------------------------------ E4: 예정


def test_e4_announced_for_the_days_of_the_policy_and_confirmed_after_them_alone() -> None:
    round = results.announced()
    assert round.objections_until is not None
    assert (round.objections_until - today()).days >= 10
    results.money()
    with pytest.raises(Rejected, match="이의신청을 받는 동안"):
        confirming.confirm(round, actor=results.second())
    with results.after_objections(round):
        confirming.confirm(round, actor=results.second())
    assert Round.objects.get(pk=round.pk).state == RoundState.CONFIRMED


def test_e4_what_must_be_announced_is_not_confirmed_from_a_draft() -> None:
    round = results.resolved()
    results.money()
    with pytest.raises(Rejected, match="먼저 결과를 예정으로"):
        confirming.confirm(round, actor=results.second())


def test_e4_small_prizes_and_contests_of_staff_are_confirmed_straight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    round = results.drafted()
    Grade.objects.filter(division__round=round).update(prize=100_000)
    results.money()
    results.resolved(round)
    assert outcome.may_announce(round)
    assert not outcome.must_announce(round)
    confirming.confirm(round, actor=results.second())
    assert Round.objects.get(pk=round.pk).state == RoundState.CONFIRMED
    monkeypatch.setattr(type(KINDS["fair"]), "of_staff", True)
    assert not outcome.may_announce(round)


def test_e4_a_contest_of_staff_is_not_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(KINDS["fair"]), "of_staff", True)
    round = results.resolved()
    with pytest.raises(Rejected, match="바로 확정"):
        drafts.announce(round, actor=make.planner())


# ------------------------------------------------------------------------------------------------ objections


def test_e4_an_entrant_objects_once_until_the_day() -> None:
    people = entrants()
    round = results.announced()
    entry = round.entries.get(number=4)
    with pytest.raises(Refused):
        objections.ask(entry, reason="왜죠", actor=people[0])
    with pytest.raises(Rejected):
        objections.ask(entry, reason="  ", actor=people[3])
    made_ = objections.ask(entry, reason="점수가 이상합니다.", actor=people[3])
    with pytest.raises(Rejected, match="이미"):
        objections.ask(entry, reason="다시", actor=people[3])
    with pytest.raises(Refused):
        objections.withdraw(made_, actor=people[0])
    objections.withdraw(made_, actor=people[3])
    again = objections.ask(entry, reason="다시 신청합니다.", actor=people[3])
    assert again.state == ObjectionState.ASKED
    with results.after_objections(round), pytest.raises(Rejected, match="까지 신청"):
        objections.ask(round.entries.get(number=3), reason="늦음", actor=people[2])
    assert not differences()


def test_d9_who_ran_judged_or_entered_answers_no_objection() -> None:
    entrant, *_others = entrants(roles=[Role.PLANNING])
    judge, colleague = (
        make.UserFactory(department=make.planner().department, roles=[Role.PLANNING]) for _number in range(2)
    )
    round = results.announced(
        members=[judge, made.outsider()], marks=[(9, 8), (7, 7), (5, 5), (3, 3)], way="mean"
    )
    objection = objections.ask(round.entries.get(number=1), reason="이의", actor=entrant)
    for who in (make.planner(), judge, entrant):
        with pytest.raises(Refused):
            objections.answer(objection, uphold=False, answer="그대로", actor=make.fresh(who))
    with pytest.raises(Rejected):
        objections.answer(objection, uphold=False, answer=" ", actor=make.fresh(colleague))
    objections.answer(objection, uphold=False, answer="점수를 다시 보았습니다.", actor=make.fresh(colleague))
    found = Objection.objects.get()
    assert (found.state, found.answer) == (ObjectionState.REFUSED, "점수를 다시 보았습니다.")


def test_e4_an_open_objection_keeps_from_confirming_and_an_upheld_one_makes_it_a_draft_again() -> None:
    people = entrants()
    round = results.announced()
    objection = objections.ask(round.entries.get(number=4), reason="이의", actor=people[3])
    results.money()
    with results.after_objections(round):
        with pytest.raises(Rejected, match="답하지 않은"):
            confirming.confirm(round, actor=results.second())
        objections.uphold(objection, reason="한 사람의 채점을 잘못 옮겼습니다.", actor=results.second())
        found = Round.objects.get(pk=round.pk)
        assert (found.state, found.session) == (RoundState.DRAFT, None)
        results.resolved(found)
        again = drafts.announce(found, actor=make.planner())
        with pytest.raises(Rejected, match="이미"):
            objections.ask(again.entries.get(number=4), reason="또", actor=people[3])
    with results.after_objections(again):
        confirming.confirm(again, actor=results.second())


def test_d3_what_an_objection_says_stands_in_no_log() -> None:
    from auditlog.models import LogEntry

    from core.models import TransitionLog

    people = entrants()
    round = results.announced()
    objections.ask(round.entries.get(number=4), reason="비밀스러운 사연", actor=people[3])
    logs = [
        *LogEntry.objects.values_list("changes", flat=True),
        *TransitionLog.objects.values_list("data", flat=True),
    ]
    assert "비밀스러운" not in str(logs)
    assert "비밀스러운" not in str(list(TransitionLog.objects.values_list("reason", flat=True)))


# ------------------------------------------------------------------------------------------------ confirming


def test_p13_a_prize_is_shared_to_the_won_and_favour_goes_to_the_main_one_alone() -> None:
    keeper, helper = make.UserFactory(), make.UserFactory()
    Stall.objects.create(title="함께", text="글", keeper=keeper, helper=helper, owner_name=keeper.name)
    made.stalls(2)
    round = results.drafted([(9, 9), (8, 8), (7, 7)], way="mean")
    Grade.objects.filter(division__round=round, slot="first").update(
        rule="proposal_gold", points=200, leave_days=1, prize=300_001
    )
    with_rule(round)
    round = drafts.announce(results.resolved(round), actor=make.planner())
    with results.after_objections(round):
        results.money()
        confirming.confirm(round, actor=results.second())
    first, second_, third = Award.objects.order_by("number")[:3]
    assert [(one.user, one.amount, one.points, one.leave_days) for one in (first, second_)] == [
        (keeper, 150_001, 200, 1),
        (helper, 150_000, 0, 0),
    ]
    assert first.key == f"evaluations.result:{result(1).pk}:keeper"
    assert (third.user, third.amount) == (None, 200_000)
    points = Points.objects.get()
    assert (points.account.user, points.amount, points.event) == (
        keeper,
        200,
        f"evaluations.result:{result(1).pk}",
    )
    assert Awarded.objects.count() == Award.objects.count() == 4


def with_rule(round: Round) -> None:
    """A rule of the ledger, whichever it is."""
    from mileage.catalogue import FINDING

    Grade.objects.filter(division__round=round, slot="first").update(rule=FINDING.key)


def test_p13_what_is_withheld_gives_no_points_until_it_is_handed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from awards.services import granting

    entrants(3)
    monkeypatch.setattr(type(KINDS["fair"]), "withheld", lambda kind, entry: "다른 곳에서 상을 받음")
    round = results.drafted([(9, 9), (8, 8), (7, 7)], way="mean")
    Grade.objects.filter(division__round=round, slot="first").update(points=200)
    with_rule(round)
    round = drafts.announce(results.resolved(round), actor=make.planner())
    with results.after_objections(round):
        results.money()
        confirming.confirm(round, actor=results.second())
        award = Award.objects.get(grade="최우수")
        assert award.state == "withheld"
        assert not Points.objects.exists()
        granting.release(award, actor=make.planner())
        granting.hand_over(award, handed_on=today(), receipt="수령증 1", actor=make.planner())
        assert Points.objects.get().amount == 200


def test_d9_who_ran_judged_or_gains_does_not_confirm() -> None:
    keeper, *_others = entrants(roles=[Role.PLANNING])
    judge = make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])
    round = results.announced(
        members=[judge, made.outsider()], marks=[(9, 8), (7, 7), (5, 5), (3, 3)], way="mean"
    )
    results.money()
    with results.after_objections(round):
        for who in (make.planner(), judge, keeper):
            with pytest.raises(Refused):
                confirming.confirm(round, actor=make.fresh(who))
        deputy = make.UserFactory()
        make.away(results.second(), deputy, today(), today())
        with pytest.raises(Refused):  # never as a substitute
            confirming.confirm(round, actor=make.fresh(deputy))
        confirming.confirm(round, actor=results.second())


def test_e4_the_preview_says_who_gets_what_and_what_is_left() -> None:
    entrants()
    round = results.announced()
    with results.after_objections(round):
        assert "시상 예산이 모자라" in str(confirming.foreseen(round))
        results.money(1_000_000)
        lines = str(confirming.foreseen(round))
    for text in ("300,000원", "200,000원", "700,000원", "남은 1,000,000원"):
        assert text in lines
    with results.after_objections(round), pytest.raises(Rejected):
        confirming.confirm(round, version=round.version + 7, actor=results.second())


def test_e4_without_money_nothing_is_confirmed() -> None:
    entrants()
    round = results.announced()
    with results.after_objections(round), pytest.raises(Rejected, match="예산"):
        confirming.confirm(round, actor=results.second())
    assert Round.objects.get(pk=round.pk).state == RoundState.ANNOUNCED
    assert not Award.objects.exists()


def refused(sql: str, same_is_no_change: bool = False) -> None:
    """By the database itself."""
    sql = sql.replace('= "title"', "= 'x'") if same_is_no_change else sql
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


FROZEN = [model._meta.label_lower for model in (Round, *ROUNDS.rows)]


def test_e4_what_is_confirmed_the_database_changes_no_more() -> None:
    people = [make.UserFactory(), make.UserFactory(), make.UserFactory()]
    stalls = made.stalls(3)
    Stall.objects.filter(pk=stalls[0].pk).update(keeper=people[0])
    round = results.confirmed(members=people, marks=[(None, 8, 8), (7, 7, 6), (5, 5, 4)], way="mean")
    stage = round.stages.get()
    typed = [label for label in FROZEN if label.endswith("typing")]
    for label in FROZEN:
        model = apps.get_model(label)
        row = model._default_manager.order_by("pk").first()
        if row is None:
            assert label in typed, label
            continue
        column = (
            "title"
            if model is Round
            else next(f.column for f in model._meta.concrete_fields if not f.primary_key)
        )
        table, where = model._meta.db_table, f"WHERE id = {row.pk}"
        refused(" ".join(["UPDATE", table, f'SET "{column}" = "{column}"', where]), model is Round)
        refused(" ".join(["DELETE FROM", table, where]))
    assert not list(ROUNDS.faults())
    assert stage.judges.count() == 3


def test_e4_a_correction_that_was_made_is_changed_by_nobody() -> None:
    one = corrected()
    table = Correction._meta.db_table
    refused(" ".join(["UPDATE", table, "SET reason = 'x' WHERE id =", str(one.pk)]))
    refused(" ".join(["DELETE FROM", table, "WHERE id =", str(one.pk)]))


# ------------------------------------------------------------------------------------------------ corrections


def corrected(after: str = "") -> Correction:
    """The first loses its grade (or gets another), as a second session resolved."""
    entrants()
    round = results.confirmed()
    day = Round.objects.get(pk=round.pk).objections_until
    assert day is not None
    with pretend(day + dt.timedelta(days=3)):
        one = result(1)
        with pytest.raises(Rejected, match="다시 의결한 회의"):
            corrections.ask(one, None, reason="베낀 것이다.", actor=make.planner())
        results.session(round)
        grade = Grade.objects.get(division=one.entry.division, slot=after) if after else None
        asked = corrections.ask(one, grade, reason="베낀 것으로 밝혀졌다.", actor=make.planner())
        with pytest.raises(Refused):
            corrections.make(asked, actor=make.planner())
        return corrections.make(asked, actor=results.second())


def test_e4_a_correction_keeps_what_was_confirmed_and_revokes_the_award_in_public() -> None:
    one = corrected()
    assert one.state == CorrectionState.MADE
    stays = result(1)
    assert stays.grade is not None
    assert stays.grade.slot == "first"
    assert grade_now(stays) is None
    award = Award.objects.get(grade="최우수")
    assert award.state == "revoked"
    assert public_notes(award.thing) == ["베낀 것으로 밝혀졌다."]  # type: ignore[arg-type]  # as the test needs it
    assert not list(ROUNDS.faults())


def test_e4_a_corrected_grade_is_granted_anew() -> None:
    one = corrected("second")
    granted = Award.objects.get(key__startswith=f"evaluations.correction:{one.pk}:")
    assert (granted.grade, granted.amount, granted.state) == ("우수", 200_000, "granted")
    assert grade_now(result(1)) == one.after


def test_e4_a_correction_may_be_turned_down_and_asked_for_again() -> None:
    entrants()
    round = results.confirmed()
    with pretend(Round.objects.get(pk=round.pk).objections_until + dt.timedelta(days=3)):
        results.session(round)
        asked = corrections.ask(result(1), None, reason="사유", actor=make.planner())
        with pytest.raises(Rejected, match="이미 요청"):
            corrections.ask(result(1), None, reason="사유", actor=make.planner())
        corrections.reject(asked, reason="근거가 없다.", actor=results.second())
        corrections.ask(result(1), None, reason="새 근거", actor=make.planner())
        with pytest.raises(Rejected):
            corrections.ask(result(2), result(2).grade, reason="같음", actor=make.planner())
    assert Award.objects.filter(state="granted").count() == 3


# ------------------------------------------------------------------------------------------------ at once


@pytest.mark.django_db(transaction=True)
def test_e4_two_who_confirm_at_once_give_one_set_of_awards() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    entrants()
    first = results.announced()
    others = [results.second(), make.UserFactory(department=make.planner().department, roles=[Role.PLANNING])]
    with results.after_objections(first):
        results.money(100_000_000)
        for turn in range(so_many(20, 100)):
            round = first if not turn else copy(first, turn)

            def confirm(who: User, of: Round = round) -> bool:
                with results.after_objections(first):
                    try:
                        confirming.confirm(Round.objects.get(pk=of.pk), actor=make.fresh(who))
                    except (Rejected, Refused):
                        return False
                    return True

            assert sorted(at_once(*(lambda w=who: confirm(w) for who in others))) == [False, True]
            given = Awarded.objects.filter(result__entry__round=round)
            assert given.count() == given.values("result").distinct().count() == 3
    assert Award.objects.count() == Awarded.objects.count()


def copy(round: Round, turn: int) -> Round:
    """Another that stands just as this one."""
    made_ = Round.objects.get(pk=round.pk)
    grades, entries, found = {}, list(round.entries.select_related("division")), {}
    rows = {one.entry_id: one for one in Result.objects.filter(entry__round=round)}
    made_.pk, made_.subject, made_.state = None, f"turn:{turn}", RoundState.DRAFT
    made_.save()
    for division in round.divisions.all():
        old = list(division.grades.all())
        division.pk, division.round = None, made_
        division.save()
        found[division.key] = division
        for grade in old:
            before = grade.pk
            grade.pk, grade.division = None, division
            grade.save()
            grades[before] = grade
    for entry in entries:
        one = rows[entry.pk]
        entry.division, entry.pk, entry.round = found[entry.division.key], None, made_
        entry.save()
        one.pk, one.entry = None, entry
        one.by_order = grades.get(one.by_order_id)
        one.grade = grades.get(one.grade_id)
        one.save()
    Round.objects.filter(pk=made_.pk).update(state=RoundState.ANNOUNCED)
    return Round.objects.get(pk=made_.pk)
