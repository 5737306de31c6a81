"""Letters come into being, are put right, and are forgotten."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language, office_text
from core.actors import SYSTEM
from core.models import Draft
from core.now import now, today
from core.office import office_name
from core.permissions import ensure
from core.transition import perform, record
from letters.enums import OPEN
from letters.models import LONGEST_TITLE, Letter, Wording
from letters.services import sending
from letters.sockets import KINDS
from letters.texts import Recipient, Text, filled, unknown_places, wording_of
from notifications.services import is_silent


@in_office_language
@transaction.atomic
def write(
    kind: str,
    subject: models.Model,
    recipient: Recipient,
    values: Mapping[str, Any],
    *,
    actor: Any,
    about: str = "",
    due: date | None = None,
) -> Letter | None:
    """A letter about `subject`, as this office words its kind; `values` fill its places. What planning looks at first
    waits for that, anything else goes. `about`: the subject's number; `due`: until when it must have gone. None where
    nobody is told anything (`notifications.services.silent`).

    Called by: the services of processes, within their transactions.
    """
    if is_silent():
        return None
    declared = KINDS[kind]
    words = wording_of(declared)
    given = {
        "name": recipient.name,
        "office": office_name(),
        **{name: str(value) for name, value in values.items()},
    }
    way, to = recipient.way()
    letter = Letter.objects.create(
        subject=subject,
        about=about or str(subject)[:60],
        kind=kind,
        way=way,
        name=recipient.name,
        to=to,
        title=filled(words.title, given)[:LONGEST_TITLE],
        body=filled(words.body, given),
        due=due,
    )
    record(letter, "write", actor=actor)
    if not declared.reviewed:
        perform(letter, "release_unseen", actor=SYSTEM)
        sending.start(letter)
    return letter


@transaction.atomic
def edit(letter: Letter, text: Text, name: str, to: str, *, actor: Any, version: int | None = None) -> None:
    """Put right what it says or where it goes, while it has not gone.

    Locks: its mail, the letter. Raises: Outdated, Rejected once it has gone or while it goes.
    """
    letter = sending.locked(letter, version)
    ensure(actor, "letters.plan", letter)
    if letter.state not in OPEN:
        raise Rejected(_("이미 보냈거나 보내지 않기로 한 안내는 고칠 수 없습니다."))
    check_places(letter.kind, text)
    letter.title, letter.body, letter.name, letter.to = text.title, text.body, name, to
    letter.version += 1
    letter.save()
    record(letter, "edit", actor=actor)


def check_places(kind: str, text: Text) -> None:
    """Raises: Rejected for places that nothing would fill."""
    if unknown := unknown_places(KINDS[kind], text):
        raise Rejected(
            _("채울 수 없는 자리입니다: %(places)s. 아래 표에 있는 것만 쓸 수 있습니다.")
            % {"places": ", ".join(unknown)},
            field="body",
        )


@transaction.atomic
def forget(subject: models.Model) -> int:
    """Of all letters about the subject: nobody can tell any more who they were for and what they said; what has not
    gone does not go. The number of letters.

    Locks: their mails, the letters. Called by: what anonymises the subject.
    """
    count = 0
    for found in Letter.objects.about(subject).filter(forgotten_on=None).order_by("pk"):
        letter = sending.locked(found, busy=True)
        if letter.state in OPEN:
            perform(letter, "drop", actor=SYSTEM)
        sending.drop_mail(letter)
        Letter.objects.filter(pk=letter.pk).update(
            name="",
            to="",
            body="",
            title=office_text(KINDS[letter.kind].label),
            error="",
            forgotten_on=today(),
        )
        Draft.objects.filter(key__startswith=f"letters.letter.{letter.pk}.").delete()
        count += 1
    return count


@transaction.atomic
def reword(kind: str, text: Text, *, actor: Any) -> Wording:
    """From now on letters of this kind are worded so; those written before stay.

    Raises: Rejected for places that nothing would fill.
    """
    ensure(actor, "letters.plan")
    check_places(kind, text)
    made, _created = Wording.objects.update_or_create(
        kind=kind, defaults={"title": text.title, "body": text.body, "edited_by": actor, "edited_at": now()}
    )
    return made


@transaction.atomic
def reset(kind: str, *, actor: Any) -> None:
    """Back to the words the kind came with."""
    ensure(actor, "letters.plan")
    for wording in Wording.objects.filter(kind=kind):
        wording.delete()
