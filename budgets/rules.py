"""Who may open the pages of budgets; each purse has permissions of its own (V5)."""

from typing import Any

from rules.predicates import predicate

from budgets.purses import seen_by
from core.permissions import NOBODY, permit


@predicate
def sees_any(user: Any, purse: Any) -> bool:
    return bool(seen_by(user))


permit("budgets.view", sees_any, reveals=NOBODY)
