"""Panels of the demonstration with their members and sessions, each step through its service (O4, E7)."""

from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from core.now import today as now_day
from demo.days import workday_after, workday_from, workday_until
from demo.files import read
from demo.organization import PASSWORD, person, planner
from demo.timeline import Timeline, do
from meetings.models import Panel, Session
from meetings.selectors import seated
from meetings.services import panels, seats, sessions
from organization.models import User

CONFIRMER = "100014"  # the head of planning, who wrote none of the minutes
ADDRESS = "outside{n}@hanbit.example"
LASTS = time(16)
MERGED = "위원회 정비"


def add(timeline: Timeline, today: date) -> None:
    found = read("meetings")
    password = make_password(PASSWORD)
    for place, row in enumerate(found["panels"]):
        begun = row.get("begun_on") or workday_until(today + timedelta(days=row["begun"]))
        timeline.add(begun, partial(_make, row, place, password))
        if "ended_on" in row:
            timeline.add(row["ended_on"], partial(_end, row["name"]))
    for row in found["sessions"]:
        day = workday_from(today + timedelta(days=row["day"]))
        told = workday_until(today + timedelta(days=row.get("told", row["day"] - 14)))
        timeline.add(told, partial(_plan, row, day))
        if "minutes" in row:
            timeline.add(day, partial(_hold, row, day))
            timeline.add(workday_after(day), partial(_confirm, row["panel"], day))


def _make(row: dict[str, Any], place: int, password: str) -> None:
    """Who comes from outside has used the invitation already, and has the password that everybody knows."""
    values = {name: row.get(name, "") for name in ("name", "purpose", "decides", "size", "every")}
    panel = do(panels.make, {**values, "begun_on": now_day()}, actor=planner())
    for one in row.get("staff", ()):
        post = {"chair": one.get("chair", "member"), "basis": "ex_officio", "starts_on": now_day()}
        if "term" in one:  # appointed, though known here already
            post |= {**one["term"], "basis": "appointed", "ends_on": seats.usual_end(now_day())}
        do(seats.appoint, panel, person(one["number"]), post, actor=planner())
    for n, one in enumerate(row.get("outside", ())):
        term = {"starts_on": now_day(), "ends_on": seats.usual_end(now_day()), "official": False}
        known = {name: one[name] for name in ("belongs", "sex", "official", "chair") if name in one}
        seat = do(
            seats.invite,
            panel,
            {**term, **known},
            name=one["name"],
            email=ADDRESS.format(n=100 * place + n),
            actor=planner(),
        )
        User.objects.filter(pk=seat.user_id).update(
            password=password, must_change_password=False, is_demo=True
        )


def _end(name: str) -> None:
    do(panels.end, Panel.objects.get(name=name), on=now_day(), reason=MERGED, actor=planner())


def _plan(row: dict[str, Any], day: date) -> None:
    do(
        sessions.plan,
        Panel.objects.get(name=row["panel"]),
        held_on=day,
        begins_at=time.fromisoformat(row["at"]),
        place=row["place"],
        items=[(title, None) for title in row["items"]],
        actor=planner(),
    )


def _session(panel: str, day: date) -> Session:
    return Session.objects.get(panel__name=panel, held_on=day)


def _hold(row: dict[str, Any], day: date) -> None:
    session = _session(row["panel"], day)
    came = {seat.pk for seat in seated(session.panel, day) if seat.user.name not in row.get("absent", ())}
    votes = ("yes", "no", "abstained")
    outcomes = {
        item.pk: (one["outcome"], one["resolution"], *(one.get(vote) for vote in votes))
        for item, one in zip(session.items.all(), row["outcomes"], strict=True)
    }
    do(
        sessions.hold,
        session,
        present=came,
        ends_at=LASTS,
        minutes=row["minutes"],
        outcomes=outcomes,
        actor=planner(),
    )


def _confirm(panel: str, day: date) -> None:
    do(sessions.confirm, _session(panel, day), actor=person(CONFIRMER))
