"""Proposals of the demonstration, each step through its service, by who would do it (P1–P6)."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from core import passes
from core.actors import Bearer
from core.now import today as now_day
from demo.days import workday_from, workday_until
from demo.files import read
from demo.following import STEPS, Following, watch
from demo.organization import department as office
from demo.organization import person, planner
from demo.timeline import Timeline, Turn, do, logged
from organization.enums import Position
from organization.selectors import heads_of, staff_of
from proposals.enums import Notice as Consent
from proposals.enums import State
from proposals.models import Call, Interim, Proposal, ProposalReview
from proposals.models.proposal import CONTENT
from proposals.services import complaints, dispatch, handling, interims, opinions, receiving, supports
from reviews.services import reviews
from reviews.services.sending import Order

CITIZEN: receiving.Person = {"name": "김구민", "phone": "010-0000-0000"}
OUTCOMES = {"adopt": State.ADOPTED, "reject": State.REJECTED, "dismiss": State.NO_PROPOSAL}


class ProposalStory:
    """A proposal and its steps, named as in proposals_current.toml."""

    def __init__(self, values: dict[str, Any], today: date) -> None:
        self.values, self.today = values, today
        self.proposal_id = 0

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get(pk=self.proposal_id)

    @property
    def proposer(self) -> Bearer:
        return Bearer(passes.passes_for(self.proposal).latest("pk"))

    def receive(self) -> None:
        content = {name: self.values[name] for name in CONTENT if name in self.values and name != "call"}
        if call := self.values.get("call"):
            content["call"] = Call.objects.get(title=call)
        if by := self.values.get("by"):
            made = do(receiving.propose, content, [{"user": person(by)}], actor=person(by))
        elif channel := self.values.get("channel"):
            made, _token = do(receiving.enter, content, [CITIZEN], channel=channel, actor=planner())
        else:
            made = self._write(content)
        self.proposal_id = made.pk

    def _write(self, content: dict[str, Any]) -> Proposal:
        agreed = dict.fromkeys(Consent.values, self.today.isoformat())
        with logged():
            writing, token = receiving.begin()
            writer = passes.bearer_of(token)
            receiving.note_down(writing, content, actor=writer)
            doubtful = self.values.get("doubtful", False)
            made, _link = receiving.send(
                writing, [{**CITIZEN, "consents": agreed}], actor=writer, doubtful=doubtful
            )
        return made

    def take(self, step: str, **said: Any) -> None:
        """By planning, but for what the proposer does."""
        if step in ("supplement", "withdraw"):
            with logged():
                getattr(handling, step)(self.proposal, actor=self.proposer, **said)
            return
        if step in ("dispatch", "assign", "answer", "interim", "support", "complain"):
            getattr(self, step)(**said)
            return
        if step in STEPS:
            getattr(Following(self.proposal, lambda: self.proposer, self.today), step)(**said)
            return
        seen: dict[str, Any] = {"actor": planner(), "version": self.proposal.version}
        if step in OUTCOMES:
            do(handling.decide, self.proposal, OUTCOMES[step], self._notice(said), **seen)
        elif step == "link":
            first = Proposal.objects.get(title=said.pop("first"))
            do(handling.link, self.proposal, first, **said, **seen)
        elif step in ("convert", "transfer"):
            to = said.pop("petition" if step == "convert" else "office")
            do(getattr(handling, step), self.proposal, to, **said, **seen)
        elif step == "ask_opinion":
            do(opinions.ask, self.proposal, said.pop("office"), **said, **seen)
        else:
            do(getattr(handling, step), self.proposal, **said, **seen)

    def support(self, count: int) -> None:
        """By so many, each at home."""
        with logged():
            for n in range(count):
                supports.support(self.proposal, browser=f"{self.proposal_id}-{n}", address=f"10.{n}.0.1")

    def complain(self, ground: str, text: str) -> None:
        with logged():
            complaints.complain(self.proposal, ground, text, address="10.0.0.1")

    def dispatch(self, departments: Sequence[str], note: str = "") -> None:
        order = Order(self.proposal, [office(code) for code in departments])
        (sent,) = do(dispatch.send, [order], note=note, actor=planner())
        if sent.error:
            raise LookupError(f"{self.proposal}: {sent.error}")

    def _review(self, department: str) -> ProposalReview:
        rows = ProposalReview.objects.live().filter(proposal=self.proposal_id, department__code=department)
        return rows.select_related("clock", "reviewer").get()

    def assign(self, department: str) -> None:
        review = self._review(department)
        officers = staff_of(review.department_id).exclude(position=Position.HEAD).order_by("pk")
        do(reviews.assign, review, officers[0], actor=heads_of(review.department_id)[0])

    def answer(self, department: str, **said: Any) -> None:
        """By the reviewer, or by the head at once where none was named."""
        review = self._review(department)
        writer = review.reviewer or heads_of(review.department_id)[0]
        confirmed = said.pop("confirmed", True)
        do(reviews.submit, review, self._notice(said), actor=writer)
        if confirmed and review.reviewer:
            do(reviews.confirm, self._review(department), actor=heads_of(review.department_id)[0])

    def interim(self, reason: str) -> None:
        with logged():
            interims.draft_due(now_day())
        draft = Interim.objects.filter(proposal=self.proposal_id).latest("number")
        do(interims.send, draft, reason=reason, answer_on=draft.answer_on, actor=planner())

    def _notice(self, said: dict[str, Any]) -> Any:
        notice = dict(said)
        if "department" in notice:
            notice["department"] = office(notice["department"])
        if (days := notice.pop("carry_out", None)) is not None:
            notice["carry_out_on"] = workday_from(self.today + timedelta(days=days))
        return notice


def _scheduled(day: date) -> None:
    with logged():
        opinions.end_late(day)
        interims.draft_due(day)
    watch(day)


def add(timeline: Timeline, today: date) -> None:
    """This half-year's proposals in every state; what the schedule does of itself is done by today."""
    timeline.add(today, partial(_scheduled, today), Turn.DUTIES)
    for values in read("proposals_current")["proposals"]:
        story = ProposalStory(values, today)
        timeline.add(workday_until(today + timedelta(days=values["day"])), story.receive)
        for step in values.get("steps", ()):
            said = {name: value for name, value in step.items() if name not in ("day", "step")}
            act = partial(story.take, step["step"], **said)
            timeline.add(workday_until(today + timedelta(days=step["day"])), act)
