"""What is typed into the table of indicators, pasted or taken from a file, means (I3).

A row is a mapping of column to text. A row without a shape is a group: a field or an item with others below it."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from basis.excel.columns import clean_text, head_key, spellings
from incentives.enums import Shape
from incentives.models import Indicator
from incentives.reckoning.attainment import Fault
from incentives.sheet import ALL, FAULTS, FIELDS, PATHS, PERCENT, Column, Texts, plain, texts_of
from organization.models import User

_NUMBERED = re.compile(r"\(([^()]+)\)\s*$")
_LONGEST = 40  # characters of a number with all its spaces
_MOST_STEPS = 20
MOST_BOUND = 1_000  # percent


class CellFault(ValueError):
    """What is wrong with a cell, and what to do."""


class People:
    """Who is named in cells, found with one question for all of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        wanted = {self._key(text) for text in texts if text.strip()}
        rows = User.objects.filter(is_active=True).exclude(department=None) if wanted else User.objects.none()
        self._found: dict[str, list[User]] = {}
        numbers = rows.filter(employee_number__in=wanted) | rows.filter(name__in=wanted)
        for user in numbers.order_by("pk"):
            for key in {user.employee_number, user.name} & wanted:
                self._found.setdefault(key, []).append(user)

    @staticmethod
    def _key(text: str) -> str:
        numbered = _NUMBERED.search(text)
        return (numbered.group(1) if numbered else text).strip()

    def __call__(self, text: str) -> User | None:
        if not text.strip():
            return None
        found = self._found.get(self._key(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise CellFault(_("이름이 같은 직원이 있습니다. 직원번호를 적어 주세요."))
        raise CellFault(_("이 직원번호나 이름의 직원이 없습니다."))


@dataclass(frozen=True)
class Read:
    """What a row means: values by field of the model, and what is wrong by column."""

    values: dict[str, Any]
    faults: dict[str, str]


def read(texts: Texts, people: People, now: Indicator | None = None) -> Read:
    """A row as it was typed; what of it is not there stays as it is `now`."""
    given = {key: clean_text(text) for key, text in texts.items() if key in ALL}
    whole = {**texts_of(now), **given} if now else given
    if (
        "shape" in given
        and "terms" not in given
        and now
        and _choice("shape", given["shape"], {}) != now.shape
    ):
        whole["terms"] = ""
    faults: dict[str, str] = {}
    values: dict[str, Any] = {}
    for key in given:
        if key not in ("terms", "bounds") and not key[1:].isdigit():
            _one(key, given[key], values, faults, people)
    shape = values.get("shape", now.shape if now else "")
    if {"terms", "shape"} & set(given) and "shape" not in faults:
        _terms(shape, whole.get("terms", ""), values, faults)
    if {"bounds", "shape"} & set(given):
        _bounds(whole.get("bounds", ""), values, faults)
    if any(column.key in given for column in PATHS):
        _path(whole, values, faults)
    if not faults:
        _whole(values, faults, now)
    return Read(values, faults)


def _one(key: str, text: str, values: dict[str, Any], faults: dict[str, str], people: People) -> None:
    try:
        if len(text) > ALL[key].most:
            raise CellFault(_("%(most)d자 이내로 적어 주세요.") % {"most": ALL[key].most})
        match key:
            case "level" | "shape":
                values[key] = _choice(key, text, {"": ""} if key == "shape" else {})
            case "grows":
                values["cumulative"] = _choice(key, text or "1", {}) == "1"
            case "weight":
                values[key] = decimal(text, whole=4, places=3) or Decimal(0)
            case "target":
                values[key] = decimal(text)
            case "person":
                values[key] = people(text)
            case "name" if not text:
                raise CellFault(_("지표 이름을 적어 주세요."))
            case _text:
                values[key] = text
    except CellFault as fault:
        faults[key] = str(fault)


def _choice(key: str, text: str, more: Mapping[str, str]) -> str:
    options = ALL[key].options
    assert options is not None
    known = dict(more)
    for code, label in options():
        known |= dict.fromkeys((code, *spellings(label)), code)
    found = known.get(text, known.get(head_key(text)))
    if found is None:
        choices = ", ".join(str(label) for _code, label in options())
        raise CellFault(
            _("목록에 없는 값입니다. 다음 가운데 하나를 적어 주세요: %(choices)s") % {"choices": choices}
        )
    return found


def decimal(text: str, *, whole: int = 12, places: int = 6) -> Decimal | None:
    """`1,250`, `12.5%`; None for an empty cell and `-`."""
    bare = text.replace(",", "").replace(" ", "").removesuffix("%")
    if bare in ("", "-", "–"):
        return None
    try:
        value = Decimal(bare) if len(bare) <= _LONGEST else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite():
        raise CellFault(_("숫자만 적어 주세요."))
    if value and (value.adjusted() >= whole or -value.normalize().as_tuple().exponent > places):  # type: ignore[operator]  # finite: no text
        raise CellFault(
            _("소수점 위 %(whole)d자리, 아래 %(places)d자리까지 적어 주세요.")
            % {"whole": whole, "places": places}
        )
    return value


def _pair(text: str) -> tuple[Decimal, Decimal]:
    parts = [decimal(part) for part in re.split(r"[~∼～]", text)]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        raise CellFault(_("두 값을 10~20처럼 적어 주세요."))
    return parts[0], parts[1]


def _terms(shape: str, text: str, values: dict[str, Any], faults: dict[str, str]) -> None:
    values |= {"base": None, "low": None, "high": None, "steps": []}
    try:
        if shape not in (Shape.BASE, Shape.RANGE, Shape.STEPS):
            if text:
                raise CellFault(_("이 산식에는 조건을 적지 않습니다. 비우거나 산식을 바꿔 주세요."))
        elif shape == Shape.BASE:
            values["base"] = decimal(text)
        elif shape == Shape.RANGE and text:
            values["low"], values["high"] = _pair(text)
        elif shape == Shape.STEPS:
            values["steps"] = _steps(text)
    except CellFault as fault:
        faults["terms"] = str(fault)


def _steps(text: str) -> list[list[str]]:
    found = []
    for part in re.split(r"[,;/\n]+", text) if text else ():
        ends = [decimal(end) for end in part.split(":")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or not 0 <= ends[1] <= MOST_BOUND:
            raise CellFault(_("구간은 ‘이 값부터:배점의 몇 %%’로 적어 주세요(예: 80:50, 100:100)."))
        found.append([plain(ends[0]), plain(ends[1] / PERCENT)])
    if len(found) > _MOST_STEPS:
        raise CellFault(_("구간은 %(most)d개까지 적습니다.") % {"most": _MOST_STEPS})
    return found


def _bounds(text: str, values: dict[str, Any], faults: dict[str, str]) -> None:
    try:
        low, high = _pair(text) if text else (Decimal(0), PERCENT)
        if not 0 <= low <= high:
            raise CellFault(str(FAULTS[Fault.BOUNDS][1]))
        if high > MOST_BOUND or low % 1 or high % 1:
            raise CellFault(_("하한과 상한은 %(most)d까지의 정수로 적어 주세요.") % {"most": MOST_BOUND})
        values["floor"], values["cap"] = low / PERCENT, high / PERCENT
    except CellFault as fault:
        faults["bounds"] = str(fault)


def _path(whole: Texts, values: dict[str, Any], faults: dict[str, str]) -> None:
    months: list[str] = []
    for column in PATHS:
        try:
            months.append(plain(decimal(whole.get(column.key, ""))))
        except CellFault as fault:
            faults[column.key] = str(fault)
    values["path"] = months if any(months) else []


def _whole(values: dict[str, Any], faults: dict[str, str], now: Indicator | None) -> None:
    """What shows only of the row as a whole; a target or a term still to come is no fault yet."""
    one = Indicator()
    for name in FIELDS:
        setattr(one, name, values.get(name, getattr(now, name) if now else getattr(one, name)))
    if one.weight < 0:
        faults["weight"] = str(FAULTS[Fault.WEIGHT][1])
        return
    if not one.shape:
        _group(one, values, faults)
    elif (fault := one.measure.fault()) and not _to_come(one, fault):
        column, text = FAULTS[fault]
        faults[column] = str(text)
    if not faults and one.cumulative and any(one.path):
        typed = [Decimal(text) for text in one.path if text]
        falls = one.shape in (Shape.HIGHER, Shape.STEPS) and any(a > b for a, b in itertools.pairwise(typed))
        if falls:
            faults[next(c.key for c in PATHS if whole_text(one.path, c))] = _(
                "누계의 월별 목표는 줄어들 수 없습니다."
            )


def whole_text(path: Sequence[str], column: Column) -> str:
    return path[int(column.key[1:]) - 1]


def _group(one: Indicator, values: dict[str, Any], faults: dict[str, str]) -> None:
    if one.weight and "weight" in values and values["weight"]:
        faults["weight"] = _("묶음의 배점은 아래 지표에서 더합니다. 비우거나 산식을 고르세요.")
    elif one.target is not None and values.get("target") is not None:
        faults["target"] = _("묶음에는 목표를 적지 않습니다. 비우거나 산식을 고르세요.")
    else:
        values |= {"weight": Decimal(0), "target": None, "path": []}


def _to_come(one: Indicator, fault: Fault) -> bool:
    match fault:
        case Fault.TARGET:
            return one.target is None
        case Fault.BASE:
            return one.base is None
        case Fault.RANGE:
            return one.low is None and one.high is None
        case Fault.STEPS:
            return not one.steps
        case _other:
            return False
