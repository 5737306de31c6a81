"""The indicators of a division are written: row by row or many at once, moved, taken out (I3).

The tree follows from the order and the levels: an item hangs on the field above it, a detail on the item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import user_of
from core.editing import Conflict, apply, check_version
from core.models import TransitionLog
from core.now import now, today
from core.permissions import ensure
from core.transition import history, record
from incentives import sheet, sheet_reading
from incentives.enums import DivisionState, Level
from incentives.models import Division, Former, Indicator, Value
from incentives.models.definition import TERMS
from incentives.services.projects import locked

WORK = "incentives.work"
EDITABLE = (DivisionState.PREPARED, DivisionState.NOTIFIED, DivisionState.RUNNING)
MOST = 300  # rows of a division: what one page can send at once
DEPTH = {Level.FIELD: 0, Level.ITEM: 1, Level.DETAIL: 2}


@dataclass(frozen=True)
class Typed:
    """What was typed into a row: of an indicator (`pk`, with the version it was made from) or a new one."""

    key: str
    pk: int | None
    version: int | None
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Trouble:
    """Why a row was not saved: what is wrong by column, or what somebody else has changed, with the present version."""

    cells: Mapping[str, str] = field(default_factory=dict)
    conflict: str = ""
    version: int | None = None


class Faulty(Rejected):
    """Rows that will not do, by key."""

    def __init__(self, troubles: Mapping[str, Trouble]) -> None:
        super().__init__(_("저장하지 못한 줄이 있습니다. 표시한 칸을 고쳐 다시 저장해 주세요."))
        self.troubles = troubles


@dataclass
class Tree:
    """The rows of a division under their lock, in their order."""

    division: Division
    rows: list[Indicator]
    by: Any

    def get(self, pk: int) -> Indicator | None:
        return next((one for one in self.rows if one.pk == pk), None)

    def block(self, one: Indicator) -> list[Indicator]:
        """The row with those below it."""
        start = self.rows.index(one)
        end = start + 1
        while end < len(self.rows) and depth(self.rows[end]) > depth(one):
            end += 1
        return self.rows[start:end]


def depth(one: Indicator) -> int:
    return DEPTH[Level(one.level)]


def is_editable(division: Division) -> bool:
    return division.state in EDITABLE


def _opened(division: Division, actor: Any) -> tuple[Tree, Any]:
    fresh = locked(division)
    principal = ensure(actor, WORK, fresh)
    if not is_editable(fresh):
        raise Rejected(_("자체 추진계획을 승인받는 동안이나 평가자료를 낸 뒤에는 지표를 고칠 수 없습니다."))
    rows = fresh.indicators.select_for_update(of=("self",)).filter(ended_on=None).select_related("person")
    return Tree(fresh, list(rows.order_by("order", "pk")), actor), principal


@transaction.atomic
def save_rows(division: Division, typed: Sequence[Typed], *, actor: Any) -> list[Indicator]:
    """All of them or none; new ones come last. Gives those that were changed or made.

    Locks: the division, its indicators. Raises: Refused; Rejected where the state does not allow it or there would be
    too many; Faulty with what is wrong in each row (also what another has changed in it meanwhile).
    """
    opened, principal = _opened(division, actor)
    people = sheet_reading.People(one.texts.get("person", "") for one in typed)
    troubles: dict[str, Trouble] = {}
    saved = []
    for one in typed:
        try:
            if found := _save(opened, one, people):
                saved.append(found)
        except Faulty as error:
            troubles |= error.troubles
    if len(opened.rows) > MOST:
        text = _("한 부문에는 지표를 %(most)d줄까지 둘 수 있습니다.")
        raise Rejected(text % {"most": MOST})
    if not troubles:
        troubles = _arrange(opened, {one.pk: one.key for one in typed if one.pk})
    if troubles:
        raise Faulty(troubles)
    if saved:
        _note(opened.division, actor, principal)
    return saved


def _save(opened: Tree, typed: Typed, people: sheet_reading.People) -> Indicator | None:
    """The row if anything of it changed."""
    one = opened.get(typed.pk) if typed.pk else None
    if typed.pk and one is None:
        text = _("그사이 다른 사람이 뺀 지표입니다. 화면을 새로 고쳐 주세요.")
        raise Faulty({typed.key: Trouble(conflict=text)})
    found = sheet_reading.read(typed.texts, people, one)
    if found.faults:
        raise Faulty({typed.key: Trouble(found.faults)})
    if one is None:
        order = opened.rows[-1].order + 1 if opened.rows else 1
        one = Indicator(division=opened.division, order=order, **found.values)
        one.save()
        opened.rows.append(one)
        return one
    wanted = {name: value for name, value in found.values.items() if getattr(one, name) != value}
    if not wanted:
        return None
    try:
        check_version(one, typed.version, found.values)
    except Conflict as error:
        raise Faulty({typed.key: Trouble(conflict=error.message, version=error.version)}) from None
    if wanted.get("shape", one.shape) == "" and Value.objects.filter(indicator=one).exists():
        text = _("실적이 있는 지표는 묶음으로 바꿀 수 없습니다.")
        raise Faulty({typed.key: Trouble({"shape": text})})
    if set(wanted) & set(TERMS):
        _remember(one, opened.by)
    apply(one, wanted, wanted)
    one.version += 1
    one.save()
    return one


def _remember(one: Indicator, actor: Any) -> None:
    """What was reckoned before a change goes on being reckoned with what stood then."""
    Former.of(one, until=now(), changed_by=user_of(actor)).save()


def _arrange(opened: Tree, keys: Mapping[int, str]) -> dict[str, Trouble]:
    """Each row hangs on the nearest one of a higher level above it; what is measured has nothing below."""
    above: list[Indicator] = []
    troubles: dict[str, Trouble] = {}
    moved = []
    for place, one in enumerate(opened.rows, start=1):
        while above and depth(above[-1]) >= depth(one):
            above.pop()
        parent = above[-1] if above else None
        if parent is not None and parent.shape:
            key = keys.get(parent.pk) or keys.get(one.pk) or str(parent.pk)
            text = _("‘%(name)s’ 아래에 다른 지표가 있습니다. 산식을 ‘묶음’으로 두거나 구분을 바꿔 주세요.")
            troubles[key] = Trouble({"shape": text % {"name": parent.name}})
        parent_id = parent.pk if parent else None
        if one.parent_id != parent_id or one.order != place:
            one.parent_id, one.order = parent_id, place
            moved.append(one)
        above.append(one)
    if not troubles and moved:
        Indicator.objects.bulk_update(moved, ["parent", "order"])
    return troubles


def _note(division: Division, actor: Any, principal: Any) -> None:
    """One line a day and person in the log; what changed in which row its own log says."""
    day = timezone.localdate(now())
    last = history(division).order_by("-pk").first()
    mine = last and last.name == "indicators" and last.actor_id == getattr(user_of(actor), "pk", None)
    if not (mine and isinstance(last, TransitionLog) and timezone.localdate(last.at) == day):
        record(division, "indicators", actor=actor, principal=principal)


@transaction.atomic
def move(indicator: Indicator, *, down: bool, actor: Any) -> None:
    """The row, with those below it, one place on.

    Locks: the division, its indicators. Raises: Refused; Rejected where the state does not allow it, or a measured row
    would get rows below it.
    """
    opened, principal = _opened(indicator.division, actor)
    one = opened.get(indicator.pk)
    if one is None:
        return
    block = opened.block(one)
    start = opened.rows.index(one)
    rest = [row for row in opened.rows if row not in block]
    place = _after(rest, start, one, opened) if down else _before(rest, start, one)
    opened.rows = [*rest[:place], *block, *rest[place:]]
    if troubles := _arrange(opened, {}):
        raise Rejected(next(iter(next(iter(troubles.values())).cells.values())))
    _note(opened.division, actor, principal)


def _before(rest: Sequence[Indicator], start: int, one: Indicator) -> int:
    place = max(start - 1, 0)
    while place > 0 and depth(rest[place]) > depth(one):
        place -= 1
    return place


def _after(rest: list[Indicator], start: int, one: Indicator, opened: Tree) -> int:
    if start >= len(rest):
        return start
    following = rest[start]
    return start + (len(opened.block(following)) if depth(following) == depth(one) else 1)


@transaction.atomic
def end(indicator: Indicator, *, actor: Any) -> None:
    """It is evaluated no more; what was known of it stays.

    Locks: the division, its indicators. Raises: Refused; Rejected while others are below it.
    """
    opened, principal = _opened(indicator.division, actor)
    one = opened.get(indicator.pk)
    if one is None:
        raise Rejected(_("이미 뺀 지표입니다."))
    if len(opened.block(one)) > 1:
        raise Rejected(_("아래 지표가 있는 묶음입니다. 아래 지표부터 빼 주세요."))
    _remember(one, actor)
    one.ended_on = today()
    one.version += 1
    one.save()
    opened.rows.remove(one)
    _arrange(opened, {})
    _note(opened.division, actor, principal)


@transaction.atomic
def restore(indicator: Indicator, *, actor: Any) -> None:
    """Back in the table, at its end.

    Locks: the division, its indicators. Raises: Refused; Rejected if it is there, or there would be too many.
    """
    opened, principal = _opened(indicator.division, actor)
    one = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if one.ended_on is None:
        raise Rejected(_("빠지지 않은 지표입니다."))
    if len(opened.rows) >= MOST:
        raise Rejected(_("한 부문에는 지표를 %(most)d줄까지 둘 수 있습니다.") % {"most": MOST})
    _remember(one, actor)
    one.ended_on = None
    one.version += 1
    one.order = opened.rows[-1].order + 1 if opened.rows else 1
    one.save()
    opened.rows.append(one)
    if troubles := _arrange(opened, {}):
        raise Rejected(next(iter(next(iter(troubles.values())).cells.values())))
    _note(opened.division, actor, principal)


# -- before the plan is sent
def check_ready(division: Division) -> None:
    """Rejected where weights do not sum to the full marks, or something cannot be reckoned. Without any indicator there
    is nothing to check."""
    rows = [one for one in division.indicators.standing() if one.shape]
    if not rows:
        return
    weights = sum((one.weight for one in rows), Decimal(0))
    if weights != division.full_marks:
        told = {"sum": sheet.plain(weights), "full": sheet.plain(division.full_marks)}
        raise Rejected(_("지표 배점의 합(%(sum)s)이 만점(%(full)s)과 다릅니다. 배점을 고쳐 주세요.") % told)
    names = [f"{one.name}({sheet.FAULTS[fault][1]})" for one in rows if (fault := one.measure.fault())]
    if names:
        raise Rejected(_("계산할 수 없는 지표가 있습니다: %(names)s") % {"names": ", ".join(names)})
