"""Criteria as a form draws them: the marks to choose from, what was typed or kept, and what is wrong."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from basis.errors import Rejected
from evaluations.models import Criterion

BUTTONS = 10  # marks up to this are chosen by buttons, beyond typed


def row_of(
    criterion: Criterion, name: str, sent: Mapping[str, Any], kept: Decimal | None, error: Rejected | None
) -> dict[str, Any]:
    """`name`: of its field. Where the form was refused, what was typed, and beside it what is missing or no mark."""
    typed = str(sent.get(name, "")).strip() if error else ""
    value = typed or ("" if kept is None else f"{kept.normalize():f}")
    choices = [str(mark) for mark in range(criterion.most + 1)] if criterion.most <= BUTTONS else []
    if value and choices and value not in choices:
        choices = []  # typed from paper, or by hand, with decimals
    problem = ""
    if error and error.field == name:
        problem = error.message
    elif error and not value:
        problem = _("점수를 골라 주세요.") if choices else _("점수를 입력해 주세요.")
    return {
        "of": criterion,
        "name": name,
        "value": value,
        "choices": choices,
        "saved": kept is not None,
        "problem": problem,
    }
