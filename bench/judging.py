"""The pages of judging with many entries in one round: CPU and questions of each, scoring first, then the results.
python -m bench.judging N ENTRIES. Prints one JSON object a page, the shell first."""

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from bench.cpu import Ask, measured
from bench.shell import PLANNER, asking, signed_in
from core import jobs
from core.now import now, today
from evaluations.enums import SheetState, Way
from evaluations.models import Entry, Judge, Mark, Round, Sheet, Stage
from evaluations.services import judges as sitting
from evaluations.services import rounds, stages
from meetings.models import Panel, Seat
from organization.enums import Position, Role
from organization.models import RoleAssignment, User
from proposals.models import Proposal

PERIOD, TITLE = "2013-H1", "많은 제안을 한꺼번에"
JUDGES, SHEETS = 30, 3
SINCE = date(2013, 1, 1)
BATCH = 2_000
SEED = 8


def scoring(entries: int) -> Stage:
    """A round of one stage with so many entries, assigned by the service and all scored, the window still open."""
    planner = User.objects.get(employee_number=PLANNER)
    round = rounds.make("half", PERIOD, actor=planner)
    Round.objects.filter(pk=round.pk).update(title=TITLE)
    enter(round, entries)
    round.stages.filter(order__gt=1).delete()
    stage = round.stages.get()
    values = {
        "panel": panel(),
        "opens_on": today(),
        "closes_on": today() + timedelta(days=7),
        "passes": None,
        "share": 100,
        "way": Way.CORRECTED,
        "per_entry": SHEETS,
    }
    rounds.edit_stage(stage, values, actor=planner)
    rounds.open(round, actor=planner)
    for judge in Judge.objects.filter(stage=stage).select_related("user"):
        sitting.sign(judge, {}, agreed=True, actor=judge.user)
    stages.start(Stage.objects.get(pk=stage.pk), actor=planner)
    score(stage)
    return Stage.objects.get(pk=stage.pk)


def panel() -> Panel:
    """People from outside, who have a conflict with nobody."""
    found = Panel.objects.create(name=TITLE, size=JUDGES, begun_on=SINCE)
    for number in range(1, JUDGES + 1):
        user = User.objects.create(
            employee_number=f"W{number:03}", name=f"위원{number}", position=Position.EXTERNAL
        )
        RoleAssignment.objects.create(user=user, role=Role.JUDGE, valid_from=SINCE)
        Seat.objects.create(panel=found, user=user, starts_on=SINCE)
    return found


def enter(round: Round, count: int) -> None:
    """Proposals of any day, which the half-year would not have let in."""
    divisions = {division.key: division for division in round.divisions.all()}
    kind = ContentType.objects.get_for_model(Proposal)
    rows = Proposal.objects.order_by("-pk").values_list("pk", "kind", "title")[:count]
    Entry.objects.bulk_create(
        [
            Entry(
                round=round,
                division=divisions[of],
                content_type=kind,
                object_id=pk,
                number=number,
                title=title,
            )
            for number, (pk, of, title) in enumerate(rows, start=1)
        ],
        batch_size=BATCH,
    )


def score(stage: Stage) -> None:
    """Every sheet is done: an entry is as good as it is, a judge as severe, the rest is chance."""
    chance = random.Random(SEED)  # noqa: S311  no secrets
    criteria = list(stage.criteria.all())
    rows = list(Sheet.objects.filter(judge__stage=stage).order_by("pk").values_list("pk", "entry", "judge"))
    worth = {entry: chance.gauss(0.6, 0.1) for _pk, entry, _judge in rows}
    mild = {judge: chance.gauss(0, 0.08) for _pk, _entry, judge in rows}
    marks = [
        Mark(
            sheet_id=pk,
            criterion=one,
            value=round(one.most * min(1, max(0, worth[entry] + mild[judge] + chance.gauss(0, 0.06))), 1),
        )
        for pk, entry, judge in rows
        for one in criteria
    ]
    Mark.objects.bulk_create(marks, batch_size=BATCH)
    Sheet.objects.filter(judge__stage=stage).update(state=SheetState.DONE, done_at=now())


def pages(stage: Stage) -> dict[str, Ask]:
    """While it is scored."""
    planner = signed_in(PLANNER)
    sheet = Sheet.objects.filter(judge__stage=stage).select_related("judge__user").order_by("pk")[len("half")]
    judge = Client()
    judge.force_login(sheet.judge.user, backend="organization.backends.Backend")
    return {
        "shell alone (attribution)": asking(planner, reverse("attribution")),
        "score sheet, a judge": asking(judge, sheet.get_absolute_url()),
        "the own sheets, a judge": asking(judge, sheet.judge.get_absolute_url()),
        "coverage, planning": asking(planner, reverse("evaluations:coverage", args=[stage.pk])),
        "round, planning": asking(planner, stage.round.get_absolute_url()),
    }


def results(round: Round) -> dict[str, Ask]:
    """Once it is over."""
    planner = signed_in(PLANNER)
    return {
        "results, planning": asking(planner, reverse("evaluations:results", args=[round.pk])),
        "stability, planning": asking(planner, reverse("evaluations:stability", args=[round.pk])),
    }


def once(name: str, act: Callable[[], Any]) -> None:
    """What happens once in a round."""
    begun, started = time.process_time(), time.perf_counter()
    act()
    cpu, wall = (time.process_time() - begun) * 1000, (time.perf_counter() - started) * 1000
    print(json.dumps({"page": name, "cpu": cpu, "wall": wall, "queries": 0}), flush=True)


def main() -> None:
    requests, entries = int(sys.argv[1]), int(sys.argv[2])
    stage = Stage.objects.filter(round__period=PERIOD, round__kind="half").first() or scoring(entries)
    planner = User.objects.get(employee_number=PLANNER)
    for row in measured(pages(stage), requests):
        print(json.dumps(row), flush=True)
    once("closing the stage, results reckoned", lambda: stages.close(stage, actor=planner))
    once("stability reckoned, in the background", jobs.run_pending)
    for row in measured(results(Round.objects.get(pk=stage.round_id)), requests):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
