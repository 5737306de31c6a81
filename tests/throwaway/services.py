from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction

from core import attachments
from core.transition import perform
from tests.throwaway.models import Slip


def _locked(slip: Slip) -> Slip:
    slip = Slip.objects.select_for_update(of=("self",)).get(pk=slip.pk)
    slip.version += 1
    return slip


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
