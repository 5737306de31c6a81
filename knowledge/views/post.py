"""One post, what it said before, and its steps."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, date_weekday, number
from core.attachments import files_of, link_of
from core.finding.files import unreadable
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import FormPage
from core.views.held import HoldsFiles
from core.views.steps import ConfirmStep, ReasonStep, ServiceStep, StepPage
from evaluations.selectors import why
from knowledge.enums import PostState
from knowledge.forms.posts import ApproveForm, PostForm, StandingPostForm
from knowledge.models import Post
from knowledge.models.post import TEXTS
from knowledge.selectors.activity import rating_text, with_open_flaws, with_own
from knowledge.selectors.editions import versions_of
from knowledge.selectors.posts import badges_of, similar_posts
from knowledge.services import looking, posts
from knowledge.sockets import MIRRORS
from knowledge.views.activity import shown
from knowledge.views.lists import HOME, SECTION
from knowledge.workflow import POST
from notifications.bar import bar_of


def get_post(user: Any, pk: int) -> Post:
    """404 for what one may not know."""
    rows = Post.objects.visible_to(user).select_related("field", "owner__department", "writer__department")
    return get_object_or_404(with_open_flaws(with_own(rows, user)), pk=pk)


class PostPage(BaseView):
    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/post.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.post_.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.post_ = post = get_post(request.user, pk)
        files = files_of(post)
        why_not = unreadable(files) if files else {}
        return self.render(
            {
                **bar_of(request.user, post),
                "post": post,
                "title": post.title,
                "lead": f"{post.get_area_display()} · {post.get_type_display()} · {post.department_name}",
                "badges": badges_of(post),
                "facts": self.facts(),
                "files": [link_of(file) for file in files],
                "unread": [(file.name, why_not[file.pk]) for file in files if file.pk in why_not],
                "open_flaws": post.open_flaws,  # type: ignore[attr-defined]  # annotated
                "may_report": post.state == PostState.STANDING
                and can(request.user, "knowledge.report", post),
                "judged": why.own(post, request.user) if post.writer_id == request.user.pk else [],
                "source": self.source(),
                "events": [event_of(row) for row in latest_first(post)],
                **shown(post, request.user, request.GET.get("opinions", "")),
            }
        )

    def facts(self) -> list[tuple[Any, Any]]:
        post = self.post_
        found = [
            (_("분야"), post.field.name if post.field else ""),
            (_("작성자"), post.writer.full_label),
            (_("담당자"), post.owner.full_label),
            (_("게시일"), date_weekday(post.approved_on) if post.approved_on else ""),
            (_("다시 볼 날"), date_weekday(post.review_on) if post.review_on else ""),
            (_("조회"), counted(number(post.views), _("명"))),
            (_("평가"), rating_text(post)),
        ]
        return [(label, text) for label, text in found if text]

    def source(self) -> tuple[str, str] | None:
        """What this is the result of, and where that stands."""
        post = self.post_
        if not post.is_mirror or post.source is None:
            return None
        mirror = MIRRORS.get(type(post.source)._meta.label_lower)
        return (str(mirror.label), post.source.get_absolute_url()) if mirror else None


class EditionsPage(BaseView):
    """All that a post has said, each with what changed after it."""

    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/editions.html"
    title = gettext_lazy("바뀐 내용")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.post_.title, self.post_.get_absolute_url()), (self.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.post_ = post = get_post(request.user, pk)
        return self.render(
            {"post": post, "title": self.title, "lead": post.title, "versions": versions_of(post)}
        )


class SimilarPosts(BaseView):
    """Posts like the title being typed, or like the post `post`; a page of its own without script."""

    permission = "knowledge.view"
    section = SECTION
    title = gettext_lazy("비슷한 지식")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        title, own = request.GET.get("title", "").strip()[:120], None
        if given := whole(request.GET.get("post", "")):
            own = get_post(request.user, given)
            title = own.title
        found = similar_posts(title, request.user, own.pk if own else None) if len(title) > 1 else []
        context = {"similar": found, "asked": bool(title), "title": self.title, "lead": title}
        part, page = "knowledge/similar.html", "knowledge/similar_page.html"
        return self.render(context, template=part if request.headers.get("HX-Request") else page)


class PostNew(HoldsFiles):
    permission = "knowledge.write"
    section = SECTION
    template_name = "knowledge/post_form.html"
    form_class = PostForm
    title = gettext_lazy("지식 쓰기")
    submit = gettext_lazy("저장하고 확인하기")
    success = gettext_lazy("저장했습니다. 내용을 확인한 뒤 승인을 요청해 주세요.")
    crumbs = (HOME, (gettext_lazy("지식 쓰기"), None))

    def get_initial(self) -> dict[str, Any]:
        """A topic that was wanted begins with its words."""
        return {"title": self.request.GET.get("title", "")[:120]}

    def get_draft_key(self) -> str:
        return "knowledge.post.new"

    def get_cancel_url(self) -> str:
        return reverse("knowledge:list")

    def act(self, form: PostForm) -> str:
        with self.files(form) as files:
            post = posts.write(form.values(), files=files, actor=self.actor)
        return post.get_absolute_url()


class PostStep(StepPage):
    workflow = POST
    find = staticmethod(get_post)
    section = SECTION
    permission = "knowledge.view"
    above = (HOME,)


class PostEdit(PostStep, HoldsFiles):
    step = "edit"
    template_name = "knowledge/post_form.html"
    title = gettext_lazy("지식 고치기")
    submit = gettext_lazy("저장")
    success = gettext_lazy("저장했습니다.")

    def get_form_class(self) -> Any:
        if self.object.state not in (PostState.DRAFT, PostState.STANDING):
            raise Http404
        return StandingPostForm if self.object.state == PostState.STANDING else PostForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"files": files_of(self.object)}

    def get_draft_key(self) -> str:
        return f"knowledge.post.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in (*TEXTS, "version")}

    def act(self, form: PostForm) -> str:
        with self.files(form) as files:
            posts.edit(
                self.object,
                form.values(),
                files=files,
                gone=form.gone_files(),
                note=form.cleaned_data.get("note", ""),
                version=form.cleaned_data["version"],
                actor=self.actor,
            )
        return self.get_success_url()


class PostSubmit(PostStep, ConfirmStep):
    step = "submit"
    success = gettext_lazy("승인을 요청했습니다. 승인되면 알려 드립니다.")
    service = staticmethod(posts.submit)


class PostTakeBack(PostStep, ConfirmStep):
    step = "take_back"
    success = gettext_lazy("거두었습니다. 고친 뒤 다시 요청해 주세요.")
    service = staticmethod(posts.take_back)


class PostApprove(PostStep, ServiceStep, FormPage):
    step = "approve"
    form_class = ApproveForm
    success = gettext_lazy("승인했습니다. 지식나눔에 게시되었습니다.")
    service = staticmethod(posts.approve)

    def get_lead(self) -> str:
        if self.object.alike is None:
            return ""
        said = _("먼저 등록된 ‘%(title)s’과(와) 내용이 같아, 승인해도 점수는 드리지 않습니다.")
        return said % {"title": self.object.alike}

    def act(self, form: ApproveForm) -> str:
        return self.serve(note=form.cleaned_data["reason"])


class PostSendBack(PostStep, ReasonStep):
    step = "send_back"
    success = gettext_lazy("보완을 요청했습니다.")
    service = staticmethod(posts.send_back)


class PostReject(PostStep, ReasonStep):
    step = "reject"
    success = gettext_lazy("승인하지 않았습니다. 쓴 사람에게 사유를 알렸습니다.")
    service = staticmethod(posts.reject)


class PostReopen(PostStep, ConfirmStep):
    step = "reopen"
    success = gettext_lazy("다시 쓸 수 있습니다.")
    service = staticmethod(posts.reopen)


class PostDrop(PostStep, ConfirmStep):
    step = "drop"
    success = gettext_lazy("글을 거두었습니다.")
    service = staticmethod(posts.drop)

    def get_text(self) -> str:
        return _("‘%(title)s’을(를) 거둘까요? 거둔 글은 다시 쓸 수 없습니다.") % {"title": self.object.title}


class PostConfirm(PostStep, ConfirmStep):
    step = "confirm"
    success = gettext_lazy("지금도 맞는 내용으로 확인했습니다.")
    service = staticmethod(looking.confirm)


class PostOutdate(PostStep, ReasonStep):
    step = "outdate"
    success = gettext_lazy("옛 자료로 표시했습니다.")
    service = staticmethod(looking.outdate)


class PostArchive(PostStep, ReasonStep):
    step = "archive"
    success = gettext_lazy("보관했습니다. 목록과 검색에 나오지 않습니다.")
    service = staticmethod(looking.archive)


class PostRestore(PostStep, ConfirmStep):
    step = "restore"
    success = gettext_lazy("다시 게시했습니다.")
    service = staticmethod(looking.restore)


class PostPin(PostStep, ConfirmStep):
    step = "pin"
    success = gettext_lazy("맨 위에 고정했습니다.")
    service = staticmethod(posts.pin)


class PostUnpin(PostStep, ConfirmStep):
    step = "unpin"
    success = gettext_lazy("고정을 풀었습니다.")
    service = staticmethod(posts.unpin)
