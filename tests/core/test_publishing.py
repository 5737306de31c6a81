"""Decisions that are published: announced, objected to, confirmed once, frozen, handed over, taken back (E4, A5)."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Model

from basis.errors import Refused, Rejected
from core.editing import Outdated
from core.ledger.protection import is_protected, protect, unprotect
from core.now import pretend
from core.transition import history
from organization.models import User
from tests import factories as make
from tests.decided.models import Decision, Handed, Objection, Score, Sheet
from tests.decided.process import DECISIONS
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
DAY, UNTIL, AFTER = dt.date(2026, 9, 1), dt.date(2026, 9, 11), dt.date(2026, 9, 12)
UNSIGNED = {
    "confirmed_by": None,
    "confirmed_at": None,
    "confirmed_version": None,
    "seal": "",
    "objections_until": None,
}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def drafted(year: int = 2026) -> Decision:
    decision = Decision.objects.create(year=year, grade="금상")
    for judge in ("가", "나"):
        Score.objects.create(sheet=Sheet.objects.create(decision=decision, judge=judge), points=90)
    return decision


@transaction.atomic
def take(step: Callable[..., Any], decision: Decision, seen: int | None = None, **values: Any) -> Decision:
    """As a service would."""
    found = DECISIONS.locked(decision, seen)
    step(found, **{"actor": make.planner(), **values})
    return found


def announced(decision: Decision | None = None) -> Decision:
    return take(DECISIONS.announce, decision or drafted(), until=UNTIL)


def confirmed(decision: Decision | None = None) -> Decision:
    return take(DECISIONS.confirm, decision or drafted())


def again(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


# ------------------------------------------------------------------------------------------------- the steps
def test_e4_a_kind_without_announcement_is_confirmed_from_its_draft() -> None:
    decision = again(confirmed())
    assert (decision.state, decision.confirmed_by, decision.confirmed_version) == (
        "confirmed",
        make.planner(),
        1,
    )
    assert decision.version == 2
    assert not list(DECISIONS.faults())


def test_e4_objections_are_heard_through_the_day() -> None:
    decision = announced()
    assert [decision.takes_objections(day) for day in (DAY, UNTIL, AFTER)] == [True, True, False]
    for day in (DAY, UNTIL):
        with pretend(day), pytest.raises(Rejected, match=r"9\. 11\..*다음 날부터"):
            confirmed(decision)
    assert again(decision).state == "announced"
    with pretend(AFTER):
        assert confirmed(decision).state == "confirmed"
    assert not again(decision).takes_objections(DAY)


def test_e4_every_objection_is_answered_before_the_confirmation() -> None:
    decision = announced()
    objection = Objection.objects.create(decision=decision)
    with pretend(AFTER):
        with pytest.raises(Rejected, match="이의신청이 1건"):
            confirmed(decision)
        Objection.objects.filter(pk=objection.pk).update(answer="기준대로 심사했습니다.")
        assert confirmed(decision).state == "confirmed"


def test_e4_nothing_is_announced_until_a_day_that_is_over() -> None:
    with pytest.raises(Rejected, match="오늘 또는 이후") as rejected:
        take(DECISIONS.announce, drafted(), until=DAY - dt.timedelta(days=1))
    assert rejected.value.field == "until"
    assert Decision.objects.get().state == "draft"


def test_e4_an_announcement_is_withdrawn_with_a_reason_and_announced_anew() -> None:
    decision = announced()
    with pytest.raises(Rejected, match="사유"):
        take(DECISIONS.cancel, decision, reason=" ")
    take(DECISIONS.cancel, decision, reason="배점 착오")
    assert (again(decision).state, again(decision).objections_until) == ("draft", None)
    Score.objects.update(points=80)
    assert announced(decision).state == "announced"


def test_e4_confirmed_is_what_was_seen() -> None:
    decision = drafted()
    with pytest.raises(Outdated):
        take(DECISIONS.confirm, decision, seen=decision.version + 1)
    assert take(DECISIONS.confirm, decision, seen=decision.version).confirmed_version == decision.version


def test_e4_who_may_not_is_refused() -> None:
    with pytest.raises(Refused):
        take(DECISIONS.confirm, drafted(), actor=make.UserFactory())
    with pytest.raises(Refused):
        take(DECISIONS.cancel, confirmed(drafted(2025)), actor=make.UserFactory(), reason="착오")


def test_e4_what_is_gone_is_said_to_be() -> None:
    decision = drafted()
    Score.objects.all().delete()
    Sheet.objects.all().delete()
    decision.delete()
    decision.pk = 1
    with pytest.raises(Rejected, match="이미 지운"):
        confirmed(decision)


def test_a5_what_was_handed_over_holds_the_confirmation_and_goes_with_a_reason() -> None:
    decision = confirmed()
    handed = Handed.objects.create(sheet=Sheet.objects.earliest("pk"))
    with pytest.raises(Rejected, match="시상이 남아"):
        take(DECISIONS.cancel, decision, reason="착오")

    def back(found: Decision, **values: Any) -> None:
        DECISIONS.take_back(handed, found, data={"to": "가"}, gone="이미 되돌렸습니다.", **values)

    with pytest.raises(Rejected, match="사유"):
        take(back, decision, reason="")
    assert Handed.objects.exists()
    pk = handed.pk
    take(back, decision, reason="다른 사람")
    assert not Handed.objects.exists()
    row = history(decision).get(name="take_back")
    assert (row.reason, row.data) == ("다른 사람", {"to": "가"})
    handed.pk = pk
    with pytest.raises(Rejected, match="이미 되돌렸습니다"):
        take(back, decision, reason="다른 사람")
    assert take(DECISIONS.cancel, decision, reason="착오").state == "draft"


# ----------------------------------------------------------------------------------------------- the database
@contextlib.contextmanager
def refused() -> Iterator[None]:
    with pytest.raises((IntegrityError, OperationalError), match=DECISIONS.message), transaction.atomic():
        yield


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


STATEMENTS = [
    "UPDATE decided_decision SET grade = 'x'",
    "UPDATE decided_decision SET objections_until = '2027-01-01'",
    "UPDATE decided_decision SET seal = 'x'",
    "UPDATE decided_decision SET version = 0",
    "UPDATE decided_decision SET state = 'draft'",
    "UPDATE decided_decision SET id = id + 1000",
    "UPDATE decided_sheet SET judge = 'x'",
    "UPDATE decided_score SET points = points + 1",
    "INSERT INTO decided_score (sheet_id, points) SELECT id, 1 FROM decided_sheet",
    "INSERT INTO decided_sheet (decision_id, judge) SELECT id, 'x' FROM decided_decision",
    "DELETE FROM decided_score",
    "DELETE FROM decided_sheet",
    "DELETE FROM decided_decision",
]


@pytest.mark.parametrize("put", [announced, confirmed])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_e4_head_and_rows_are_frozen_in_the_database(put: Callable[[], Decision], statement: str) -> None:
    put()
    before = everything()
    with refused():
        run(statement)
    assert everything() == before


def everything() -> list[Any]:
    return [list(model._default_manager.order_by("pk").values()) for model in (Decision, Sheet, Score)]


def test_e4_a_draft_is_free_but_its_version_never_goes_back() -> None:
    decision = take(DECISIONS.cancel, confirmed(), reason="착오")
    assert all(is_protected(model) for model in (Decision, Sheet, Score))
    for statement in STATEMENTS:
        with refused() if "version" in statement else transaction.atomic():
            run(statement)
            transaction.set_rollback(True)
    assert again(decision).version == 3


def test_e4_no_row_moves_into_a_closed_decision_or_out_of_it() -> None:
    closed, free = confirmed(), drafted(2025)
    for old, new in ((closed, free), (free, closed)):
        with refused():
            run("UPDATE decided_sheet SET decision_id = %s WHERE decision_id = %s", new.pk, old.pk)
    inside, outside = Sheet.objects.filter(decision=closed), Sheet.objects.filter(decision=free)
    for one, other in ((inside, outside), (outside, inside)):
        with refused():
            Score.objects.filter(sheet=one.earliest("pk")).update(sheet=other.earliest("pk"))


@pytest.mark.parametrize("handed", [True, False])
def test_a5_withdrawn_past_the_services_only_as_a_whole_with_nothing_handed_over(handed: bool) -> None:
    confirmed()
    if handed:
        Handed.objects.create(sheet=Sheet.objects.earliest("pk"))
    for name in UNSIGNED:
        if name == "objections_until":
            continue
        with refused():
            Decision.objects.update(state="draft", **{k: v for k, v in UNSIGNED.items() if k != name})
    with refused() if handed else contextlib.nullcontext():
        Decision.objects.update(state="draft", **UNSIGNED)
    assert Decision.objects.get().state == ("confirmed" if handed else "draft")


def test_e4_an_announced_decision_is_confirmed_as_it_was_announced() -> None:
    announced()
    signed: dict[str, Any] = {"state": "confirmed", "confirmed_version": 2, "version": 3, "seal": "x"}
    with refused():
        Decision.objects.update(
            **{**signed, "confirmed_version": 1}
        )  # what was there before it was announced
    with refused():
        Decision.objects.update(**signed, grade="은상")
    with refused():
        Decision.objects.update(**signed, objections_until=DAY)
    Decision.objects.update(**signed)
    assert [fault.account for fault in DECISIONS.faults()] == [Decision.objects.get()]


def test_e4_an_insert_replaces_nothing_that_is_closed() -> None:
    """SQLite's INSERT OR REPLACE deletes without asking."""
    decision, draft = confirmed(), drafted(2025)
    inside, outside = Sheet.objects.filter(decision=decision), Sheet.objects.filter(decision=draft)
    sheet, other = inside.earliest("pk").pk, outside.earliest("pk").pk
    score = Score.objects.get(sheet=sheet).pk
    head = "decided_decision (version, seal, state, grade, id, year) VALUES (1, '', 'draft', 'x', %s, %s)"
    for into, *values in (
        (head, decision.pk, 2024),
        (head, decision.pk + 1000, 2026),
        ("decided_sheet (judge, id, decision_id) VALUES ('x', %s, %s)", sheet, draft.pk),
        ("decided_score (points, id, sheet_id) VALUES (1, %s, %s)", score, other),
    ):
        sqlite = connection.vendor == "sqlite"
        insert = (
            ["INSERT OR REPLACE INTO", into] if sqlite else ["INSERT INTO", into, "ON CONFLICT DO NOTHING"]
        )
        with refused():
            run(" ".join(insert), *values)


@pytest.mark.parametrize("model", [Decision, Sheet, Score])
def test_e4_what_was_changed_behind_the_refusal_is_named(model: type[Model]) -> None:
    decision = confirmed()
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
    unprotect(model)
    name = {Decision: "grade", Sheet: "judge", Score: "points"}[model]  # type: ignore[index]  # as the test needs it
    model._default_manager.update(**{name: 7})
    protect(model)
    assert [(fault.account, str(fault.text)) for fault in DECISIONS.faults()] == [
        (decision, "확정할 때와 다르거나 확정한 기록이 없는 decision입니다.")
    ]


# ----------------------------------------------------------------------------------------------------- at once
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_e4_of_many_who_confirm_at_once_one_does() -> None:
    decision, planner = drafted(), make.planner()

    def try_() -> str:
        with pretend(DAY):
            try:
                take(DECISIONS.confirm, decision, actor=User.objects.get(pk=planner.pk))
            except Rejected:
                return "rejected"
            return "confirmed"

    assert sorted(at_once(*[try_] * 6)) == ["confirmed", *["rejected"] * 5]
    assert history(decision).filter(name="confirm").count() == 1
    assert again(decision).version == 2
