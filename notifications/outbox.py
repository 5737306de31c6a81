"""Sending what stands in the outbox: each row is claimed, sent, and marked by itself.

django-post-office keeps the mail, its files and its log. Its own batch sender marks a whole batch afterwards, so a
killed worker would send twice; here the lease is per mail (docs/adr).
"""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from post_office.models import STATUS, Email

from core.changes import note
from core.permissions import ensure
from core.wake import wake
from notifications.models import INVITATION, Mail
from notifications.sockets import COURIERS, Failure

SEND = "notifications.tasks.send_mail"
RETRY_MINUTES = (1, 5, 15, 60, 180, 360, 720, 1440)  # between attempts; then it is shown as failed


def send_soon() -> None:
    """Have what is due sent now, where a mail server is set."""
    if settings.MAIL_DELIVERY:
        wake(SEND)


def _open() -> Q:
    moment = timezone.now()
    due = Q(next_try_at=None) | Q(next_try_at__lte=moment)
    return (Q(state=Mail.State.QUEUED) & due) | Q(state=Mail.State.SENDING, lease_until__lt=moment)


def send_all(limit: int = 1000) -> int:
    """Send what is due; the number delivered. Nothing is sent where no mail server is set."""
    if not settings.MAIL_DELIVERY:
        return 0
    ids = Mail.objects.filter(_open()).order_by("pk").values_list("pk", flat=True)[:limit]
    return sum(send_one(pk) for pk in list(ids))


def send_one(pk: int) -> bool:
    """Claim, deliver, mark. A second caller finds it claimed; a dead one's lease runs out."""
    token = uuid.uuid4()
    claimed = Mail.objects.filter(_open(), pk=pk).update(
        state=Mail.State.SENDING,
        token=token,
        lease_until=timezone.now() + timedelta(seconds=settings.MAIL_LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if not claimed:
        return False
    mail = Mail.objects.select_related("email", "recipient").get(pk=pk)
    courier = COURIERS.get(mail.kind)
    failure = courier.carry(mail) if courier else _dispatch(mail)
    with transaction.atomic():
        noted = _note_sent(mail) if failure is None else _note_failed(mail, failure)
        if courier and noted:
            courier.told(mail, failure)
    return failure is None


def _dispatch(mail: Mail) -> Failure | None:
    _readdress(mail)
    status = mail.email.dispatch()  # writes its own log and never raises
    if status == STATUS.sent:
        if mail.kind == INVITATION:  # on its way, it need not be read here any more
            Email.objects.filter(pk=mail.email_id).update(message="", html_message="")
        return None
    last = mail.email.logs.order_by("-pk").first()
    return Failure("", last.message if last else "")


def _note_sent(mail: Mail) -> bool:
    """False if the lease had run out and another has it."""
    done: int = _held(mail).update(state=Mail.State.SENT, sent_at=timezone.now(), lease_until=None, error="")
    return bool(done)


def _note_failed(mail: Mail, failure: Failure) -> bool:
    over = failure.final or mail.attempts > len(RETRY_MINUTES)
    wait = RETRY_MINUTES[min(mail.attempts, len(RETRY_MINUTES)) - 1]
    done: int = _held(mail).update(
        state=Mail.State.FAILED if over else Mail.State.QUEUED,
        next_try_at=timezone.now() + timedelta(minutes=wait),
        lease_until=None,
        error=failure.answer[:300],
    )
    return bool(done)


def _held(mail: Mail) -> Any:
    return Mail.objects.filter(pk=mail.pk, token=mail.token, state=Mail.State.SENDING)


def _readdress(mail: Mail) -> None:
    """To the person's present address: the one of then may be why it did not arrive. Without one, as it was."""
    person, email = mail.recipient, mail.email
    if person and person.email and email.to != [person.email]:
        email.to = [person.email]
        email.save(update_fields=["to"])


@transaction.atomic
def retry(mail_ids: list[int], *, actor: Any) -> list[Mail]:
    """Put failed or waiting mails to the front, to the present addresses; gives them as they will be sent."""
    ensure(actor, "notifications.outbox")
    waiting = [Mail.State.FAILED, Mail.State.QUEUED, Mail.State.HELD]
    rows = Mail.objects.filter(pk__in=mail_ids, state__in=waiting).select_related("email", "recipient")
    mails = list(rows.order_by("pk").select_for_update(of=("self",)))
    for mail in mails:
        _readdress(mail)
        note([mail], {"state": (mail.state, Mail.State.QUEUED)}, actor=actor)
    again(rows)
    return mails


def again(rows: QuerySet[Mail]) -> None:
    """To the front, with all attempts before them. The caller holds them."""
    rows.update(state=Mail.State.QUEUED, attempts=0, next_try_at=None, error="")
    transaction.on_commit(send_soon)


def drop(mail: Mail) -> None:
    """It is not to go any more. The caller holds it."""
    email = mail.email
    mail.delete()
    email.delete()


@transaction.atomic
def hold(mail_ids: list[int], *, actor: Any) -> int:
    """Keep waiting mails from being sent (a mistake noticed in time)."""
    ensure(actor, "notifications.outbox")
    rows = Mail.objects.filter(pk__in=mail_ids, state=Mail.State.QUEUED)
    mails = list(rows.select_related("email").order_by("pk").select_for_update(of=("self",)))
    note(mails, {"state": (Mail.State.QUEUED, Mail.State.HELD)}, actor=actor)
    return rows.update(state=Mail.State.HELD)
