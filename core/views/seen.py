"""Who decides on what somebody else wrote decides on what they have seen: a page about an object with a `version`
gets it with the button that led here (`core.components.Action`) and sends it with the step."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy

from core.editing import Outdated
from core.numbers import whole
from core.once import one_time, sent_before, sent_once
from core.page import BaseView

AGAIN = gettext_lazy("이미 처리한 화면이라 다시 처리하지 않고 처음 결과를 보여 드립니다.")


class SeenPage(BaseView):
    """`get_subject` gives the object; the services that decide get `seen` and check it under their lock."""

    success: ClassVar[Any] = ""  # said when it is done
    leads_on: ClassVar[bool] = False  # and beside it the way to the next thing to do

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

    def carried(self) -> dict[str, str]:
        """What the page's form sends again (components/carried.html): its one-time key, and the version seen before,
        else the one shown now."""
        subject, once = self.get_subject(), one_time(self.request.POST.get("once", ""))
        if subject is None:
            return {"once": once}
        return {"once": once, "seen_version": self.given_version or str(subject.version)}

    def once(self, make: Callable[[], str]) -> HttpResponse:
        """Do what the form asks for, unless it was sent before, and go where that leads."""
        target, fresh = sent_once(self.actor, self.request.POST.get("once", ""), make)
        return self.done(target, fresh=fresh)

    def sent_before(self) -> HttpResponse | None:
        """To what the form made, if it was sent before: what it would do now is another question."""
        target = sent_before(self.actor, self.request.POST.get("once", ""))
        return self.done(target, fresh=False) if target else None

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        if not fresh:
            messages.info(self.request, AGAIN)
        elif self.success:
            messages.success(self.request, self.success, extra_tags="next" if self.leads_on else "")
        return HttpResponseRedirect(target)

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
