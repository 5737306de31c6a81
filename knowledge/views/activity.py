"""What readers send from a post's page: that they read it, stars, an opinion; and the steps of an opinion."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from core.numbers import whole
from core.once import one_time
from core.page import BaseView, Crumbs, Request
from core.permissions import can, ensure
from core.views.forms import FormPage
from core.views.steps import ConfirmStep, ReasonStep, StepPage
from knowledge.enums import PostState
from knowledge.forms.activity import OpinionForm
from knowledge.models import Opinion, Post
from knowledge.models.activity import MOST_STARS
from knowledge.policies_activity import OPINION_LETTERS
from knowledge.selectors.activity import average, opinions_of, page_of
from knowledge.services import opinions, ratings, readings
from knowledge.views.lists import HOME, SECTION
from knowledge.workflow_activity import OPINION

STARS = range(1, MOST_STARS + 1)


def post_of(user: Any, pk: int) -> Post:
    """404 for what one may not know."""
    return get_object_or_404(Post.objects.visible_to(user), pk=pk)


def shown(post: Post, user: Any, page: str = "") -> dict[str, Any]:
    """What the post's page shows of its readers; `post` as `with_own` gives it."""
    stands = post.state == PostState.STANDING
    read: dict[str, Any] = {"may": stands and can(user, "knowledge.read", post), "done": post.was_read}  # type: ignore[attr-defined]  # annotated
    if read["may"] and not read["done"]:
        read |= {"opening": readings.opening(post, user), "seconds": readings.seconds_of(post)}
    return {
        "read": read,
        "rating": {
            "average": average(post),
            "own": post.own_stars,  # type: ignore[attr-defined]  # annotated
            "may": stands and can(user, "knowledge.rate", post),
            "stars": STARS,
        },
        "opinions": opinions_of(post, user, whole(page) or 1),
        "opinion_letters": OPINION_LETTERS.current(),
        "may_comment": stands and can(user, "knowledge.comment", post),
        "once": one_time(),
    }


class OfPost(BaseView):
    """What is sent from a post's page and leads back there. Only by POST: what a browser fetches unasked counts for
    nothing (K5)."""

    section = SECTION

    def sent(self, post: Post) -> None:
        raise LookupError(f"{type(self).__name__} does nothing")

    def post(self, request: Request, pk: int) -> HttpResponse:
        post = post_of(request.user, pk)
        ensure(self.actor, self.permission, post)
        try:
            self.sent(post)
        except Rejected as error:
            messages.error(request, error.message)
        return HttpResponseRedirect(post.get_absolute_url())


class PostRead(OfPost):
    """`읽었습니다`; with `by_itself`, sent by the script once the text was in sight long enough."""

    permission = "knowledge.read"

    def post(self, request: Request, pk: int) -> HttpResponse:
        if not request.headers.get("HX-Request"):
            return super().post(request, pk)
        post = post_of(request.user, pk)
        ensure(self.actor, self.permission, post)
        read: dict[str, Any] = {"may": True, "done": True}
        try:
            readings.read(post, request.POST.get("opening", ""), by_itself=True, actor=self.actor)
        except Rejected:  # the button is still there
            read |= {"done": False, "opening": request.POST.get("opening", ""), "seconds": ""}
        return self.render({"post": post, "read": read}, template="knowledge/activity_read.html")

    def sent(self, post: Post) -> None:
        readings.read(post, self.request.POST.get("opening", ""), actor=self.actor)
        messages.success(self.request, _("읽은 것으로 기록했습니다."))


class PostRate(OfPost):
    permission = "knowledge.rate"

    def sent(self, post: Post) -> None:
        ratings.rate(post, whole(self.request.POST.get("stars", "")) or 0, actor=self.actor)
        messages.success(self.request, _("평가했습니다."))


class OpinionNew(FormPage):
    """Its form stands in the post's page; here where something is to be put right."""

    permission = "knowledge.comment"
    section = SECTION
    form_class = OpinionForm
    title = gettext_lazy("의견 쓰기")
    submit = gettext_lazy("의견 쓰기")
    success = gettext_lazy("의견을 썼습니다.")

    def prepare(self) -> None:
        self.post_ = post_of(self.actor, self.kwargs["pk"])

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.post_.title, self.post_.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return self.post_.get_absolute_url()

    def get_draft_key(self) -> str:
        return f"knowledge.opinion.{self.post_.pk}"

    def act(self, form: OpinionForm) -> str:
        opinions.say(self.post_, form.cleaned_data["text"], actor=self.actor)
        return f"{self.post_.get_absolute_url()}#opinions"


def get_opinion(user: Any, pk: int) -> Opinion:
    """404 for what one may not know."""
    return get_object_or_404(Opinion.objects.visible_to(user).select_related("post", "writer"), pk=pk)


class OpinionPage(BaseView):
    """Leads to where the opinion stands under its post."""

    permission = "knowledge.view"
    section = SECTION

    def get_crumbs(self) -> Crumbs:
        return [HOME]

    def get(self, request: Request, pk: int) -> HttpResponse:
        one = get_opinion(request.user, pk)
        page = page_of(one, request.user)
        query = f"?opinions={page}" if page > 1 else ""
        return HttpResponseRedirect(f"{one.post.get_absolute_url()}{query}#opinion-{one.pk}")


class OpinionStep(StepPage):
    workflow = OPINION
    find = staticmethod(get_opinion)
    section = SECTION
    permission = "knowledge.view"
    leads_on = False
    object: Opinion

    def get_crumbs(self) -> Crumbs:
        post = self.object.post
        return [HOME, (post.title, post.get_absolute_url()), (self.title, None)]

    def get_cancel_url(self) -> str:
        return f"{self.object.post.get_absolute_url()}#opinions"


class OpinionWithdraw(OpinionStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("의견을 거두었습니다.")
    service = staticmethod(opinions.withdraw)

    def get_text(self) -> str:
        return _("이 의견을 거둘까요? 받은 점수가 있으면 함께 취소됩니다.")


class OpinionHide(OpinionStep, ReasonStep):
    step = "hide"
    lead = gettext_lazy("쓴 직원에게 사유를 알리고, 받은 점수를 취소합니다.")
    success = gettext_lazy("의견을 숨겼습니다. 쓴 직원에게 사유를 알렸습니다.")
    service = staticmethod(opinions.hide)


class OpinionShow(OpinionStep, ConfirmStep):
    step = "show"
    success = gettext_lazy("의견을 다시 보입니다.")
    service = staticmethod(opinions.show)
