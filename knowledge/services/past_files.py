"""Files of posts of an older board, brought after their workbook: each goes where its name was given (N1)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.db import transaction

from basis.folding import fold
from core import attachments
from core.attachments import name_of
from core.permissions import ensure
from knowledge.finding import index
from knowledge.models import Awaited, Post


@dataclass
class Brought:
    """Names of files that found their posts, and of those that nothing waits for."""

    placed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def await_files(names: Iterable[tuple[Post, str]]) -> None:
    """Called by: the importer, with its posts."""
    known = {(post.pk, fold(name)): (post, name) for post, name in names}
    Awaited.objects.bulk_create(
        Awaited(post=post, name=name, key=key) for (_pk, key), (post, name) in known.items()
    )


@transaction.atomic
def bring(files: Iterable[File], *, actor: Any) -> Brought:
    """A name that several posts gave goes to all of them. Locks: the names. Raises: Refused, Rejected for a file that
    will not do."""
    ensure(actor, "knowledge.plan")
    found, touched = Brought(), dict[int, Post]()
    for file in files:
        name = name_of(file.name or "")
        rows = list(
            Awaited.objects.select_for_update(of=("self",)).filter(key=fold(name)).select_related("post")
        )
        if not rows:
            found.unknown.append(name)
            continue
        for row in rows:
            file.seek(0)
            attachments.attach(row.post, [file], actor=actor)
            touched[row.post_id] = row.post
            row.delete()
        found.placed.append(name)
    if touched:
        index(list(touched.values()))
    return found
