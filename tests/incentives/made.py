"""Makes projects of incentives, as services make them."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from core.now import today
from incentives.enums import BriefingKind, Kind, Post, Role, Way
from incentives.models import Briefing, Contact, Division
from incentives.services import contacts, plans, projects
from meetings.models import Panel, Session
from meetings.services import panels, seats, sessions
from organization.models import Department, User
from tests import factories as make

VALUES: dict[str, Any] = {
    "kind": Kind.JOINT,
    "title": "안전도시 만들기",
    "name": "",
    "evaluator": "안전총괄과",
    "budget": 900_000_000,
    "way": Way.ABSOLUTE,
    "full_marks": 100,
}


def division(
    *owners: Department,
    helpers: Iterable[Department] = (),
    year: int | None = None,
    actor: Any = None,
    **values: Any,
) -> Division:
    """A project of one division, nothing told of it yet."""
    places = owners or (make.DepartmentFactory(),)
    parts = [(one, Role.OWNER) for one in places] + [(one, Role.HELPER) for one in helpers]
    wanted = {**VALUES, "year": year or today().year, **values}
    return projects.register(wanted, parts, actor=actor or make.planner())


def named(found: Division, actor: Any = None) -> dict[str, User]:
    """Somebody of its first owner in each post, by post."""
    part = found.parts.order_by("order").first()
    assert part is not None
    people = {post: make.UserFactory(department=part.department) for post in Post.values}
    chosen = {(part.pk, post): user for post, user in people.items()}
    contacts.name(found, chosen, actor=actor or make.planner())
    return people


def notified(*owners: Department, on: date | None = None, **values: Any) -> Division:
    found = division(*owners, **values)
    return plans.notify(found, on=on or today(), actor=make.planner())


def running(*owners: Department, submit_on: date | None = None, **values: Any) -> Division:
    """Its own plan is approved, by another than who sent it."""
    found = notified(*owners, **values)
    writer = make.UserFactory(department=found.parts.order_by("order")[0].department)
    texts = {"overview": "연 1회 서면과 현장 평가", "goals": "우수구 진입", "measures": "매주 점검"}
    plans.write(found, texts, actor=writer)
    plans.send(found, actor=writer)
    return plans.approve(found, submit_on=submit_on, actor=make.planner())


def contact_of(found: Division, post: str) -> Contact:
    return Contact.objects.get(part__division=found, post=post, state="current")


def briefed(*people: User, on: date | None = None) -> Session:
    """A check of this year at which these people are."""
    briefing = Briefing(year=today().year, kind=BriefingKind.CHECK)

    def attach(panel: Panel) -> None:
        briefing.panel = panel
        briefing.save()

    planner = make.planner()
    name = {"name": f"{today().year} 추진사항 점검", "size": 5, "begun_on": today()}
    panel = panels.make(name, kind="briefing", attach=attach, actor=planner)
    for user in people:
        seats.appoint(panel, user, {"basis": "ex_officio", "starts_on": today()}, actor=planner)
    day = on or today()
    return sessions.plan(panel, held_on=day, begins_at=time(14), place="기획상황실", actor=planner)
