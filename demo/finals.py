"""The citizens' contest of the demonstration (P9): finalists presented before the committee, residents scored by their
slips, the result is announced, and somebody objects."""

from datetime import date, timedelta
from functools import partial

from core import passes, roomcode
from core.actors import Bearer
from demo.days import workday_after, workday_until
from demo.files import read
from demo.judging import Contest
from demo.organization import planner
from demo.timeline import Timeline, do, logged
from evaluations.models import Criterion, Result, Sheet
from evaluations.services import objections, rounds, sheets, slips, stages
from proposals.models import Proposal

BEST = 9


def add(timeline: Timeline, today: date) -> None:
    one = Finals(read("judging")["final"])

    def days(name: str) -> date:
        return workday_until(today + timedelta(days=one.row[name]))

    first, second, the_day = days("first_opens"), days("second_opens"), days("day")
    after = workday_after(the_day)
    met = workday_after(after)
    announced = workday_after(met)
    timeline.add(days("made"), partial(one.call_together, first, workday_after(first)))
    timeline.add(first, one.begin)
    timeline.add(first, one.score)
    timeline.add(workday_after(first), partial(one.go_on, second, workday_after(second)))
    timeline.add(second, one.begin)
    timeline.add(second, one.score)
    timeline.add(workday_after(second), partial(one.go_on, the_day, the_day, "third"))
    timeline.add(the_day, one.begin)
    timeline.add(the_day, partial(one.admit, the_day))
    timeline.add(the_day, one.score)
    timeline.add(the_day, one.close)
    timeline.add(the_day, one.close)
    timeline.add(the_day, partial(one.plan, met))
    timeline.add(met, one.meet)
    timeline.add(announced, one.announce)
    timeline.add(workday_after(announced), one.object)


class Finals(Contest):
    def admit(self, day: date) -> None:
        """The residents, each with a slip, score what they hear."""
        stage = self.round.stages.get(body="residents")
        do(rounds.edit_stage, stage, {"opens_on": day, "closes_on": day}, actor=planner())
        printed = do(slips.make, stage, self.row["slips"], actor=planner())
        do(stages.start, stage, actor=planner())
        criteria = list(Criterion.objects.filter(stage=stage))
        order = self._order()
        with logged():
            for number, code in printed:
                judge, token = slips.enter(code, roomcode.shown(slips.room(stage)), f"10.1.{number}.1")
                for sheet in Sheet.objects.filter(judge=judge).select_related("judge__stage__round", "entry"):
                    good = BEST - order[sheet.entry_id] / 2
                    marks = {one.pk: self._mark(good, one.most) for one in criteria}
                    sheets.finish(sheet, marks, actor=passes.bearer_of(token))

    def object(self) -> None:
        """Who came second asks."""
        entry = Result.objects.filter(entry__round=self.round_id, place=2).select_related("entry")[0].entry
        proposal = Proposal.objects.get(pk=entry.object_id)
        bearer = Bearer(passes.passes_for(proposal).latest("pk"))
        with logged():
            objections.ask(entry, reason=self.row["objection"], actor=bearer)
