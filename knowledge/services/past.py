"""Posts of an older board as they stood there (N1): nobody is asked for anything, told of anything, or given points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.core.files.base import File
from django.db import transaction

from core import attachments
from core.actors import SYSTEM
from core.now import today
from core.permissions import ensure
from core.rows import insert
from core.transition import record_many
from knowledge.enums import Area, PostState, Type, Validity
from knowledge.finding import index
from knowledge.models import Field, Post
from knowledge.policies import LOOK_DAYS
from knowledge.services.posts import tidy, within
from organization.models import Department, User

BATCH = 100  # posts written and indexed at a time


@dataclass(frozen=True)
class PastPost:
    """A post of `day`, written and kept by `writer` for `department`. `old_reason`: why one may not go by it any more;
    one whose `review_on` is no later than today is to be looked at."""

    title: str
    text: str
    day: date
    writer: User
    department: Department
    area: str = Area.WORK
    type: str = Type.WORK
    field: Field | None = None
    tags: str = ""
    review_on: date | None = None
    old_reason: str = ""
    files: Sequence[File] = ()


@transaction.atomic
def enter_past(rows: Iterable[PastPost], *, actor: Any) -> list[Post]:
    """Put them on the board as they stand today. Raises: Refused."""
    if actor is not SYSTEM:  # the command line
        ensure(actor, "knowledge.plan")
    made: list[Post] = []
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        posts = [_post(row) for row in batch]
        insert(posts)
        for post, row in zip(posts, batch, strict=True):
            if row.files:
                attachments.attach(post, row.files, actor=actor)
        index(posts)
        record_many(posts, "take_in", actor=actor, data={})
        made += posts
    return made


def _post(row: PastPost) -> Post:
    post = Post(
        title=row.title,
        text=row.text,
        area=row.area,
        type=row.type,
        field=row.field,
        tags=tidy(row.tags),
        state=PostState.STANDING,
        writer=row.writer,
        owner=row.writer,
        department=row.department,
        department_name=row.department.name,
        submitted_on=row.day,
        approved_on=row.day,
        review_on=row.review_on,
        is_past=True,
    )
    if row.old_reason:
        post.validity, post.old_reason, post.review_on = Validity.OLD, row.old_reason, None
    elif row.review_on and row.review_on <= today():
        post.validity, post.due_on = Validity.CHECK, within(LOOK_DAYS.on(today()))
    return post
