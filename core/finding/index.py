"""What a process says of its things so that they are found, and how that gets into the index.

Titles, tags, bodies and names of files are written in the transaction that changes them; texts of files follow as a job
(`core.finding.files`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from basis.reading.texts import has_text
from basis.sockets import Socket
from core.attachments import files_of_each
from core.finding import passages
from core.finding.files import enqueue_reading, forget_readings
from core.finding.search import Result, find
from core.models import Attachment, Passage, Place
from core.rows import statement

BATCH = 100  # things indexed at a time: a page waits for no more than that
A_NIGHT = 5_000  # files left over that a night reads
FULL = 100  # the weight of what holds


@dataclass(frozen=True)
class Told:
    """What is told of one thing. `weight`, of a hundred: how far it still holds; `day`: as of when; of two like
    ones the newer comes first."""

    title: str
    day: date
    tags: Sequence[str] = ()
    body: str = ""
    weight: int = FULL


@dataclass(frozen=True)
class Findable:
    """The things of one kind that are found by words in their texts, and in those of their files unless `files` says
    no. `related` fetches with the rows what `tell` needs, where all are indexed anew."""

    model: type[models.Model]
    tell: Callable[[Any], Told]
    files: bool = True
    related: Callable[[QuerySet[Any]], QuerySet[Any]] = lambda rows: rows

    def find(self, words: str, among: QuerySet[Any], limit: int = 20, offset: int = 0) -> Result:
        """Those of `among` (what the reader may see) that have every word, best first; see `core.finding.search`."""
        return find(self.kind(), words, among, limit, offset)

    @transaction.atomic
    def index(self, things: Iterable[Any]) -> None:
        """Write what is told of these in place of what was told before: when they are made, changed, or have other
        files. Texts of files that were read already stay; the others are read by a job.

        Locks: nothing; the caller has the things in hand. Called by: services, in the transaction of the change.
        """
        waiting = iter(things)
        while batch := list(islice(waiting, BATCH)):
            self._index(batch)

    def _index(self, things: Sequence[Any]) -> None:
        kind, found = self.kind(), list[Passage]()
        told = {thing.pk: self.tell(thing) for thing in things}
        files = files_of_each(things) if self.files else {}
        for thing in things:
            found += self._texts(kind, thing.pk, told[thing.pk], files.get(thing, ()))
        here = [file for of_one in files.values() for file in of_one]
        old = self._entries().filter(object_id__in=told)
        kept = old.filter(place=Place.FILE, file__in=here, file__object_id=F("object_id"))
        old.exclude(pk__in=kept.values("pk")).delete()
        passages.write(found)
        self.weigh((pk, one.weight, one.day) for pk, one in told.items())
        enqueue_reading(here)

    def _texts(
        self, kind: ContentType, key: int, told: Told, files: Iterable[Attachment]
    ) -> Iterable[Passage]:
        same = {
            "content_type": kind,
            "object_id": key,
            "weight": told.weight,
            "day": told.day.toordinal(),
        }
        yield from passages.of(told.title, place=Place.TITLE, **same)
        for tag in told.tags:
            yield from passages.of(tag, place=Place.TAGS, **same)
        if told.body:
            yield from passages.of(told.body, place=Place.BODY, **same)
        for file in files:
            yield from passages.of(file.name, place=Place.FILE_NAME, file=file, **same)

    def weigh(self, told: Iterable[tuple[int, int, date]]) -> None:
        """Only weight and day of things (key, weight, day): what holds no longer comes later.

        Locks: nothing; the caller has the things in hand.
        """
        waiting = iter(told)
        while batch := list(islice(waiting, BATCH)):
            values = [(pk, weight, day.toordinal()) for pk, weight, day in batch]
            with connection.cursor() as cursor:
                cursor.execute(*statement(_WEIGH, table=Passage, kind=self.kind().pk, rows=values))

    @transaction.atomic
    def forget(self, keys: Iterable[int]) -> None:
        """Nothing of these things is found any more. Called by: services that delete them."""
        self._entries().filter(object_id__in=list(keys)).delete()

    def rebuild(self, *, files: bool = False) -> int:
        """Index all there is anew, while others work, and forget what is gone. Returns how many there are. `files`:
        read theirs again too, as jobs.

        Locks: a batch of things at a time, as everyone does who changes their texts.
        """
        done, last, everything = 0, 0, self.model._base_manager
        while True:
            with transaction.atomic():
                rows = self.related(everything.select_for_update(of=("self",)).filter(pk__gt=last))
                if not (batch := list(rows.order_by("pk")[:BATCH])):
                    break
                if files:
                    forget_readings(self.kind(), [thing.pk for thing in batch])
                self._index(batch)
            done, last = done + len(batch), batch[-1].pk
        self._entries().exclude(object_id__in=everything.values("pk")).delete()
        return done

    def kind(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    def _entries(self) -> QuerySet[Passage]:
        return Passage.objects.filter(content_type=self.kind())


# By the model, as it is found again in addresses and on the command line.
FOUND: Socket[Findable] = Socket("found", key=lambda findable: findable.model._meta.label_lower)


def read_left() -> int:
    """A duty: what no job has read, as the one that was to do it failed, is read by a new one. Gives how many files.
    A job that is still at them is not disturbed: each file is read once."""
    kinds = [findable.kind() for findable in FOUND if findable.files]
    same = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    told = Passage.objects.filter(**same, place=Place.TITLE, number=0)
    left = Attachment.objects.filter(content_type__in=kinds, removed_at=None, reading=None)
    rows = left.filter(Exists(told)).order_by("uploaded_at").iterator()
    return enqueue_reading(list(islice((file for file in rows if has_text(file.name)), A_NIGHT)))


_WEIGH = """UPDATE {table} SET weight = new.column2, day = new.column3 FROM (VALUES {rows}) AS new
WHERE {table}.content_type_id = {kind} AND {table}.object_id = new.column1
  AND ({table}.weight <> new.column2 OR {table}.day <> new.column3)"""
