"""What processes above bring to the knowledge board: their results stand there by themselves (B8, K5)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from basis.sockets import Socket


@dataclass(frozen=True)
class Article:
    """What stands for a result. `writer` is whose work it is, `day` when it came about. `earns`: it brings its writer a
    post's points, once for the source; not where the work itself has earned (K5)."""

    title: str
    text: str
    writer: Any
    day: date
    tags: str = ""
    type: str = "work"
    earns: bool = False


@dataclass(frozen=True)
class Mirror:
    """The results of one kind of thing. `rows()` are those that stand, each with `mark` annotated or as a field: what
    changes when its text does. `article(thing)` words it; `parts` is read with the rows (select_related)."""

    model: type[models.Model]
    area: str
    label: Any
    rows: Callable[[], models.QuerySet[Any]]
    article: Callable[[Any], Article | None]
    mark: str = "version"
    related: tuple[str, ...] = field(default=())


MIRRORS: Socket[Mirror] = Socket("mirrors", key=lambda mirror: mirror.model._meta.label_lower)
