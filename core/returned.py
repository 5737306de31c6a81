"""Who gave a thing back and why, for who has to mend it."""

from collections.abc import Iterable
from typing import Any

from core.models import TransitionLog
from core.transition import latest_first
from core.workflow import workflow_of


def returned(obj: Any, log: Iterable[TransitionLog] | None = None) -> TransitionLog | None:
    """The step that gave the thing back, as long as it has not been sent on; asked only in states that may follow.
    `log`: its rows, the latest first, where they are at hand."""
    back = {step.name for step in workflow_of(obj).transitions if step.returns and step.target == obj.state}
    if not back:
        return None
    rows = latest_first(obj) if log is None else log
    last = next((row for row in rows if row.from_state != row.to_state), None)
    return last if last and last.name in back else None
