from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from basis.errors import Rejected
from basis.periods import parse
from core.actors import Bearer
from evaluations.enums import Slot
from evaluations.kinds import Candidate, Content, CriterionPlan, Part, Party, Plan, RoundKind, StagePlan
from evaluations.models import Entry, Round
from evaluations.policies import GradePlan
from tests.fairs.models import Stall


class Fixed:
    """A real process declares its table with `evaluations.policies.grades`."""

    def on(self, day: date) -> list[GradePlan]:
        return [GradePlan(Slot.FIRST, 1, 300_000), GradePlan(Slot.SECOND, 2, 200_000)]


CRITERIA = (
    CriterionPlan("new", "창의성", 60, 10, "흔한 것", "처음 보는 것"),
    CriterionPlan("use", "실현 가능성", 40, 10, "할 수 없음", "바로 할 수 있음"),
)


class Fair(RoundKind):
    key, label = "fair", "장터"
    models = (Stall,)
    tables: Any = {"one": Fixed(), "two": Fixed()}

    def plan(self, period: str, subject: str) -> Plan:
        if parse(period).kind != "half":
            raise Rejected("반기를 골라 주세요.", field="period")
        return Plan({"one": "구민", "two": "직원"}, [StagePlan("본심", CRITERIA)])

    def title(self, period: str, subject: str) -> str:
        return f"{parse(period).label} 장터 심사"

    def candidates(self, round: Round) -> Sequence[Candidate]:
        return [
            Candidate(
                one,
                one.division,
                one.title,
                one.department_id,
                "다른 곳에서 상을 받았습니다." if one.awarded else "",
            )
            for one in Stall.objects.order_by("pk")
        ]

    def contents(self, entries: Collection[Entry]) -> Mapping[int, Content]:
        things = Stall.objects.in_bulk([entry.object_id for entry in entries])
        return {
            entry.pk: Content(
                [Part("내용", things[entry.object_id].text)], [things[entry.object_id].owner_name]
            )
            for entry in entries
        }

    def parties(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        things = Stall.objects.select_related("keeper", "helper").in_bulk([one.object_id for one in entries])
        found = {}
        for entry in entries:
            thing = things[entry.object_id]
            whole = Decimal(50) if thing.helper else Decimal(100)
            mine = [Party(thing.owner_name, "keeper", thing.keeper_id, thing.department_id, whole)]
            if thing.helper:
                mine.append(Party(thing.helper.name, "helper", thing.helper_id, None, whole, is_main=False))
            found[entry.pk] = mine
        return found

    def reviewers(self, entries: Collection[Entry]) -> Mapping[int, Collection[int]]:
        things = Stall.objects.in_bulk([entry.object_id for entry in entries])
        return {one.pk: {pk} for one in entries if (pk := things[one.object_id].adviser_id)}

    def may_object(self, actor: Any, entry: Entry) -> bool:
        thing: Any = entry.thing
        if isinstance(actor, Bearer):
            return actor.owns(thing)
        return actor.pk is not None and actor.pk in (thing.keeper_id, thing.helper_id)


FAIR = Fair()
