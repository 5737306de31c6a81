"""E2, E3: marks, sheets, paper, closing."""

import datetime as dt
from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.models import TransitionLog
from core.now import pretend, today
from evaluations.enums import RoundState, SheetState, StageState
from evaluations.models import Entry, Judge, Mark, Sheet, Stage, Typing
from evaluations.services import paper, rounds, sheets, stages
from notifications.models import Notice
from organization.enums import Role
from tests import factories as make
from tests.evaluations import made

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def a_sheet() -> Sheet:
    return Sheet.objects.select_related("judge__user", "judge__stage", "entry").order_by("pk").first()


def test_e2_a_mark_is_a_number_from_nothing_to_its_most_with_two_decimals() -> None:
    made.scoring([made.outsider()])
    sheet = a_sheet()
    pk = next(iter(made.marks(sheet)))
    for wrong in ("11", "-1", "7.555", "", "아홉", "NaN", "Infinity", "1e400", None):
        with pytest.raises(Rejected):
            sheets.save_mark(sheet, pk, wrong, actor=sheet.judge.user)
    for right in ("0", "10", "7.55", " 3 "):
        sheets.save_mark(sheet, pk, right, actor=sheet.judge.user)
        assert Mark.objects.get().value == Decimal(right.strip())
    with pytest.raises(Rejected):
        sheets.save_mark(sheet, 999_999, "3", actor=sheet.judge.user)


def test_e3_only_the_judge_scores_and_only_within_the_days() -> None:
    user, deputy = make.UserFactory(), make.UserFactory()
    stage = made.scoring([user, made.outsider()])
    sheet = Sheet.objects.select_related("judge__user").filter(judge__user=user).first()
    pk = next(iter(made.marks(sheet)))
    make.away(user, deputy, today(), today())
    for other in (make.fresh(deputy), make.planner(), Judge.objects.exclude(user=user).get().user):
        with pytest.raises(Refused):
            sheets.save_mark(sheet, pk, 5, actor=other)
    for day in (stage.opens_on - dt.timedelta(days=1), stage.closes_on + dt.timedelta(days=1)):
        with pretend(day), pytest.raises(Rejected):
            sheets.save_mark(sheet, pk, 5, actor=user)
    sheets.save_mark(sheet, pk, 5, actor=user)


def test_e2_a_sheet_is_done_with_all_its_marks_and_stays_open_to_correction() -> None:
    made.scoring([made.outsider()])
    sheet = a_sheet()
    user, values = sheet.judge.user, made.marks(sheet)
    first, *rest = values
    with pytest.raises(Rejected):
        sheets.finish(sheet, {first: 5}, actor=user)
    assert not Mark.objects.exists()  # refused as a whole
    sheets.save_mark(sheet, first, 5, actor=user)
    sheets.finish(sheet, dict.fromkeys(rest, 6), comment="좋습니다.", actor=user)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.comment) == (SheetState.DONE, "좋습니다.")
    sheets.save_mark(sheet, first, 9, actor=user)
    assert Mark.objects.get(sheet=sheet, criterion=first).value == 9
    assert Sheet.objects.get(pk=sheet.pk).state == SheetState.DONE


def test_e3_a_stale_form_is_refused_with_what_changed() -> None:
    made.scoring([made.outsider()])
    sheet = a_sheet()
    user, (first, second) = sheet.judge.user, made.marks(sheet)
    sheets.save_mark(sheet, first, 8, actor=user)
    with pytest.raises(Rejected) as refused:
        sheets.save(sheet, {first: 3, second: 4}, version=1, actor=user)
    assert "창의성 8" in refused.value.message
    assert Mark.objects.get().value == 8
    sheets.save(sheet, {first: 8, second: 4}, version=1, actor=user)  # agrees with what is there
    assert Mark.objects.count() == 2


def test_e3_who_abstains_says_why_on_the_sheet_alone_and_may_score_after_all() -> None:
    made.scoring([made.outsider()])
    sheet = a_sheet()
    user = sheet.judge.user
    sheets.save_mark(sheet, next(iter(made.marks(sheet))), 8, actor=user)
    sheets.abstain(sheet, reason="잘 모르는 분야입니다.", actor=user)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.comment, sheet.marks.count()) == ("abstained", "잘 모르는 분야입니다.", 0)
    assert not TransitionLog.objects.filter(reason__contains="분야").exists()
    with pytest.raises(Rejected):
        sheets.save_mark(sheet, next(iter(made.marks(sheet))), 8, actor=user)
    sheets.resume(sheet, actor=user)
    made.score(sheet)


def test_e3_paper_is_typed_twice_by_two_who_do_not_judge() -> None:
    stage = made.scoring([made.outsider()])
    one = make.planner()
    two = make.fresh(make.UserFactory(department=one.department, roles=[Role.PLANNING]))
    sheet = a_sheet()
    values = made.marks(sheet, "7.5")
    assert paper.type_in(sheet, values, actor=one) == ("first", [])
    assert not Mark.objects.exists()
    with pytest.raises(Rejected):
        paper.type_in(sheet, values, actor=one)
    wrong = {**values, next(iter(values)): "7"}
    outcome, apart = paper.type_in(sheet, wrong, actor=two)
    assert (outcome, apart) == ("apart", ["창의성"])
    assert not Typing.objects.exists()
    told = Notice.objects.filter(kind="evaluations.typed_apart")
    assert {notice.recipient_id for notice in told} == {one.pk, two.pk}
    assert all("7.5" not in notice.title + notice.body for notice in told)
    paper.type_in(sheet, values, actor=two)
    assert paper.type_in(sheet, values, actor=one) == ("agreed", [])
    sheet.refresh_from_db()
    assert (sheet.state, sheet.paper) == (SheetState.DONE, True)
    assert set(sheet.marks.values_list("value", flat=True)) == {Decimal("7.5")}
    with pytest.raises(Refused):
        paper.type_in(Sheet.objects.filter(state="open").first(), values, actor=sheet.judge.user)
    assert stage.state == StageState.SCORING


def test_e2_a_stage_closes_when_all_is_in_or_its_days_are_over() -> None:
    stage = made.scoring([made.outsider(), made.outsider()])
    with pytest.raises(Rejected):
        stages.close(stage, actor=make.planner())
    made.score_all(stage)
    stages.close(stage, actor=make.planner())
    stage.refresh_from_db()
    assert stage.state == StageState.CLOSED
    assert stage.round.__class__.objects.get().state == RoundState.DRAFT
    sheet = a_sheet()
    with pytest.raises(Rejected):
        sheets.save_mark(sheet, next(iter(made.marks(sheet))), 1, actor=sheet.judge.user)


def test_e2_the_best_of_each_division_go_on_with_their_equals() -> None:
    made.stalls(3)
    made.stalls(1, division="two")
    round = made.prepared([made.outsider()])
    first = round.stages.get()
    Stage.objects.create(round=round, order=2, title="결선", panel=first.panel)
    final = round.stages.get(order=2)
    for one in first.criteria.all():
        one.pk, one.stage = None, final
        one.save()
    Stage.objects.filter(pk=first.pk).update(passes=1, way="mean")
    rounds.open(round, actor=make.planner())
    made.signed(first)
    stages.start(first, actor=make.planner())
    for sheet, mark in zip(
        Sheet.objects.order_by("entry__number").select_related("judge__user"), (5, 9, 9, 1), strict=True
    ):
        made.score(sheet, mark)
    stages.close(first, actor=make.planner())
    assert [entry.number for entry in Entry.objects.filter(stage=2)] == [2, 3, 4]
    assert round.__class__.objects.get().state == RoundState.RUNNING
    final.refresh_from_db()
    assert final.state == StageState.WAITING


def test_e2_another_way_to_reckon_needs_a_reason_and_keeps_the_first() -> None:
    stage = made.scoring([made.outsider()])
    with pytest.raises(Rejected):
        stages.change_way(stage, "median", reason=" ", actor=make.planner())
    with pytest.raises(Rejected):
        stages.change_way(stage, "corrected", reason="나눔", actor=make.planner())
    stages.change_way(stage, "median", reason="위원이 셋뿐", actor=make.planner())
    stages.change_way(stage, "mean", reason="다시", actor=make.planner())
    stage.refresh_from_db()
    assert (stage.way, stage.way_before, stage.way_reason) == ("mean", "trimmed", "다시")


def test_e2_other_days_are_told_to_who_has_something_left() -> None:
    one, two = made.outsider(), made.outsider()
    stage = made.scoring([one, two])
    for sheet in Sheet.objects.filter(judge__user=one).select_related("judge__user"):
        made.score(sheet)
    until = stage.closes_on + dt.timedelta(days=3)
    stages.extend(stage, opens_on=stage.opens_on, closes_on=until, reason="연휴", actor=make.planner())
    assert list(Notice.objects.filter(kind="evaluations.extended").values_list("recipient", flat=True)) == [
        two.pk
    ]


def test_e3_logs_tell_no_mark() -> None:
    made.scoring([made.outsider()])
    sheet = a_sheet()
    made.score(sheet, "8.25")
    texts = [
        *map(str, TransitionLog.objects.values_list("data", "reason")),
        *map(str, LogEntry.objects.values_list("changes")),
    ]
    assert not any("8.25" in text for text in texts)


def test_e3_one_address_saves_one_mark(client: Client) -> None:
    made.scoring([made.outsider(), made.outsider()])
    sheet = a_sheet()
    client.force_login(sheet.judge.user)
    pk = next(iter(made.marks(sheet)))
    address = reverse("evaluations:sheet_mark", args=[sheet.pk])
    answer = client.post(address, {"criterion": pk, f"c{pk}": "6"})
    assert answer.status_code == 200
    assert Mark.objects.get().value == 6
    other = Sheet.objects.exclude(judge=sheet.judge).first()
    assert client.post(reverse("evaluations:sheet_mark", args=[other.pk]), {}).status_code == 404
