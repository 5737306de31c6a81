"""What follows a decision in the demonstration: undertakings and objections in every state (P5, P7, P8, P14)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from core.actors import Bearer
from core.now import today as now_day
from demo.days import workday_from
from demo.organization import planner
from demo.timeline import do, logged
from organization.selectors import heads_of
from proposals.models import Objection, Proposal, Undertaking
from proposals.services import following, objecting, replies, twins, watching


def watch(day: date) -> None:
    """As the schedule does."""
    with logged():
        for duty in (
            watching.close_old,
            watching.ask_proposers,
            watching.open_checks,
            watching.ask_effects,
            twins.leave_marks,
        ):
            duty(day)


class Following:
    """The steps after the decision of one proposal; `today` is the day of loading."""

    def __init__(self, proposal: Proposal, proposer: Callable[[], Bearer], today: date) -> None:
        self.proposal, self.proposer, self.today = proposal, proposer, today

    @property
    def undertaking(self) -> Undertaking:
        return Undertaking.objects.select_related("proposal", "department", "person").get(
            proposal=self.proposal
        )

    @property
    def head(self) -> Any:
        return heads_of(self.undertaking.department_id)[0]

    def _day(self, days: int) -> date:
        return workday_from(self.today + timedelta(days=days))

    def schedule(self, **days: int) -> None:
        given = {kind: self._day(n) for kind, n in days.items()}
        do(following.schedule, self.undertaking, given, actor=self.head)

    def move(self, to: int, reason: str, kind: str = "carry_out") -> None:
        do(following.move, self.undertaking, kind, self._day(to), reason=reason, actor=self.head)

    def reach(self, kind: str) -> None:
        do(following.reach, self.undertaking, kind, now_day(), actor=self.head)

    def check(self, progress: str, text: str = "") -> None:
        watch(now_day())
        do(following.check, self.undertaking, progress=progress, text=text, actor=self.head)

    def report(self, result: str) -> None:
        do(following.report, self.undertaking, day=now_day(), result=result, actor=self.head)

    def confirm(self) -> None:
        do(following.confirm, self.undertaking, actor=planner())

    def watched(self) -> None:
        watch(now_day())

    def reply(self, verdict: str, text: str = "") -> None:
        watch(now_day())
        with logged():
            replies.answer(self.undertaking, verdict, text, actor=self.proposer())

    def effect(self, words: str, saving: int | None = None, cost: int | None = None) -> None:
        watch(now_day())
        do(replies.report_effect, self.undertaking, saving=saving, cost=cost, words=words, actor=self.head)

    def grade(self, grade: str, reason: str = "") -> None:
        do(replies.grade, self.undertaking, grade, reason=reason, actor=planner())

    def give_up(self, reason: str) -> None:
        do(following.drop, self.undertaking, reason=reason, actor=planner())

    def ask_again(self, kind: str, reason: str) -> None:
        with logged():
            objecting.ask(self.proposal, kind, reason=reason, actor=self.proposer())

    def keep(self, reason: str, present: int, minutes: str) -> None:
        asked = Objection.objects.get(proposal=self.proposal)
        session = objecting.Session(now_day(), present, minutes)
        do(objecting.keep, asked, session, reason=reason, actor=planner())


STEPS = {name for name in vars(Following) if not name.startswith("_")} - {"undertaking", "head"}
