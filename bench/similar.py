"""Similar titles among many: which of the judged pairs are found, how fast. Prints one JSON object."""

import json
import statistics
import tomllib
from pathlib import Path

import django

django.setup()

from django.db import transaction

from bench.pages import timed
from benchmarking.enums import Channel, CostClass, Field, SourceKind
from benchmarking.models import Case
from benchmarking.services.cases import register_many
from benchmarking.similar import TITLES
from demo.organization import planner

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "benchmarking" / "data" / "similar_titles.toml"
ROUNDS = 3
REST = {
    "source_kind": SourceKind.LOCAL,
    "source_name": "가람시",
    "channel": Channel.PRESS,
    "summary": "비슷한 사례를 찾는 데 걸리는 시간을 재기 위한 사례입니다.",
    "field": Field.WELFARE,
    "cost_class": CostClass.NONE,
}


def main() -> None:
    """The judged titles stand among the others for as long as it takes."""
    judged = tomllib.loads(JUDGED.read_text())
    visible = Case.objects.visible_to(planner())
    with transaction.atomic():
        last = Case.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        rows = [(stored, *REST.values()) for _typed, stored, *_why in judged["near"] + judged["hard"]]
        register_many(rows, ["title", *REST], actor=planner())
        ids = dict(Case.objects.filter(pk__gt=last).values_list("title", "pk"))
        found, took = 0, []
        for number in range(ROUNDS + 1):
            for typed, stored, _why in judged["near"]:
                took.append(timed(lambda typed=typed: TITLES.find(typed, visible)))
                if not number:
                    found += ids[stored] in {one.pk for one in TITLES.find(typed, visible)}
        transaction.set_rollback(True)
    look_ups = took[len(judged["near"]) :]
    figures = {
        "found": found,
        "of": len(judged["near"]),
        "median": statistics.median(look_ups),
        "p95": statistics.quantiles(look_ups, n=20)[18],
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
