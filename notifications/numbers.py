"""The numbers beside the menus: how much open work there is for whoever asks. They stand on every page of a section,
so one question finds all of them, written by hand (core.rows)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from basis.sockets import Socket
from core import rows
from core.models import OpenWork, WorkHolder
from core.now import today
from core.work import holders
from organization.models import User
from organization.selectors import departments_of, holder_keys, reads_all, selves


class Counted(StrEnum):
    WAITING = "waiting"  # for the user, as in `selectors.todos_of`
    DEPARTMENT = "department"  # of the departments whose work the user may see
    LATE = "late"  # and such that the user may see


@dataclass(frozen=True)
class Number:
    """Beside the menu of a section: how many things of `model` have open work of this sort, each thing once. `led`
    False: work that no department's leader holds; who leads which need not be asked then."""

    section: str
    name: str
    model: type[Model]
    counted: Counted
    led: bool = True

    @property
    def kind(self) -> int:
        return ContentType.objects.get_for_model(self.model).pk


NUMBERS: Socket[Number] = Socket("numbers", key=lambda number: number.name)
_COUNTED = """
SELECT 'waiting', work.content_type_id, COUNT(DISTINCT work.object_id)
FROM (VALUES {mine}) AS mine JOIN {holders} held ON held.key = mine.column1 JOIN {work} work ON work.id = held.work_id
WHERE work.content_type_id IN ({kinds}) AND (mine.column2 = 'own' OR NOT work.personal) AND NOT EXISTS (
    SELECT 1 FROM {holders} kept WHERE kept.work_id = work.id AND kept.key IN (mine.column3, {never})
) GROUP BY work.content_type_id
UNION ALL
SELECT 'department', content_type_id, COUNT(DISTINCT object_id) FROM {work}
WHERE content_type_id IN ({kinds}) AND department IN ({departments}) GROUP BY content_type_id
UNION ALL
SELECT 'late', content_type_id, COUNT(DISTINCT object_id) FROM {work}
WHERE content_type_id IN ({kinds}) AND due < {day} AND NOT paused
AND ({all} = 1 OR department IN ({departments})) GROUP BY content_type_id
"""


def numbers(user: Any, section: str) -> dict[str, int]:
    """Those of a section by their names; asked once for a user as a request knows them."""
    known: dict[str, dict[str, int]] = user.__dict__.setdefault("_numbers", {})
    if section not in known:
        asked = [number for number in NUMBERS if number.section == section]
        counted = {(sort, kind): count for sort, kind, count in _counted(user, asked)}
        known[section] = {number.name: counted.get((number.counted, number.kind), 0) for number in asked}
    return known[section]


def _counted(user: User, asked: Sequence[Number]) -> Sequence[tuple[Any, ...]]:
    """Sort, kind of thing, number of things."""
    leads = any(number.led and number.counted == Counted.WAITING for number in asked)
    return rows.fetch(
        _COUNTED,
        work=OpenWork,
        holders=WorkHolder,
        kinds=sorted({number.kind for number in asked}),
        mine=[
            (key, "own" if one == user else "", holders.never(one.pk))
            for one in selves(user)
            for key in holder_keys(one, leads=leads)
        ],
        never=holders.never(user.pk),
        departments=sorted(departments_of(user)) or [0],
        day=today(),
        all=int(reads_all(user)),
    )
