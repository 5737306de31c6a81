"""Who decides on what somebody else wrote decides on what they have seen: a page about an object with a `version`
gets it with the button that led here (`core.components.Action`) and sends it with the step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from core.editing import Outdated
from core.numbers import whole
from core.page import BaseView


class SeenPage(BaseView):
    """`get_subject` gives the object; the services that decide get `seen` and check it under their lock."""

    def prepare(self) -> None:
        """Load and check what the page is about (404, Refused)."""

    def get_subject(self) -> Any:
        """What the page is about, where that has a version; after `prepare`."""
        return None

    def get_cancel_url(self) -> str:
        return "/"

    @property
    def seen(self) -> int:
        """The version the person has seen; 0, which nothing has, if the page did not say."""
        return whole(self.given_version) or 0

    @property
    def given_version(self) -> str:
        request = self.request
        return request.POST.get("version") or request.GET.get("version") or ""

    def version_context(self) -> dict[str, str]:
        """What the page's form sends again: what was seen before, else what is shown now."""
        subject = self.get_subject()
        return {} if subject is None else {"seen_version": self.given_version or str(subject.version)}

    def begin(self) -> HttpResponse | None:
        """Prepare; an answer if the page that led here is older than the object."""
        self.prepare()
        subject = self.get_subject()
        if subject is None or not self.given_version or self.seen == subject.version:
            return None
        return self.look_again(Outdated(subject))

    def look_again(self, error: Outdated) -> HttpResponse:
        """To the object as it is now."""
        messages.error(self.request, error.message)
        return HttpResponseRedirect(self.get_cancel_url())
