"""Passes: made, revoked and replaced. Who may is for the caller to check, as with files."""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac

from basis.sockets import Socket
from core.actors import Bearer, user_of
from core.models import Pass
from core.now import now

TOKEN_BYTES = 32
SALT = "core.passes"


@dataclass(frozen=True)
class BearerKind:
    """What passes of this kind open: the address `page(subject)`, and what lies below it."""

    key: str
    page: Callable[[Any], str]


BEARERS: Socket[BearerKind] = Socket("bearers", key=lambda kind: kind.key)


def issue(
    subject: models.Model, *, kind: str, label: str, until: datetime, actor: Any, token: str = ""
) -> tuple[Pass, str]:
    """A new pass and its token, which is told this once and kept nowhere. `label`: what logs call its bearer. `token`:
    the one after another (`token_after`), else a random one."""
    assert kind in BEARERS, kind
    token = token or secrets.token_urlsafe(TOKEN_BYTES)
    made = Pass.objects.create(
        token_hash=_hash(token),
        kind=kind,
        content_type=ContentType.objects.get_for_model(subject),
        object_id=subject.pk,
        label=label,
        expires_at=until,
        made_by=user_of(actor),
    )
    return made, token


def token_after(token: str) -> str:
    """A token that whoever holds this one finds again, and nobody else: what was sent twice leads to the same."""
    digest = salted_hmac(SALT, token, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


@transaction.atomic
def revoke(held: Pass) -> None:
    """From now on it opens nothing; what was done with it stays in the logs."""
    fresh = Pass.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if fresh.revoked_at is None:
        fresh.revoked_at = now()
        fresh.save(update_fields=["revoked_at"])
    held.revoked_at = fresh.revoked_at


@transaction.atomic
def replace(held: Pass, *, until: datetime, actor: Any) -> tuple[Pass, str]:
    """Another token for the same bearer, when one is lost or known to others: the old one opens nothing any more."""
    revoke(held)
    subject = held.subject
    assert subject is not None
    return issue(subject, kind=held.kind, label=held.label, until=until, actor=actor)


def ever_for(subject: models.Model) -> models.QuerySet[Pass]:
    """All that ever opened this thing."""
    kind = ContentType.objects.get_for_model(subject)
    return Pass.objects.filter(content_type=kind, object_id=subject.pk)


def passes_for(subject: models.Model) -> models.QuerySet[Pass]:
    """Those that open this thing now."""
    return ever_for(subject).filter(revoked_at=None, expires_at__gt=now())


def bearer_of(token: str) -> Bearer | None:
    """Who holds this token, while its pass stands."""
    held = Pass.objects.filter(token_hash=_hash(token)).first() if token else None
    return Bearer(held) if held and held.stands else None


def page_of(bearer: Bearer) -> str:
    return BEARERS[bearer.held.kind].page(bearer.subject)


def path_of(token: str) -> str:
    """The address to hand out."""
    return reverse("pass", args=[token])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
