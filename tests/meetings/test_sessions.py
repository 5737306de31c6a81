"""Sessions: told to all with a seat that day, held with a quorum, their minutes confirmed by another (E7, D9)."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from basis.errors import Refused, Rejected
from core.editing import Conflict, Outdated
from core.models import OpenWork
from core.now import pretend
from core.permissions import can
from core.work.verify import differences
from meetings.documents import minutes
from meetings.enums import SessionState
from meetings.models import Correction, Session
from meetings.selectors import carries, needed_of, resolved, seated
from meetings.services import corrections, seats, sessions
from notifications.models import Mail, Notice
from organization.enums import Role
from tests import factories as make
from tests.meetings import made
from tests.meetings.made import DAY

pytestmark = pytest.mark.django_db
NEXT = DAY + dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def _day() -> Any:
    with pretend(DAY):
        yield


def test_e7_all_with_a_seat_that_day_are_asked_to_come() -> None:
    panel = made.filled()
    gone = made.seat(panel, ends_on=DAY)
    session = made.planned(panel, on=NEXT)
    asked = set(Notice.objects.filter(kind="meetings.invited").values_list("recipient", flat=True))
    assert asked == {seat.user_id for seat in seated(panel, NEXT)}
    assert gone.user_id not in asked
    assert Mail.objects.filter(kind="meetings.invited").count() == 5
    assert (session.number, session.title) == (1, "제1회 회의")
    assert OpenWork.objects.about(Session).get().ask == "attend"


def test_e7_a_change_is_told_again_and_a_cancelled_one_with_its_reason() -> None:
    panel = made.filled()
    leaving = made.seat(panel, ends_on=NEXT)
    session = made.planned(panel, on=NEXT)
    later = NEXT + dt.timedelta(days=1)
    changed = sessions.change(session, {"held_on": later}, actor=make.planner(), version=session.version)
    assert Notice.objects.filter(kind="meetings.changed").count() == 5
    assert Notice.objects.get(kind="meetings.moved_away").recipient == leaving.user
    with pytest.raises(Conflict):
        sessions.change(session, {"place": "강당"}, actor=make.planner(), version=session.version)
    with pytest.raises(Rejected):
        sessions.cancel(changed, reason="", actor=make.planner(), version=changed.version)
    sessions.cancel(changed, reason="일정 조정", actor=make.planner(), version=changed.version)
    assert "일정 조정" in Notice.objects.filter(kind="meetings.cancelled")[0].body
    assert not OpenWork.objects.about(Session).exists()


def test_e7_who_joins_after_it_was_planned_is_asked_too() -> None:
    panel = made.filled()
    made.planned(panel, on=NEXT)
    new = made.seat(panel)
    held_by = OpenWork.objects.about(Session).get().holders.values_list("key", flat=True)
    assert f"u:{new.user_id}" in held_by
    assert not list(differences())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"held_on": made.BEGUN - dt.timedelta(days=1)}, "held_on"),
        ({"held_on": dt.date(2029, 1, 1)}, "held_on"),
        ({"place": " "}, "place"),
        ({"items": [("  ", None)]}, "agenda"),
        ({"items": [("가" * 201, None)]}, "agenda"),
        ({"items": [("안건", None)] * 101}, "agenda"),
    ],
)
def test_e7_a_session_that_cannot_be_is_refused_beside_its_field(values: dict[str, Any], field: str) -> None:
    usual = {"held_on": DAY, "begins_at": dt.time(14), "place": "회의실", "items": [("안건", None)]}
    with pytest.raises(Rejected) as refused:
        sessions.plan(made.filled(), **{**usual, **values}, actor=make.planner())
    assert refused.value.field == field


def test_e7_there_is_one_session_at_a_time_and_none_without_members() -> None:
    panel = made.filled()
    made.planned(panel)
    with pytest.raises(Rejected):
        made.planned(panel)
    with pytest.raises(Rejected):
        made.planned(made.panel())


def test_e7_without_more_than_half_nothing_is_resolved() -> None:
    session = made.planned()
    with pytest.raises(Rejected) as refused:
        made.held(session, came=2)
    assert refused.value.field == f"item-{session.items.get().pk}-outcome"
    held = made.held(session, came=2, outcome=("deferred", "", None, None, None))
    assert (held.needed, held.came, held.is_quorate) == (3, 2, False)


def test_e7_a_secretary_has_no_vote_and_makes_no_quorum() -> None:
    panel = made.filled()
    secretary = made.seat(panel, chair="secretary")
    session = made.planned(panel)
    voters = [seat.pk for seat in seated(panel, DAY)][:2]
    with pytest.raises(Rejected):
        sessions.hold(
            session,
            present={*voters, secretary.pk},
            ends_at=None,
            minutes="논의",
            outcomes={session.items.get().pk: ("passed", "", None, None, None)},
            actor=make.planner(),
        )


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (("passed", "", 2, 2, 0), "yes"),  # no majority of the four who came
        (("passed", "", 3, 2, 0), "yes"),  # five votes of four
        (("passed", "", 10**9, 0, 0), "yes"),
        (("passed", "", -1, 0, 0), "yes"),
        (("rejected", "", 3, 1, 0), "outcome"),
        (("amended", " ", 3, 1, 0), "resolution"),
        (("maybe", "", None, None, None), "outcome"),
    ],
)
def test_e7_the_votes_decide(outcome: Any, field: str) -> None:
    session = made.planned()
    with pytest.raises(Rejected) as refused:
        made.held(session, came=4, outcome=outcome)
    assert (refused.value.field or "").endswith(field)
    assert made.held(session, came=4, outcome=("passed", "", 3, 1, 0)).state == SessionState.HELD


@given(st.integers(1, 60), st.integers(0, 60))
def test_e7_more_than_half_is_exact(voters: int, yes: int) -> None:
    needed = needed_of(voters, DAY)
    assert 2 * needed > voters >= 2 * (needed - 1)
    assert carries(yes, voters, DAY) == (2 * yes > voters)


def test_e7_only_who_had_a_seat_that_day_was_there() -> None:
    panel = made.filled()
    session = made.planned(panel)
    stranger = made.seat(made.filled())
    later = made.seat(panel, starts_on=NEXT)
    for wrong in (stranger.pk, later.pk, 10**9):
        with pytest.raises(Rejected) as refused:
            sessions.hold(
                session, present={wrong}, ends_at=None, minutes="논의", outcomes={}, actor=make.planner()
            )
        assert refused.value.field == "present"
    with pytest.raises(Rejected):
        sessions.hold(session, present=set(), ends_at=None, minutes="논의", outcomes={}, actor=make.planner())


def test_e7_who_is_excused_is_not_there_and_the_reason_stays() -> None:
    session = made.planned()
    first, *rest = seated(session.panel, DAY)
    with pytest.raises(Rejected):
        made.held(session, excused={first.pk: "본인 제안"})
    outcomes = {session.items.get().pk: ("passed", "", 4, 0, 0)}
    held = sessions.hold(
        session,
        present={seat.pk for seat in rest},
        excused={first.pk: "본인 제안"},
        ends_at=dt.time(15),
        minutes="논의",
        outcomes=outcomes,
        actor=make.planner(),
    )
    kept = held.attendances.get(seat=first)
    assert (kept.present, kept.excused, kept.note, held.came) == (False, True, "본인 제안", 4)


def test_e7_nothing_is_written_before_the_day_and_nothing_held_twice() -> None:
    session = made.planned(on=NEXT)
    with pytest.raises(Rejected):
        made.held(session)
    with pretend(NEXT):
        held = made.held(session)
        again = made.held(Session.objects.get(pk=session.pk), minutes="고쳐 적음")
        assert again.minutes == "고쳐 적음"
        with pytest.raises(Outdated):
            made.held(held, version=held.version)
        made.confirmed(again)
        with pytest.raises(Rejected):
            made.held(Session.objects.get(pk=session.pk))


def test_e7_a_session_whose_day_is_over_waits_for_its_minutes() -> None:
    session = made.planned()
    after = DAY + dt.timedelta(days=1)
    with pretend(after):
        assert sessions.pass_by(after) == 1
        work = OpenWork.objects.about(Session).get()
        assert (work.ask, work.due) == ("write", DAY + dt.timedelta(days=7))
        assert sessions.pass_by(after) == 0
        with pytest.raises(Rejected):
            sessions.change(session, {"place": "강당"}, actor=make.planner())


def test_d9_minutes_are_confirmed_in_person_by_another_than_who_wrote_them() -> None:
    session = made.held(made.planned())
    head = made.confirmer()
    with pytest.raises(Refused):
        sessions.confirm(session, actor=make.planner(), version=session.version)
    substitute = make.UserFactory(department=head.department)
    make.away(head, substitute, DAY, DAY)
    with pytest.raises(Refused):
        sessions.confirm(session, actor=make.fresh(substitute), version=session.version)
    chair = next(seat.user for seat in seated(session.panel, DAY) if seat.chair == "chair")
    assert can(chair, "meetings.confirm", session)
    with pytest.raises(Outdated):
        sessions.confirm(session, actor=head, version=session.version - 1)
    assert made.confirmed(session).confirmed_by == head
    with pytest.raises(Rejected):
        made.confirmed(Session.objects.get(pk=session.pk))


def test_e7_minutes_with_an_item_left_open_are_given_back() -> None:
    session = made.held(made.planned(), outcome=("", "", None, None, None))
    with pytest.raises(Rejected):
        made.confirmed(session)
    back = sessions.give_back(
        session, reason="의결을 적어 주세요.", actor=made.confirmer(), version=session.version
    )
    assert back.state == SessionState.PAST
    assert Notice.objects.get(kind="meetings.given_back").recipient == make.planner()
    assert made.confirmed(made.held(back)).state == SessionState.CONFIRMED


def test_d9_a_correction_keeps_both_and_is_made_by_another_than_who_asks() -> None:
    session = made.confirmed(made.held(made.planned()))
    asked = {"actor": make.planner(), "version": session.version}
    with pytest.raises(Rejected):
        corrections.ask_correction(session, minutes="논의함.", reason="오기", **asked)
    with pytest.raises(Rejected):
        corrections.ask_correction(session, minutes="길게 논의함.", reason="", **asked)
    corrections.ask_correction(session, minutes="길게 논의함.", reason="오기", **asked)
    session = Session.objects.get(pk=session.pk)
    assert (session.state, session.minutes) == (SessionState.CORRECTING, "논의함.")
    with pytest.raises(Refused):
        corrections.correct(session, actor=make.planner(), version=session.version)
    corrected = corrections.correct(session, actor=made.confirmer(), version=session.version)
    assert (corrected.state, corrected.minutes) == (SessionState.CONFIRMED, "길게 논의함.")
    kept = Correction.objects.get()
    assert (kept.before, kept.after, kept.accepted) == ("논의함.", "길게 논의함.", True)
    assert "정정: 오기" in str(minutes(corrected).to_json())


def test_d9_a_correction_that_is_refused_changes_nothing() -> None:
    session = made.confirmed(made.held(made.planned()))
    corrections.ask_correction(
        session, minutes="다름", reason="오기", actor=make.planner(), version=session.version
    )
    session = Session.objects.get(pk=session.pk)
    kept = corrections.refuse_correction(
        session, reason="녹취와 같음", actor=made.confirmer(), version=session.version
    )
    assert (kept.minutes, Correction.objects.get().accepted) == ("논의함.", False)


def test_e7_what_was_resolved_holds_once_the_minutes_are_confirmed_until_it_is_resolved_otherwise() -> None:
    case, panel = make.CaseFactory(), made.filled()
    session = made.planned(panel, items=[("공유주차", case)])
    assert resolved(case) is None
    held = made.held(session)
    assert resolved(case) is None
    made.confirmed(held)
    item = resolved(case)
    assert item is not None
    assert (item.session, item.outcome) == (session, "passed")
    with pretend(NEXT):
        again = made.planned(panel, on=NEXT, items=[("공유주차 재심의", case)])
        made.confirmed(made.held(again, outcome=("rejected", "", 1, 4, 0)))
    assert resolved(case) is None


def test_e7_members_read_their_own_sessions_and_nobody_else_but_who_reads_all() -> None:
    panel = made.filled()
    session = made.planned(panel)
    member = next(seat.user for seat in seated(panel, DAY) if not seat.official)
    before = made.seat(panel, starts_on=made.BEGUN, ends_on=made.BEGUN).user
    for person, sees in (
        (member, True),
        (make.planner(), True),
        (make.UserFactory(roles=[Role.EXECUTIVE]), True),
        (make.UserFactory(roles=[Role.AUDITOR]), True),
        (before, False),
        (make.UserFactory(), False),
        (made.outsider(), False),
    ):
        assert Session.objects.visible_to(person).filter(pk=session.pk).exists() == sees, person


def test_e7_a_secretary_prepares_the_sessions_of_their_own_panel_alone() -> None:
    panel, other, clerk = made.filled(), made.filled(), make.UserFactory()
    made.seat(panel, clerk, chair="secretary")
    at = {"held_on": NEXT, "begins_at": dt.time(10), "place": "회의실", "items": [("안건", None)]}
    assert sessions.plan(panel, **at, actor=clerk).panel == panel
    with pytest.raises(Refused):
        sessions.plan(other, **at, actor=clerk)


def test_e7_a_term_is_not_moved_away_from_a_session_that_was_attended() -> None:
    panel = made.filled()
    seat = made.seat(panel)
    made.held(made.planned(panel))
    with pretend(NEXT):
        with pytest.raises(Rejected):
            seats.end(seat, on=DAY - dt.timedelta(days=1), reason="사임", actor=make.planner())
        with pytest.raises(Rejected):
            seats.edit(seat, {"starts_on": NEXT}, actor=make.planner())
        assert seats.end(seat, on=DAY, reason="사임", actor=make.planner()).ends_on == DAY


def test_e7_the_minutes_name_people_as_they_were_that_day() -> None:
    session = made.held(made.planned())
    first = session.attendances.first()
    assert first is not None
    before = first.label
    make.moved(first.seat.user, make.DepartmentFactory(name="새부서과"))
    assert before in str(minutes(session).to_json())
    assert "(확정 전)" in minutes(session).title
    assert "(확정 전)" not in minutes(made.confirmed(session)).title
