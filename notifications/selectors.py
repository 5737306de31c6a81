"""The first page: what I must do, by urgency (R5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.clock import DeadlineBadge, deadline_badge
from core.formats import date_short
from core.now import today
from notifications.todo import Todo, todos_of


@dataclass(frozen=True)
class TodoRow:
    todo: Todo
    badge: DeadlineBadge | None
    due: str


@dataclass(frozen=True)
class TodoGroup:
    key: str
    rows: Sequence[TodoRow]

    @property
    def count(self) -> int:
        return len(self.rows)


def grouped_todos(user: Any) -> dict[str, TodoGroup]:
    """late, today, week, later; each row with its badge."""
    day = today()
    week_end = day + timedelta(days=6 - day.weekday())
    groups: dict[str, list[TodoRow]] = {"late": [], "today": [], "week": [], "later": []}
    for todo in todos_of(user):
        key = "later"
        if todo.due and not todo.paused:
            if todo.due < day:
                key = "late"
            elif todo.due == day:
                key = "today"
            elif todo.due <= week_end:
                key = "week"
        badge = deadline_badge(todo.due, day, todo.paused) if todo.due else None
        groups[key].append(TodoRow(todo, badge, date_short(todo.due) if todo.due else ""))
    return {key: TodoGroup(key, rows) for key, rows in groups.items()}
