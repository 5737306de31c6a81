"""E3: no content before signing; what keeps a judge from an entry."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from basis.errors import Refused, Rejected
from core.models import OpenWork
from core.now import pretend, today
from evaluations.enums import ConflictState, Ground, JudgeState, SheetState
from evaluations.models import Conflict, Entry, Judge, Sheet
from evaluations.selectors.judging import named, token_of
from evaluations.services import conflicts, judges, sheets, stages
from meetings.enums import Chair
from meetings.models import Seat
from organization.enums import Role
from organization.models import Posting
from tests import factories as make
from tests.evaluations import made, results
from tests.fairs.models import Stall

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]


def grounds(judge: Judge) -> dict[str, str]:
    return {one.entry.title: one.ground for one in judge.conflicts.select_related("entry")}


def test_e3_the_system_knows_whose_department_and_who_reviewed() -> None:
    ours, theirs = make.DepartmentFactory(), make.DepartmentFactory()
    judge = make.UserFactory(department=ours)
    moved = make.UserFactory(department=theirs)
    moved.postings.update(valid_from=dt.date(2026, 6, 30))
    Posting.objects.create(
        user=moved,
        department=ours,
        position="officer",
        valid_from=dt.date(2010, 1, 1),
        valid_to=dt.date(2026, 6, 29),
    )
    late = make.UserFactory(department=ours)
    late.postings.update(valid_from=dt.date(2026, 7, 1))
    for title, values in {
        "own": {"keeper": judge},
        "joint": {"helper": judge},
        "department": {"department": ours},
        "reviewed": {"adviser": ours},
        "free": {"department": theirs},
    }.items():
        Stall.objects.create(title=title, text="글", **values)
    stage = made.opened([judge, moved, late])
    first, second, third = Judge.objects.filter(stage=stage).order_by("number")
    assert grounds(first) == {
        "own": Ground.SELF,
        "joint": Ground.JOINT,
        "department": Ground.DEPARTMENT,
        "reviewed": Ground.REVIEWED,
    }
    assert grounds(second) == {
        "department": Ground.DEPARTMENT,  # served there on a day of the period
        "reviewed": Ground.REVIEWED,
        "free": Ground.DEPARTMENT,
    }
    assert grounds(third) == {}  # came there after the period


def test_e3_content_opens_by_signing_alone(client: Client) -> None:
    user = made.outsider()
    made.opened([user, made.outsider()])
    judge = Judge.objects.get(user=user)
    client.force_login(user)
    page = reverse("evaluations:judge", args=[judge.pk])
    assert client.get(page).headers["Location"] == f"{page}sign/"
    shown = client.get(f"{page}sign/").content.decode()
    assert "주민1" in shown
    assert "빈 점포" not in shown  # neither titles nor texts
    assert "가게 1의 내용" not in shown
    Sheet.objects.create(judge=judge, entry=Entry.objects.first())
    assert client.get(reverse("evaluations:sheet", args=[judge.sheets.get().pk])).status_code == 404
    judge.sheets.all().delete()
    answer = client.post(f"{page}sign/", {})
    assert answer.status_code == 422  # not agreed
    client.post(f"{page}sign/", {"agreed": "1"})
    judge.refresh_from_db()
    assert judge.state == JudgeState.SIGNED
    assert judge.pledge
    assert client.get(f"{page}sign/").status_code == 404  # once


def test_e3_nothing_on_the_page_of_signing_leads_to_an_entry() -> None:
    user = made.outsider()
    made.opened([user], entries=5)
    judge = Judge.objects.get()
    entry = Entry.objects.first()
    rows = named(judge)
    assert len({row.token for row in rows}) == 5
    assert str(entry.pk) != token_of(judge, entry)
    assert [row.names for row in rows] == sorted(row.names for row in rows)


def test_e3_named_conflicts_keep_the_judge_from_the_entry(client: Client) -> None:
    user = made.outsider()
    stage = made.opened([user, made.outsider()])
    judge, entry = Judge.objects.get(user=user), Entry.objects.first()
    client.force_login(user)
    token = token_of(judge, entry)
    address = reverse("evaluations:judge_sign", args=[judge.pk])
    client.post(address, {"agreed": "1", f"ground-{token}": "relative", f"reason-{token}": "조카"})
    assert Conflict.objects.get(judge=judge).ground == Ground.RELATIVE
    made.signed(stage)
    stages.start(stage, actor=make.planner())
    assert not Sheet.objects.filter(judge=judge, entry=entry).exists()
    assert Sheet.objects.filter(judge=judge).count() == 2


def test_e3_signing_is_never_a_substitutes() -> None:
    user, deputy = make.UserFactory(), make.UserFactory()
    make.away(user, deputy, today(), today())
    made.opened([user])
    judge = Judge.objects.get()
    with pytest.raises(Refused):
        judges.sign(judge, {}, agreed=True, actor=make.fresh(deputy))


def test_e3_a_conflict_found_later_voids_what_was_not_done_yet() -> None:
    user = made.outsider()
    made.scoring([user, made.outsider()])
    first, second, _third = Sheet.objects.filter(judge__user=user).order_by("entry__number")
    made.score(second)
    sheets.save_mark(first, next(iter(made.marks(first))), 3, actor=user)
    conflicts.declare(first.judge, first.entry, Ground.DECLARED, "아는 사람", actor=user)
    first.refresh_from_db()
    assert first.state == SheetState.VOID
    with pytest.raises(Rejected):
        conflicts.declare(second.judge, second.entry, Ground.DECLARED, "아는 사람", actor=user)
    with pytest.raises(Rejected):
        sheets.save_mark(first, next(iter(made.marks(first))), 3, actor=user)


def test_e3_a_challenge_is_decided_by_the_chair_and_never_by_who_is_concerned() -> None:
    chair, member = made.outsider(), made.outsider()
    keeper = make.UserFactory()
    made.stalls(2, keeper=keeper)
    stage = made.scoring([member], chair=chair)
    entry = Entry.objects.first()
    seat = Judge.objects.get(stage=stage, user=member)
    with pytest.raises(Refused):
        conflicts.challenge(entry, seat, "친분", actor=make.UserFactory())
    asked = conflicts.challenge(entry, seat, "친분", actor=keeper)
    assert asked.state == ConflictState.ASKED
    assert Sheet.objects.get(judge=seat, entry=entry).state == SheetState.OPEN
    with pytest.raises(Refused):
        conflicts.decide(asked, uphold=True, answer="네", actor=member)
    conflicts.decide(asked, uphold=True, answer="그렇게 합니다.", actor=chair)
    assert Sheet.objects.get(judge=seat, entry=entry).state == SheetState.VOID
    own = conflicts.challenge(entry, Judge.objects.get(user=chair), "친분", actor=keeper)
    assert chair.pk not in own.deciders()


def test_e3_where_neither_chair_nor_vice_chair_may_decide_the_head_of_planning_does() -> None:
    """Both are challenged by the same entrant; who runs the round decides in nobody's place (D9)."""
    chair, vice, member = (made.outsider() for _number in range(3))
    keeper, head = make.UserFactory(), results.second()
    made.stalls(2, keeper=keeper)
    stage = made.opened([member, vice], chair=chair)
    Seat.objects.filter(panel=stage.panel, user=vice).update(chair=Chair.VICE)
    made.signed(stage)
    stages.start(stage, actor=make.planner())
    entry = Entry.objects.first()
    of_vice = conflicts.challenge(entry, Judge.objects.get(user=vice), "친분", actor=keeper)
    assert of_vice.deciders() == [chair.pk]
    of_chair = conflicts.challenge(entry, Judge.objects.get(user=chair), "친분", actor=keeper)
    assert of_chair.deciders() == [vice.pk]
    conflicts.decide(of_vice, uphold=True, answer="그렇게 합니다.", actor=chair)
    assert of_chair.deciders() == [head.pk]
    for other in (vice, chair, member, make.planner(), keeper):
        with pytest.raises(Refused):
            conflicts.decide(of_chair, uphold=True, answer="네", actor=other)
    client = Client()
    client.force_login(head)
    assert client.get(of_chair.get_absolute_url()).status_code == 200
    conflicts.decide(of_chair, uphold=True, answer="그렇게 합니다.", actor=head)
    assert Sheet.objects.get(judge__user=chair, entry=entry).state == SheetState.VOID


def test_e3_where_the_head_of_planning_judges_another_officer_of_planning_decides() -> None:
    keeper, head = make.UserFactory(), results.second()
    other = make.UserFactory(department=head.department, roles=[Role.PLANNING])
    made.stalls(1, keeper=keeper)
    made.scoring([made.outsider(), head])
    asked = conflicts.challenge(
        Entry.objects.get(), Judge.objects.exclude(user=head).get(), "친분", actor=keeper
    )
    assert asked.deciders() == [other.pk]


def test_e3_the_page_of_a_challenge_names_the_panel_and_not_who_scores(client: Client) -> None:
    keeper, members = make.UserFactory(), [made.outsider(name=f"위원{n}") for n in range(1, 4)]
    made.stalls(2, keeper=keeper)
    made.scoring(members, per_entry=1)
    entry = Entry.objects.first()
    client.force_login(keeper)
    address = reverse("evaluations:entry_challenge", args=[entry.pk])
    before = client.get(address)
    assert all(str(member) in before.content.decode() for member in members)
    client.force_login(make.UserFactory())
    assert client.get(address).status_code == 404


def test_e3_a_judge_who_declines_or_is_released_leaves_room_for_others() -> None:
    first, second, third = (made.outsider() for _n in range(3))
    stage = made.scoring([first, second, third], entries=4, per_entry=2)
    judge = Judge.objects.get(user=first)
    done = Sheet.objects.filter(judge=judge).first()
    made.score(done)
    kept = Sheet.objects.filter(judge=judge).count()
    judges.release(judge, void=False, reason="이사", actor=make.planner())
    assert Sheet.objects.get(pk=done.pk).state == SheetState.DONE
    assert Sheet.objects.filter(judge=judge, state=SheetState.VOID).count() == kept - 1
    stages.reassign(stage, reason="해촉", actor=make.planner())
    live = Sheet.objects.exclude(state=SheetState.VOID)
    assert [live.filter(entry=entry).count() for entry in Entry.objects.all()] == [2, 2, 2, 2]
    other = Judge.objects.get(user=second)
    judges.decline(other, reason="일정", actor=second)
    assert not Sheet.objects.filter(judge=other).exclude(state=SheetState.VOID).exists()


def test_e3_another_member_is_asked_instead() -> None:
    stage = made.scoring([made.outsider(), made.outsider()])
    seat = Seat.objects.create(panel=stage.panel, user=made.outsider(), starts_on=today())
    judge = judges.ask_instead(stage, seat, actor=make.planner())
    judges.sign(judge, {}, agreed=True, actor=seat.user)
    assert Sheet.objects.filter(judge=judge).count() == 3  # all score all: theirs come by signing


def test_e3_impossible_demands_say_which_and_why() -> None:
    ours = make.DepartmentFactory()
    people = [make.UserFactory(department=ours), made.outsider()]
    made.stalls(1, department=ours)
    stage = made.opened(people, per_entry=2)
    made.signed(stage)
    with pytest.raises(Rejected) as refused:
        stages.start(stage, actor=make.planner())
    assert "빈 점포를 쓰는 가게 1" in refused.value.message
    assert "1명뿐" in refused.value.message


def test_e3_the_same_seed_draws_the_same_and_is_kept() -> None:
    stage = made.scoring([made.outsider() for _n in range(4)], entries=6, per_entry=2)
    assert len(stage.seed) == 16
    loads = [Sheet.objects.filter(judge=judge).count() for judge in Judge.objects.all()]
    assert loads == [3, 3, 3, 3]


def test_e3_signing_reminds_and_scoring_is_asked_in_person() -> None:
    user = made.outsider()
    stage = made.opened([user])
    (work,) = OpenWork.objects.about(Judge)
    assert (work.ask, work.personal) == ("sign", True)
    made.signed(stage)
    stages.start(stage, actor=make.planner())
    (work,) = OpenWork.objects.about(Judge)
    assert (work.ask, work.personal, work.due) == ("score", True, stage.closes_on)
    made.score_all(stage)
    assert not OpenWork.objects.about(Judge).exists()
    with pretend(today() + dt.timedelta(days=8)):
        stages.close(stage, actor=make.planner())
