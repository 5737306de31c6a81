"""Pages with one form and pages that ask before doing. A service's Rejected lands beside its field."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core import drafts
from core.editing import Conflict, Outdated
from core.page import Request
from core.views.seen import SeenPage

MOVED = gettext_lazy("확인하는 사이에 내용이 바뀌어 저장하지 않았습니다. 바뀐 내용을 확인해 주세요.")


def reject(form: Any, error: Rejected) -> None:
    """Show what the rules do not allow where the person can mend it."""
    form.reject(error.field, error.message)
    if isinstance(error, Conflict):  # having seen what changed, the person may save over it
        form.data = form.data.copy()
        form.data["version"] = str(error.version)


class FormPage(SeenPage):
    """`act(form)` calls the service and gives the address to go to. 422 with everything typed if it cannot be."""

    form_class: ClassVar[Any] = None
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    submit: ClassVar[Any] = ""
    danger: ClassVar[bool] = False
    template_name = "components/form_page.html"

    def get_initial(self) -> dict[str, Any]:
        return {}

    def get_form_class(self) -> Any:
        return self.form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        return {}

    def get_draft_key(self) -> str:
        """Of a page about an object: what is typed waits there while the person looks at the object anew."""
        subject, step = self.get_subject(), self.request.resolver_match
        return f"{subject._meta.label_lower}.{subject.pk}.{step.url_name}" if subject and step else ""

    def get_draft_url(self, key: str) -> str:
        return reverse("draft", args=[drafts.signed(key)])

    @cached_property
    def draft(self) -> tuple[dict[str, Any], Any] | None:
        """What was typed before and when; read once a request, after `prepare`."""
        key = self.get_draft_key()
        return drafts.load(self.actor, key) if key else None

    def get_cancel_url(self) -> str:
        return ""

    def get_title(self) -> Any:
        return self.title

    def get_context(self) -> dict[str, Any]:
        return {}

    def act(self, form: Any) -> str:
        raise LookupError(f"{type(self).__name__} does nothing")

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        key = self.get_draft_key()
        return self.render(
            {
                "form": form,
                "title": self.get_title(),
                "lead": self.lead,
                "submit": self.submit,
                "danger": self.danger,
                "cancel_url": self.get_cancel_url(),
                "draft_url": self.get_draft_url(key) if key else "",
                **self.carried(),
                **self.get_context(),
                **extra,
            },
            status=status,
        )

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if answer := self.begin():
            return answer
        initial, saved_at = self.get_initial(), None
        if self.draft:
            initial, saved_at = {**initial, **self.draft[0]}, timezone.localtime(self.draft[1])
        form = self.get_form_class()(initial=initial, **self.get_form_kwargs())
        return self.page(form, draft_saved_at=saved_at)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if answer := self.begin():
            return answer
        form = self.get_form_class()(request.POST, request.FILES, **self.get_form_kwargs())
        if form.is_valid():
            try:
                answer = self.once(lambda: self.act(form))
            except Outdated as error:
                return self.look_again(error)
            except Rejected as error:
                reject(form, error)
            else:
                if key := self.get_draft_key():
                    drafts.discard(self.actor, key)
                return answer
        return self.page(form, status=422)

    def look_again(self, error: Outdated) -> HttpResponse:
        """What was typed is there when the person comes back."""
        if self.request.method == "POST" and (key := self.get_draft_key()):
            with suppress(Rejected):  # too much to be kept
                drafts.save(self.actor, key, self.request.POST)
        return super().look_again(error)


class PreviewPage(FormPage):
    """First what the change touches, then the change. The preview binds: what was typed after it is previewed again,
    and so is what would happen otherwise by now. `back` in the answer to a preview gives the form as it was typed."""

    check: ClassVar[Any] = gettext_lazy("바뀌는 내용 확인")
    template_name = "components/preview_page.html"

    def foresee(self, form: Any) -> Sequence[Any]:
        """Lines that say what will happen, the same as long as it will; Rejected as by the service."""
        raise LookupError(f"{type(self).__name__} foresees nothing")

    def hold(self, form: Any) -> QueryDict:
        """What the second step sends again; files are put aside here. Rejected if one will not do."""
        return self.request.POST

    def page(self, form: Any, status: int = 200, **extra: Any) -> HttpResponse:
        return super().page(form, status, **{"check": self.check, "foreseen": None, "preview": "", **extra})

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        self.prepare()
        if answer := self.sent_before():
            return answer
        form_class, form_kwargs = self.get_form_class(), self.get_form_kwargs()
        if "back" in request.POST:
            return self.page(form_class(initial=drafts.initial(request.POST), **form_kwargs))
        form = form_class(request.POST, request.FILES, **form_kwargs)
        if not form.is_valid():
            return super().post(request, *args, **kwargs)
        try:
            typed = self.hold(form)
            foreseen = list(self.foresee(form))
        except Rejected as error:
            reject(form, error)
            return self.page(form, status=422)
        same, effect = _fingerprint(_pairs(typed)), _fingerprint(_texts(foreseen))
        preview, shown = same + effect, request.POST.get("preview", "")
        if shown == preview:
            return super().post(request, *args, **kwargs)
        if moved := shown.startswith(same):
            messages.warning(request, MOVED)
        return self.page(
            form, status=422 if moved else 200, foreseen=foreseen, preview=preview, typed=_pairs(typed)
        )


def _pairs(data: QueryDict) -> list[tuple[str, str]]:
    """All that was typed; a page on its way back may have changed the line ends."""
    given = [(name, value) for name, values in data.lists() if name not in drafts.SKIPPED for value in values]
    return [(name, value.replace("\r\n", "\n")) for name, value in given]


def _texts(lines: Sequence[Any]) -> list[tuple[str, ...]]:
    """What was read, line by line; some have a label and a value. Lines end as in `_pairs`."""
    parts = [line if isinstance(line, tuple) else (line,) for line in lines]
    return [tuple(str(part).replace("\r\n", "\n") for part in line) for line in parts]


def _fingerprint(found: Iterable[tuple[str, ...]]) -> str:
    return hashlib.sha256(repr(sorted(found)).encode()).hexdigest()


class ConfirmPage(SeenPage):
    """GET asks (for browsers without scripts), POST does. What it says it will do binds it, as on a PreviewPage."""

    title: ClassVar[Any] = ""
    submit: ClassVar[Any] = ""
    danger: ClassVar[bool] = False
    template_name = "components/confirm.html"

    def get_text(self) -> str:
        return _("계속할까요?")

    def foresee(self) -> Sequence[Any]:
        """Lines that say what will happen, the same as long as it will."""
        return ()

    def get_context(self) -> dict[str, Any]:
        return {}

    def act(self) -> str:
        raise LookupError(f"{type(self).__name__} does nothing")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.begin() or self.ask(list(self.foresee()))

    def ask(self, foreseen: Sequence[Any], status: int = 200) -> HttpResponse:
        return self.render(
            {
                "title": self.title,
                "text": self.get_text(),
                "foreseen": foreseen,
                "preview": _fingerprint(_texts(foreseen)),
                "submit": self.submit or self.title,
                "danger": self.danger,
                "cancel_url": self.get_cancel_url(),
                **self.carried(),
                **self.get_context(),
            },
            status=status,
        )

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if answer := self.begin() or self.sent_before():
            return answer
        foreseen = list(self.foresee())
        if foreseen and request.POST.get("preview", "") != _fingerprint(_texts(foreseen)):
            messages.warning(request, MOVED)
            return self.ask(foreseen, status=422)
        try:
            return self.once(self.act)
        except Rejected as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.get_cancel_url())
