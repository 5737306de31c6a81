"""Files of a form that could not be sent: a browser sends them only once, so they are put to the person's draft."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse, QueryDict

from basis.errors import Rejected
from core import attachments, drafts
from core.views.forms import FormPage


class HoldsFiles(FormPage):
    """A page with a draft whose form has the fields `held` and `attachments`, takes `held` (files put to the draft) and
    has `offer(files)` for the choices."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"held": drafts.held(self.actor, self.get_draft_key())}

    @contextmanager
    def files(self, form: Any) -> Iterator[list[File]]:
        """What is to be sent: of the files put to the draft those still chosen, and those chosen now."""
        with drafts.opened(self.actor, self.get_draft_key()) as held:
            chosen = form.cleaned_data["held"]
            yield [*(held[pk] for pk in chosen if pk in held), *form.cleaned_data["attachments"]]

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        if status == 422:
            self.hold_sent(form)
        return super().page(form, status, **extra)

    def hold_sent(self, form: Any) -> None:
        """Text and files are kept and offered in the form again; a file that will not do is named beside its field."""
        actor, key = self.actor, self.get_draft_key()
        typed: QueryDict = form.data.copy()
        self.put(form, typed)
        held = drafts.held(actor, key)
        known = {str(file.pk) for file in held}
        for name in [name for name in typed if name.rpartition("-")[2] == "held"]:
            typed.setlist(name, [pk for pk in typed.getlist(name) if pk in known])
        with suppress(Rejected):  # too much to be kept: it stands in the form still
            drafts.save(actor, key, self.kept(typed))
        form.data = typed
        form.offer(held)

    def kept(self, typed: QueryDict) -> QueryDict:
        """What of it may stand in the draft."""
        return typed

    def put(self, form: Any, typed: QueryDict) -> None:
        """The files to the draft, their ids to what was typed."""
        self.put_files("attachments", typed, "held")

    def put_files(self, name: str, typed: QueryDict, *fields: str) -> None:
        """Those sent as `name` to the draft; their ids to each of these fields."""
        files = attachments.sound(self.request.FILES.getlist(name))
        if not files:
            return
        try:
            ids = [str(file.pk) for file in drafts.hold(self.actor, self.get_draft_key(), files)]
        except Rejected:  # more than a day's files: the form says so when it is sent
            return
        for field in fields:
            typed.setlist(field, list(dict.fromkeys([*typed.getlist(field), *ids])))
