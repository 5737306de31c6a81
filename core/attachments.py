"""Files of things: type sniffed, size limited, random names, served only after the permission check."""

import codecs
import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import puremagic
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from basis import personal
from basis.errors import Rejected
from basis.sockets import Socket
from core.actors import Bearer, columns
from core.code import carries_code
from core.limits import limit
from core.models import Attachment, Draft
from core.now import now
from core.permissions import can
from core.pictures import TooLarge, is_picture, is_unread, look, plain

MAX_BYTES = 20 * 1024 * 1024  # what mail servers of public offices let through
# Ending → what the file's first bytes may say it is.
ALLOWED: dict[str, tuple[str, ...]] = {
    "pdf": ("pdf",),
    "hwp": ("ole", "hwp"),
    "hwpx": ("zip",),
    "docx": ("zip",),
    "xlsx": ("zip",),
    "pptx": ("zip",),
    "doc": ("ole",),
    "xls": ("ole",),
    "ppt": ("ole",),
    "zip": ("zip",),
    "jpg": ("jpg",),
    "jpeg": ("jpg",),
    "png": ("png",),
    "gif": ("gif",),
    "webp": ("webp",),
    "txt": ("text",),
    "csv": ("text",),
}
LONGEST_NAME = 200
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1a\x1c-\x1f]|\A\s*<(?:[!?/]|html|head|body|script|svg)", re.IGNORECASE
)
_NO_NAME = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # what no database stores
ACCEPT = ",".join(f".{ending}" for ending in ALLOWED)

T = TypeVar("T")
MayFetch = Callable[[Any, Any], bool] | str


@dataclass(frozen=True)
class Files:
    """Who may fetch the files of this kind of thing: whoever has the permission of this name, or the users that
    `may_fetch(user, obj)` says."""

    model: type[models.Model]
    may_fetch: MayFetch


FILES: Socket[Files] = Socket("files", key=lambda files: files.model)


def can_fetch(actor: Any, attachment: Attachment) -> bool:
    subject = attachment.subject
    files = FILES.get(type(subject)) if subject else None
    if files is None:
        return False
    if isinstance(files.may_fetch, str):
        return can(actor, files.may_fetch, subject)
    return not isinstance(actor, Bearer) and files.may_fetch(actor, subject)


def whoever_sees(user: Any, obj: models.Model) -> bool:
    """Files of a thing go to whoever may see the thing."""
    rows: Any = type(obj)._default_manager
    return rows.visible_to(user).filter(pk=obj.pk).exists()


def _sniff(head: bytes) -> str:
    if head[:4] == b"PK\x03\x04":
        return "zip"
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "ole"
    try:
        found = puremagic.from_string(head).lstrip(".")
    except (puremagic.PureError, ValueError):
        found = ""
    if found in ("jpg", "jpeg", "jfif"):
        return "jpg"
    if found in ("pdf", "png", "gif", "webp", "hwp"):
        return found
    return "text" if _is_text(head) else "unknown"


def _is_text(head: bytes) -> bool:
    """Neither binary nor markup that a browser would run; `<안내>` is how notices begin. Of UTF-16, what Windows saves:
    with its mark."""
    if head[:2] in _UTF16:
        try:
            text = codecs.getincrementaldecoder("utf-16")().decode(head)  # the end may be half a character
        except UnicodeDecodeError:
            return False
    else:
        text = head.decode("latin-1")  # of any old encoding: what matters here is the same in all of them
    return not _NO_TEXT.search(text)


def name_of(name: str) -> str:
    """A file's name as it is kept: composed (macOS takes 한 apart), a long one loses of its stem alone."""
    plain = _NO_NAME.sub("", unicodedata.normalize("NFC", os.path.basename(name)))
    stem, ending = os.path.splitext(plain)
    return (stem[: max(0, LONGEST_NAME - len(ending))] + ending)[:LONGEST_NAME]


class Kept(File):
    """What was cleaned before and lies with us: taken as it is."""


def check(file: File) -> str:
    """The ending if the file may be kept, else Rejected."""
    name = name_of(file.name or "")
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    file.seek(0)
    if is_unread(name, file.read(16)):
        raise Rejected(
            _(
                "‘%(name)s’은(는) 열 수 없는 사진 형식(HEIC·RAW)입니다. "
                "카메라 설정에서 ‘높은 호환성(JPEG)’을 고르거나 JPEG로 저장하여 올려 주세요."
            )
            % {"name": name},
            field="attachments",
        )
    if ending not in ALLOWED:
        raise Rejected(
            _(
                "‘%(name)s’은(는) 첨부할 수 없는 형식입니다. hwpx, hwp, pdf, 오피스 문서, 그림 파일을 올려 주세요."
            )
            % {"name": name},
            field="attachments",
        )
    if file.size > MAX_BYTES:
        raise Rejected(
            _("‘%(name)s’이(가) 20MB를 넘습니다. 나누거나 줄여서 올려 주세요.") % {"name": name},
            field="attachments",
        )
    if file.size == 0:
        raise Rejected(_("‘%(name)s’은(는) 빈 파일입니다.") % {"name": name}, field="attachments")
    file.seek(0)
    kind = _sniff(file.read(2048))
    file.seek(0)
    if kind not in ALLOWED[ending]:
        raise Rejected(
            _("‘%(name)s’의 내용이 확장자와 다릅니다. 원본 파일을 다시 저장하여 올려 주세요.")
            % {"name": name},
            field="attachments",
        )
    if is_picture(name):
        _drawn(file, name, look)
    return ending


def _drawn(file: File, name: str, draw: Callable[[Any], T]) -> T:
    try:
        return draw(file)
    except TooLarge as error:
        text = _("‘%(name)s’의 가로세로가 너무 커서 열 수 없습니다. 크기를 줄여서 올려 주세요.")
        raise Rejected(text % {"name": name}, field="attachments") from error
    except ValueError as error:
        text = _("‘%(name)s’을(를) 그림으로 열 수 없습니다. 원본 파일을 다시 저장하여 올려 주세요.")
        raise Rejected(text % {"name": name}, field="attachments") from error


def clean(file: File) -> File:
    """What is kept of it: a picture is drawn anew (P17), the rest as it is. Raises: Rejected."""
    check(file)
    name = name_of(file.name or "")
    if isinstance(file, Kept) or not is_picture(name):
        return file
    return Kept(ContentFile(_drawn(file, name, plain)), name=name)


def validate(file: File) -> None:
    """`check` as a validator of form fields."""
    try:
        check(file)
    except Rejected as error:
        raise ValidationError(error.message) from error


def sound(files: Iterable[File]) -> list[File]:
    """Those that may be kept, cleaned."""
    found = []
    for file in files:
        try:
            found.append(clean(file))
        except Rejected:
            continue
    return found


MIMES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}


@transaction.atomic
def attach(subject: models.Model, files: Iterable[File], *, actor: Any) -> list[Attachment]:
    """Check and clean all, then keep all; raises Rejected and keeps none if one will not do."""
    given = list(files)
    for file in given:
        check(file)
    _within_limits(subject, len(given), actor)
    kept = [(file, _named(file.name or "", actor)) for file in [clean(file) for file in given]]
    return [store(subject, file, name=name, actor=actor, mime=_mime(name)) for file, name in kept]


def _named(name: str, actor: Any) -> str:
    """What comes without an account loses the numbers in its name that look like a person's (P17)."""
    return personal.mask(name) if isinstance(actor, Bearer) else name


def _mime(name: str) -> str:
    return MIMES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def _within_limits(subject: models.Model, count: int, actor: Any) -> None:
    each, daily = limit("files_each"), limit("files_day")
    if count and not isinstance(subject, Draft) and files_of(subject).count() + count > each:
        raise Rejected(
            _("한 건에는 파일을 %(most)d개까지 첨부할 수 있습니다. 파일을 하나로 묶거나 지운 뒤 올려 주세요.")
            % {"most": each},
            field="attachments",
        )
    own = columns(actor, "uploaded_by")
    if count and any(own.values()):
        midnight = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
        today = Attachment.objects.filter(**own, uploaded_at__gte=midnight, uploaded_at__lte=now())
        if today.count() + count > daily:
            raise Rejected(
                _(
                    "한 사람이 하루에 파일을 %(most)d개까지 올릴 수 있습니다. 내일 올리거나 하나로 묶어 올려 주세요."
                )
                % {"most": daily},
                field="attachments",
            )


def store(subject: models.Model, file: File, *, name: str, mime: str, actor: Any) -> Attachment:
    """Store a file made or checked by us."""
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    attachment = Attachment(
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        name=name_of(name),
        size=size,
        mime=mime,
        sha256=digest.hexdigest(),
        carries_code=carries_code(file),
        **columns(actor, "uploaded_by"),
    )
    attachment.file.save(name, file, save=False)
    attachment.save()
    return attachment


def files_of(subject: models.Model) -> models.QuerySet[Attachment]:
    return Attachment.objects.filter(
        content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk, removed_at=None
    )


def link_of(file: Attachment) -> dict[str, Any]:
    """A file as components/attachments.html places it."""
    return {
        "name": file.name,
        "url": reverse("attachment", args=[file.pk]),
        "size": file.size,
        "carries_code": file.carries_code,
        "small": reverse("small_picture", args=[file.pk]) if is_picture(file.name) else "",
    }


def links_of(subject: models.Model) -> list[dict[str, Any]]:
    return [link_of(file) for file in files_of(subject)]


def files_of_each(subjects: Sequence[models.Model]) -> dict[models.Model, list[Attachment]]:
    """Those of several things, of whatever kinds, in one question; things without files are left out."""
    places = {(ContentType.objects.get_for_model(subject).pk, subject.pk): subject for subject in subjects}
    wanted = models.Q()
    for kind in {kind for kind, _pk in places}:
        keys = [pk for other, pk in places if other == kind]
        wanted |= models.Q(content_type=kind, object_id__in=keys)
    found: dict[models.Model, list[Attachment]] = {}
    for file in Attachment.objects.filter(wanted, removed_at=None) if places else ():
        found.setdefault(places[file.content_type_id, file.object_id], []).append(file)
    return found


def hand_on(subject: models.Model, to: models.Model) -> None:
    """What was put to `subject` is `to`'s from now on: what was written became something."""
    kind = ContentType.objects.get_for_model(to)
    for file in files_of(subject):
        file.content_type, file.object_id = kind, to.pk
        file.save(update_fields=["content_type", "object_id"])


@transaction.atomic
def remove(attachment: Attachment, *, actor: Any) -> None:
    """Take it from view; the file stays for the record."""
    removed = {"removed_at": now(), **columns(actor, "removed_by")}
    for name, value in removed.items():
        setattr(attachment, name, value)
    attachment.save(update_fields=list(removed))


def erase(attachment: Attachment) -> None:
    """Delete a file that never became part of the record, once the transaction stands."""
    storage, name = attachment.file.storage, str(attachment.file.name)
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))
