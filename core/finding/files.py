"""Texts of files: read by a job after the upload, one file a transaction, so that nobody waits for them.

What a file is found by stands in its passages. That it could not be read stands in a `Reading`, with the reason; a file
with neither is still to be read, whatever became of the job that was to do it.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from basis.official import in_office_language
from basis.reading.texts import Text, Unreadable, has_text, read
from core import jobs
from core.finding import passages
from core.jobs import Run
from core.models import Attachment, Passage, Place, Reading

KIND = "read_files"


def enqueue_reading(files: Sequence[Attachment]) -> int:
    """Those of them that were not read yet, as one job. Gives how many."""
    documents = [file for file in files if has_text(file.name)]
    waiting = _unread(documents)
    if waiting:
        keys = [str(file.pk) for file in documents if file.pk in waiting]
        jobs.enqueue(KIND, _label(), {"files": keys})
    return len(waiting)


def read_files(run: Run, payload: dict[str, Any]) -> dict[str, Any]:
    """Job handler. Taken up again, it leaves out what was read before."""
    keys = [UUID(key) for key in payload["files"]]
    waiting = _unread(Attachment.objects.filter(pk__in=keys, removed_at=None))
    for done, key in enumerate(keys, start=1):
        if key in waiting:
            _read(waiting[key])
            run.progress(done, len(keys))
    return {}


def forget_readings(kind: ContentType, keys: Iterable[int]) -> None:
    """The files of these things are to be read again. The caller has the transaction."""
    keys = list(keys)
    Passage.objects.filter(content_type=kind, object_id__in=keys, place=Place.FILE).delete()
    Reading.objects.filter(file__content_type=kind, file__object_id__in=keys).delete()


def unreadable(files: Iterable[Attachment]) -> dict[UUID, str]:
    """Of those that could not be read, why: for the page that shows them."""
    return dict(Reading.objects.filter(file__in=list(files)).exclude(reason="").values_list("file", "reason"))


def _unread(files: Iterable[Attachment]) -> dict[UUID, Attachment]:
    """A file that went from one thing to another is read again for that one."""
    found = {file.pk: file for file in files}
    read_for = Passage.objects.filter(file__in=found, place=Place.FILE, number=0)
    done = {
        file
        for file, kind, thing in read_for.values_list("file", "content_type", "object_id")
        if (found[file].content_type_id, found[file].object_id) == (kind, thing)
    }
    failed = set(Reading.objects.filter(file__in=found).exclude(reason="").values_list("file", flat=True))
    return {key: file for key, file in found.items() if key not in done | failed}


def _read(file: Attachment) -> None:
    """The text first, and nothing else held meanwhile.

    Locks: the first passage of the thing's title, as `Findable.index` and `weigh` do, which is there while the thing is
    to be found.
    """
    text, reason = _text(file)
    with transaction.atomic():
        titles = Passage.objects.select_for_update(of=("self",)).filter(
            content_type=file.content_type_id, object_id=file.object_id, place=Place.TITLE, number=0
        )
        title = titles.order_by("pk").first()
        if title is None or not _unread(Attachment.objects.filter(pk=file.pk, removed_at=None)):
            return  # the thing, the file or this work is gone meanwhile
        Reading.objects.update_or_create(
            file=file, defaults={"reason": reason, "cut": bool(text and text.cut)}
        )
        if text:
            passages.write(
                passages.of(
                    text.text,
                    content_type_id=file.content_type_id,
                    object_id=file.object_id,
                    place=Place.FILE,
                    file=file,
                    weight=title.weight,
                    day=title.day,
                )
            )


@in_office_language
def _label() -> str:
    return _("찾기 위하여 첨부 파일 읽기")


@in_office_language
def _text(file: Attachment) -> tuple[Text | None, str]:
    """The text, or why there is none."""
    try:
        with file.file.open("rb") as stream:
            return read(stream, file.name), ""
    except FileNotFoundError:
        return None, _("보관된 파일을 찾지 못하여 내용을 읽지 못했습니다.")
    except Unreadable as error:
        return None, error.reason
