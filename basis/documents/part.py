"""What all parts of a document have in common: clean fields, checks, JSON."""

import datetime as dt
import re
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import Any, Self

from django.utils.functional import Promise

# What XML 1.0, and so Excel and HWPX, cannot hold.
_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARTS: dict[str, type["Part"]] = {}


class Part:
    """Base of the frozen dataclasses of `basis.documents.model`.

    Texts lose control characters and `mark_safe`, lists become tuples. `check` refuses with ValueError.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _PARTS[cls.__name__] = cls

    def __post_init__(self) -> None:
        for name in self._names():
            object.__setattr__(self, name, _clean(getattr(self, name)))
        self.check()

    def check(self) -> None:
        """ValueError when the part cannot be drawn."""

    def to_json(self) -> Any:
        """Plain JSON data without what is at its default, so that stored documents outlive new fields."""
        given = {name: getattr(self, name) for name in self._names()}
        kept = {name: value for name, value in given.items() if value != self._defaults().get(name, MISSING)}
        return {"type": type(self).__name__, **{name: _encode(value) for name, value in kept.items()}}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """The part that `to_json` wrote. ValueError when the data is not one."""
        part = _decode(data)
        if not isinstance(part, cls):
            raise ValueError(f"{cls.__name__} 자료가 아닙니다.")
        return part

    @classmethod
    def revive(cls, values: dict[str, Any]) -> Self:
        """A new part from decoded fields."""
        return cls(**values)

    @classmethod
    def _names(cls) -> list[str]:
        return [field.name for field in fields(cls)]  # type: ignore[arg-type]  # every subclass is a dataclass

    @classmethod
    def _defaults(cls) -> dict[str, Any]:
        return {field.name: field.default for field in fields(cls)}  # type: ignore[arg-type]  # as above


def _clean(value: Any) -> Any:
    if isinstance(value, str | Promise):
        # replace() gives a plain str: what was marked safe elsewhere is escaped all the same
        return _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list | tuple):
        return tuple(_clean(item) for item in value)
    return value


def _encode(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_json()
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, Decimal):
        return {"type": "decimal", "value": str(value)}
    if isinstance(value, dt.date):
        return {"type": "date", "value": value.isoformat()}
    return value


def _decode(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_decode(item) for item in data)
    if not isinstance(data, dict):
        return data
    values = {name: _decode(value) for name, value in data.items()}
    name = values.pop("type", None)
    try:
        if name == "decimal":
            return Decimal(values["value"])
        if name == "date":
            return dt.date.fromisoformat(values["value"])
        return _PARTS[name].revive(values)
    except (ArithmeticError, KeyError, TypeError) as error:
        raise ValueError(f"문서 자료를 읽을 수 없습니다: {name}") from error
