"""Which project and division a result belongs to, by what it is called (I1)."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.folding import fold
from incentives.enums import Kind
from incentives.models import Division, Project

_BRACKET = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(r"^(?:\d{4}|'?\d{2})\s*(?:년도?|회계연도)?\s*(?:상반기|하반기)?")
_NOISE = re.compile(r"[\W_]+")
_ENDS = re.compile(r"(?:추진|사업)+$")
_FIELD = re.compile(r"(?:분야|부문)$")
SHORTEST = 6  # letters of a name that is part of another


@cache
def core_of(title: str) -> str:
    """What stays of a name: without year, brackets, signs, spaces and the word that it is a project."""
    bare = _NOISE.sub("", _YEAR.sub("", _BRACKET.sub(" ", fold(title)).strip()))
    return _ENDS.sub("", bare)


def alike(one: str, other: str) -> bool:
    first, second = sorted((core_of(one), core_of(other)), key=len)
    return first == second or (len(first) >= SHORTEST and first in second)


def project_of(title: str, projects: Iterable[Project]) -> Project | None:
    """The only joint project called so; None where there is none. Rejected where it could be several."""
    joint = [one for one in projects if one.kind == Kind.JOINT]
    if same := [one for one in joint if fold(one.name) == fold(title)]:
        return same[0]
    found = [one for one in joint if alike(title, one.name)]
    exact = [one for one in found if core_of(one.name) == core_of(title)]
    if len(exact or found) > 1:
        names = ", ".join(f"{one.number}. {one.name}" for one in found)
        raise Rejected(
            _("어느 사업의 결과인지 알 수 없습니다: %(names)s. ‘소속 사업’ 열에 연번을 적어 주세요.")
            % {"names": names}
        )
    return next(iter(exact or found), None)


def division_of(title: str, departments: Sequence[int], divisions: Sequence[Division]) -> Division:
    """Of several, the one whose name or evaluator says the field in brackets; else the one of these departments; else
    the first."""
    if len(divisions) == 1:
        return divisions[0]
    fields = [_FIELD.sub("", "".join(text.split())) for text in _BRACKET.findall(title)]
    said = [
        one for one in divisions if any(field and field in f"{one.name}{one.evaluator}" for field in fields)
    ]
    if len(said) == 1:
        return said[0]
    shared = [one for one in divisions if any(part.department_id in departments for part in one.parts.all())]
    return (shared or list(divisions))[0]
