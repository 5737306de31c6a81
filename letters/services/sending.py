"""Letters go, or do not. Where two rows are locked, the mail comes before its letter."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM, user_of
from core.editing import check_seen
from core.now import now
from core.transition import perform
from letters.channels import Undelivered, channel_of
from letters.enums import UNDERWAY, State
from letters.models import Letter
from letters.sockets import KINDS
from letters.texts import take_back, to_deliver
from notifications import outbox
from notifications.models import Mail
from notifications.services import queue_carried
from notifications.sockets import Courier, Failure

LETTER = "letters.letter"  # the kind of its mails


def locked(letter: Letter, seen: int | None = None, *, busy: bool = False) -> Letter:
    """The letter as it is now, under its lock and that of its mail, which comes first: so does whoever carries it.

    Raises: Outdated, Rejected while it is being carried (unless `busy`).
    """
    mail = Mail.objects.select_for_update(of=("self",)).filter(letter=letter.pk).first()
    fresh = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    check_seen(fresh, seen)
    if mail and mail.state == Mail.State.SENDING and not busy:
        raise Rejected(_("지금 보내고 있습니다. 잠시 뒤에 다시 시도해 주세요."))
    return fresh


def start(letter: Letter) -> None:
    """It goes by itself, where its channel is not people's hands. The caller holds it."""
    if channel_of(letter.way).by_hand:
        return
    if letter.mail is None:
        label = str(KINDS[letter.kind].label)
        letter.mail = queue_carried(LETTER, subject=label, key=f"{LETTER}:{letter.pk}")
        letter.save(update_fields=["mail"])
    else:
        outbox.again(Mail.objects.filter(pk=letter.mail.pk))


def drop_mail(letter: Letter) -> None:
    """Nothing carries it any more. The caller holds both. Of one on its way just now, `told` does it."""
    if letter.mail and letter.mail.state != Mail.State.SENDING:
        mail, letter.mail = letter.mail, None
        Letter.objects.filter(pk=letter.pk).update(mail=None)
        outbox.drop(mail)


@transaction.atomic
def release(letter: Letter, *, actor: Any, version: int | None = None) -> None:
    """Planning has looked at it: it goes.

    Locks: the letter. Raises: Outdated.
    """
    letter = locked(letter, version)
    perform(letter, "release", actor=actor)
    start(letter)


@transaction.atomic
def retry(letter: Letter, *, actor: Any, version: int | None = None) -> None:
    """Once more, now and as often as at first.

    Locks: its mail, the letter. Raises: Outdated, Rejected while it is being carried.
    """
    letter = locked(letter, version)
    letter.error, letter.refused = "", False
    perform(letter, "retry", actor=actor)
    start(letter)


@transaction.atomic
def redirect(letter: Letter, way: str, to: str, *, actor: Any, version: int | None = None) -> None:
    """Where it led it was refused: it goes another way, or elsewhere, with secrets of its own.

    Locks: its mail, the letter. Raises: Outdated, Rejected while it is being carried, or for the same address again.
    """
    letter = locked(letter, version)
    to = to.strip()
    if (way, to) == (letter.way, letter.to):
        raise Rejected(_("거절된 곳과 같습니다. 다른 주소나 다른 방법을 입력해 주세요."), field="to")
    letter.way, letter.to, letter.error, letter.refused = way, to, "", False
    perform(letter, "redirect", actor=actor)
    if channel_of(letter.way).by_hand:
        drop_mail(letter)
    start(letter)


@transaction.atomic
def mark(letter: Letter, *, actor: Any, version: int | None = None) -> None:
    """Somebody has posted it, or told the recipient in another way.

    Locks: its mail, the letter. Raises: Outdated, Rejected for what goes by itself, or is just going.
    """
    letter = locked(letter, version)
    if letter.state == State.READY and not channel_of(letter.way).by_hand:
        raise Rejected(_("스스로 나가는 안내입니다. 보내지 못했을 때에만 발송 처리할 수 있습니다."))
    letter.sent_at, letter.sent_by, letter.error, letter.refused = now(), user_of(actor), "", False
    perform(letter, "mark", actor=actor)
    drop_mail(letter)


@transaction.atomic
def cancel(letter: Letter, *, reason: str, actor: Any, version: int | None = None) -> None:
    """It is not to go.

    Locks: its mail, the letter. Raises: Outdated, Rejected while it is being carried.
    """
    letter = locked(letter, version)
    perform(letter, "cancel", actor=actor, reason=reason)
    drop_mail(letter)


@transaction.atomic
def call_off(subject: models.Model) -> int:
    """Letters about the subject that nobody has released yet are overtaken by what happened since; their number.

    Locks: the letters. Called by: the services of processes.
    """
    drafts = Letter.objects.about(subject).filter(state=State.DRAFT)
    rows = list(drafts.order_by("pk").select_for_update(of=("self",)))
    for letter in rows:
        perform(letter, "overtake", actor=SYSTEM)
    return len(rows)


def each(letters: Sequence[Letter], act: Callable[..., None], *, actor: Any) -> tuple[int, int]:
    """Do it with each that allows it, each for itself; how many did, and did not."""
    done = 0
    for letter in letters:
        try:
            act(letter, actor=actor)
            done += 1
        except Rejected:
            continue
    return done, len(letters) - done


# ------------------------------------------------------------------------------------ what the outbox calls


def carry(mail: Mail) -> Failure | None:
    """Fill in what only the recipient may know, and deliver it."""
    letter = Letter.objects.select_related("mail__email").get(mail=mail)
    if letter.state not in UNDERWAY:
        return None
    text, issued = to_deliver(letter)
    try:
        channel_of(letter.way).deliver(letter, text)
    except Undelivered as failed:
        if not failed.perhaps:
            take_back(letter, issued)
        return Failure(failed.reason, failed.answer, final=failed.refused)
    return None


def told(mail: Mail, failure: Failure | None) -> None:
    """What came of it, in the transaction that holds the mail.

    Locks: the letter.
    """
    letter = Letter.objects.select_for_update(of=("self",)).get(mail=mail)
    if letter.state not in UNDERWAY:  # forgotten while it went
        drop_mail(letter)
        return
    letter.attempts = mail.attempts
    if failure is None:
        letter.sent_at, letter.error, letter.refused = now(), "", False
        perform(letter, "deliver", actor=SYSTEM)
    else:
        letter.error, letter.refused = failure.reason, failure.final
        perform(letter, "fail", actor=SYSTEM, reason=failure.reason)


COURIER = Courier(LETTER, carry, told)
