"""Proposals of 2014 and 2015 in the numbers of the source, each received and decided through its service (P10)."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

from core import passes
from core.actors import Bearer
from demo.days import workday_from
from demo.files import read
from demo.organization import department as office
from demo.organization import person, planner
from demo.timeline import Timeline, do, logged
from organization.selectors import heads_of
from proposals.enums import Channel, Ground, Petition, State
from proposals.enums import Notice as Consent
from proposals.models import Proposal, Undertaking
from proposals.services import following, handling, receiving

SEED = 2015
CITIZEN: receiving.Person = {"name": "김구민", "phone": "010-0000-0000"}
SOON, LATE = (4, 24), (32, 55)  # days until the decision: in time, and after the day
PETITION_DAYS = 9
LEFT = 0.15  # of what was adopted is never carried out


class History:
    """The file, and what chance makes of it: always the same."""

    def __init__(self) -> None:
        self.told = read("proposals_history")
        self.chance = random.Random(SEED)  # noqa: S311  no secrets
        self.ideas = {kind: iter(self._shuffled(kind)) for kind in ("citizen", "staff")}
        people = read("staff")["staff"]
        planners = [row["employee_number"] for row in people if "planning_officer" in row.get("roles", ())]
        self.staff = [
            row["employee_number"]
            for row in people
            if row["position"] in ("officer", "team_leader") and row["employee_number"] not in planners
        ]

    def _shuffled(self, kind: str) -> list[dict[str, Any]]:
        """Every place in every idea once, in a mixed order."""
        word = "place" if kind == "citizen" else "work"
        found = [
            {
                **{name: theme[name] for name in ("field", "department", "problem", "improvement")},
                "title": idea.format(**{word: at}),
            }
            for theme in self.told[kind]
            for at, idea in product(theme[f"{word}s"], theme["ideas"])
        ]
        self.chance.shuffle(found)
        return found

    def stories(self) -> Iterator["Past"]:
        for half in self.told["halves"]:
            first = date(half["year"], 6 * half["half"] - 5, 1)
            last = date(half["year"], 6 * half["half"], 30)
            kinds = ["citizen"] * half["citizen"] + ["staff"] * half["staff"]
            self.chance.shuffle(kinds)
            for kind in kinds:
                day = first + timedelta(days=self.chance.randrange((last - first).days))
                yield Past(self, kind, day, next(self.ideas[kind]))

    def of(self, parts: dict[str, int]) -> str:
        return self.chance.choices(list(parts), list(parts.values()))[0]

    def said(self, name: str) -> Any:
        return self.chance.choice(self.told["answers"][name])


class Past:
    """One proposal: how and when it came, and what became of it."""

    def __init__(self, history: History, kind: str, day: date, idea: dict[str, Any]) -> None:
        chance = history.chance
        self.content = {name: idea[name] for name in ("title", "field", "problem", "improvement")}
        self.department, self.proposal_id = idea["department"], 0
        self.by = chance.choice(history.staff) if kind == "staff" else ""
        self.channel = "" if self.by else history.of(history.told["channels"])
        online = self.channel in (Channel.WEB, Channel.EPEOPLE)
        self.received_on = day if online else workday_from(day)
        self.outcome = history.of(history.told["outcomes"])
        span = LATE if chance.random() * 100 < history.told["late"] else SOON
        self.decided_on = workday_from(self.received_on + timedelta(days=chance.randint(*span)))
        self.notice = self._notice(history)
        self.finished = history.said("finished")
        self.left, self.finished_words = chance.random() < LEFT, history.said("carried_out")

    def _notice(self, history: History) -> dict[str, Any]:
        """What the answer says, by outcome."""
        present = history.said("present")
        carry_out_on = workday_from(self.decided_on + timedelta(days=history.chance.randint(30, 200)))
        said: dict[str, dict[str, Any]] = {
            "adopt": {
                "present": present,
                "feasibility": history.said("feasibility"),
                "taken": history.said("taken"),
                "carry_out_on": carry_out_on,
            },
            "reject": {"present": present, "reason": history.said("reason")},
            "dismiss": {"ground": history.said("grounds"), "reason": history.said("dismissed")},
            "convert": {"reason": history.said("converted")},
            "transfer": {"office": history.said("offices"), "reason": history.said("transferred")},
        }
        return said.get(self.outcome, {})

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get(pk=self.proposal_id)

    def receive(self) -> None:
        if self.by:
            made = do(receiving.propose, self.content, [{"user": person(self.by)}], actor=person(self.by))
        elif self.channel == Channel.WEB:
            made = self._write()
        else:
            made, _token = do(receiving.enter, self.content, [CITIZEN], channel=self.channel, actor=planner())
        self.proposal_id = made.pk

    def _write(self) -> Proposal:
        agreed = dict.fromkeys(Consent.values, self.received_on.isoformat())
        with logged():
            writing, token = receiving.begin()
            writer = passes.bearer_of(token)
            receiving.note_down(writing, self.content, actor=writer)
            made, _link = receiving.send(writing, [{**CITIZEN, "consents": agreed}], actor=writer)
        return made

    def decide(self) -> None:
        proposal = self.proposal
        seen: dict[str, Any] = {"actor": planner(), "version": proposal.version}
        if self.outcome == "withdraw":
            with logged():
                handling.withdraw(proposal, actor=self._proposer(proposal))
        elif self.outcome == "convert":
            do(handling.convert, proposal, Petition.SUGGESTION, **self.notice, **seen)
        elif self.outcome == "transfer":
            said = dict(self.notice)
            do(handling.transfer, proposal, said.pop("office"), **said, **seen)
        else:
            notice = {**self.notice, "department": office(self.department)}
            if "ground" in notice:
                notice["ground"] = Ground(notice["ground"])
            do(handling.decide, proposal, STATES[self.outcome], notice, **seen)

    def _proposer(self, proposal: Proposal) -> Any:
        return person(self.by) if self.by else Bearer(passes.passes_for(proposal).latest("pk"))

    @property
    def carried_out_on(self) -> date | None:
        """When what was adopted is carried out; of a few it never is."""
        if self.outcome != "adopt" or self.left:
            return None
        day: date = self.notice["carry_out_on"]
        return day

    def carry_out(self) -> None:
        """Its head reports it, planning confirms."""
        heads = heads_of(office(self.department).pk)
        if heads:
            under, day = Undertaking.objects.get(proposal=self.proposal_id), self.carried_out_on
            do(following.report, under, day=day, result=self.finished_words, actor=heads[0])
            do(following.confirm, Undertaking.objects.get(pk=under.pk), actor=planner())

    def finish(self) -> None:
        """The petition it became is answered."""
        do(
            handling.finish_petition,
            self.proposal,
            reason=self.finished,
            actor=planner(),
            version=self.proposal.version,
        )


STATES = {"adopt": State.ADOPTED, "reject": State.REJECTED, "dismiss": State.NO_PROPOSAL}


def add(timeline: Timeline, today: date) -> None:
    timeline.grow(Proposal)
    for story in sorted(History().stories(), key=_begun):
        timeline.add(story.received_on, story.receive)
        timeline.add(story.decided_on, story.decide)
        if day := story.carried_out_on:
            timeline.add(day, story.carry_out)
        if story.outcome == "convert":
            timeline.add(
                workday_from(story.decided_on + timedelta(days=PETITION_DAYS)), partial(story.finish)
            )


def _begun(story: Past) -> Any:
    return story.received_on, story.content["title"]
