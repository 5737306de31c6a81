"""Drafts: what somebody typed and has not sent, and the files put to it, kept per user or bearer and form. What a
browser may save is named by the page that shows the form (`signed`), and has a size."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.core.files.base import File
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments
from core.actors import columns
from core.limits import limit
from core.models import Attachment, Draft
from core.numbers import stored

MAX_FIELD = 20_000  # characters; longer than any field of ours
MAX_FIELDS = 1_000  # as many as a request may bring
SKIPPED = {"csrfmiddlewaretoken", "once", "gate", "proof", "password", "preview", "back"}


_signer = Signer(salt="core.drafts")


def signed(key: str) -> str:
    """As an address carries it: no draft is saved that no page has offered."""
    return _signer.sign(key)


def key_of(text: str) -> str | None:
    """The key; None for what no page has signed."""
    try:
        return _signer.unsign(text)
    except BadSignature:
        return None


def _key(actor: Any, key: str) -> dict[str, Any]:
    return {**columns(actor, "user"), "key": key[:80]}


def save(actor: Any, key: str, data: QueryDict) -> str:
    """Keep the fields; gives the time as 14:03.

    Raises: Rejected for more than a person may leave behind."""
    kept = {
        stored(name): [stored(value[:MAX_FIELD]) for value in data.getlist(name)]
        for name in list(data)[:MAX_FIELDS]
        if name not in SKIPPED
    }
    _within_limits(actor, key, len(json.dumps(kept, ensure_ascii=False).encode()))
    draft, _created = Draft.objects.update_or_create(**_key(actor, key), defaults={"data": kept})
    return timezone.localtime(draft.saved_at).strftime("%H:%M")


def _within_limits(actor: Any, key: str, size: int) -> None:
    most, others = limit("draft_kb"), limit("drafts")
    if size > most * 1024:
        raise Rejected(
            _("쓰던 내용이 %(most)dKB를 넘어 임시 저장하지 않았습니다. 나누어 쓰거나 파일로 붙여 주세요.")
            % {"most": most}
        )
    if Draft.objects.filter(**columns(actor, "user")).exclude(key=key[:80]).count() >= others:
        raise Rejected(
            _(
                "쓰다 만 내용이 %(most)d건이어서 임시 저장하지 않았습니다. 먼저 쓰던 것을 보내거나 지워 주세요."
            )
            % {"most": others}
        )


def load(actor: Any, key: str) -> tuple[dict[str, Any], Any] | None:
    """Form initial values and when they were saved, or None."""
    draft = Draft.objects.filter(**_key(actor, key)).first()
    if draft is None:
        return None
    return _initial(draft.data), draft.saved_at


def initial(data: QueryDict) -> dict[str, Any]:
    """Form initial values of what was typed."""
    return _initial({name: data.getlist(name) for name in data if name not in SKIPPED})


def _initial(data: dict[str, list[str]]) -> dict[str, Any]:
    return {name: values[0] if len(values) == 1 else values for name, values in data.items() if values}


@transaction.atomic
def hold(actor: Any, key: str, files: Iterable[File]) -> list[Attachment]:
    """Put files to the draft until it is sent; gives them as kept. The same file is kept once."""
    draft, _created = Draft.objects.get_or_create(**_key(actor, key))
    known = {file.sha256: file for file in attachments.files_of(draft)}
    kept = []
    for file in map(attachments.clean, files):
        digest = hashlib.sha256(file.read()).hexdigest()
        file.seek(0)
        if digest not in known:
            (known[digest],) = attachments.attach(draft, [file], actor=actor)
        kept.append(known[digest])
    return kept


def held(actor: Any, key: str) -> list[Attachment]:
    """The files put to the draft."""
    draft = Draft.objects.filter(**_key(actor, key)).first()
    return list(attachments.files_of(draft)) if draft else []


@contextmanager
def opened(actor: Any, key: str) -> Iterator[dict[str, File]]:
    """The files put to the draft by their id, open for sending."""
    with ExitStack() as stack:
        yield {
            str(file.pk): attachments.Kept(stack.enter_context(file.file.open()), name=file.name)
            for file in held(actor, key)
        }


@transaction.atomic
def discard(actor: Any, key: str) -> None:
    """Forget what was typed; files that were never sent go for good."""
    draft = Draft.objects.filter(**_key(actor, key)).first()
    if draft is None:
        return
    for attachment in attachments.files_of(draft):
        attachments.erase(attachment)
    draft.delete()
