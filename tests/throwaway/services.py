from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction

from core import attachments
from core.transition import perform, record
from tests.throwaway.models import Slip


@transaction.atomic
def send(title: str, *, actor: Any) -> Slip:
    slip = Slip.objects.create(title=title)
    record(slip, "send", actor=actor)
    return slip


def _locked(slip: Slip) -> Slip:
    return Slip.objects.select_for_update(of=("self",)).get(pk=slip.pk)


@transaction.atomic
def answer(slip: Slip, text: str, *, actor: Any, files: Sequence[File] = ()) -> None:
    slip = _locked(slip)
    perform(slip, "answer", actor=actor, reason=text)
    attachments.attach(slip, files, actor=actor)


@transaction.atomic
def close(slip: Slip, *, actor: Any) -> None:
    perform(_locked(slip), "close", actor=actor)


@transaction.atomic
def lapse(slip: Slip, *, actor: Any) -> None:
    perform(_locked(slip), "lapse", actor=actor)
