"""The own calendar: the page of its address, and what programs fetch from it."""

from typing import ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from calendars import services
from calendars.selectors import feed_of, file_of, whole_url
from core.page import BaseView, Crumbs, Request, keep_private
from core.views.forms import ConfirmPage

TITLE = gettext_lazy("내 일정 주소")
ABOVE = ((gettext_lazy("내 정보"), reverse_lazy("me")),)


class Mine(BaseView):
    permission = "calendars.own"
    template_name = "calendars/mine.html"
    crumbs = (*ABOVE, (TITLE, None))

    def get(self, request: Request) -> HttpResponse:
        return self.render({"title": TITLE, "feed": feed_of(request.user)})


class Step(ConfirmPage):
    permission = "calendars.own"

    def get_crumbs(self) -> Crumbs:
        return [*ABOVE, (TITLE, self.get_cancel_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return reverse("calendars:mine")


class Make(Step):
    """The address is the answer itself: it is told this once."""

    title = gettext_lazy("일정 주소 만들기")
    token = ""

    def get_text(self) -> str:
        if feed_of(self.request.user):
            return _("새 주소를 만들면 지금 쓰는 주소로는 더 이상 볼 수 없습니다. 새 주소를 만들까요?")
        return _("회의와 할 일의 기한을 달력 프로그램에서 볼 수 있는 주소를 만듭니다.")

    def act(self) -> str:
        self.token = services.make(actor=self.actor)
        return self.get_cancel_url()

    def done(self, target: str, *, fresh: bool) -> HttpResponse:
        if not fresh:
            return super().done(target, fresh=fresh)
        address = whole_url(reverse("calendars:feed", args=[self.token]))
        context = {"title": TITLE, "feed": feed_of(self.request.user), "address": address}
        return self.render(context, template="calendars/mine.html")


class Stop(Step):
    title = gettext_lazy("일정 주소 그만 쓰기")
    success = gettext_lazy("일정 주소를 없앴습니다. 그 주소로는 더 이상 볼 수 없습니다.")

    def get_text(self) -> str:
        return _("지금 쓰는 주소로는 더 이상 볼 수 없게 됩니다. 그만 쓸까요?")

    def act(self) -> str:
        services.stop(actor=self.actor)
        return self.get_cancel_url()


class Feed(View):
    """No log-in: programs know none. Whoever has the address reads the calendar."""

    public: ClassVar[bool] = True
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        owner = services.owner_of(token)
        if owner is None:
            raise Http404
        response = HttpResponse(file_of(owner), content_type="text/calendar; charset=utf-8")
        keep_private(response)
        return response
