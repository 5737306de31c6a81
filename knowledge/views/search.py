"""Finding posts, in what they say and in their files; what nobody finds is a topic (K2)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.folding import fold
from core.components import Action
from core.finding.search import Found
from core.finding.words import Piece, Words
from core.models import Attachment, Place
from core.numbers import whole
from core.page import BaseView, Crumbs, Request
from core.search import LONGEST
from knowledge.enums import Area
from knowledge.finding import POSTS
from knowledge.models import Post
from knowledge.selectors.misses import wanted
from knowledge.selectors.posts import badges_of
from knowledge.services import misses
from knowledge.views.lists import HOME, SECTION

SIZE = 20
AROUND = 160  # characters of a post whose title says it all
MISSED = "knowledge.missed"  # in the session: words that were counted already
PLACES = {
    Place.TITLE: gettext_lazy("제목"),
    Place.TAGS: gettext_lazy("꼬리표"),
    Place.BODY: gettext_lazy("내용"),
    Place.FILE_NAME: gettext_lazy("파일 이름"),
    Place.FILE: gettext_lazy("첨부 파일"),
}


class Search(BaseView):
    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/search.html"
    title = gettext_lazy("지식 찾기")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        words = request.GET.get("q", "").strip()[:LONGEST]
        area = request.GET.get("area", "")
        number = max(1, min(whole(request.GET.get("page", "")) or 1, 1_000))
        among = Post.objects.visible_to(request.user).standing()
        if area in Area.values:
            among = among.filter(area=area)
        self.words = Words.of(words)
        found = POSTS.find(words, among, SIZE, SIZE * (number - 1))
        if words and not found.total:
            self.note(words)
        pages = Paginator(range(found.total), SIZE)
        return self.render(
            {
                "title": self.title,
                "actions": [Action(_("물어보기"), f"{reverse('knowledge:ask')}")],
                "q": words,
                "areas": [(one.value, one.label, one.value == area) for one in Area],
                "total": found.total,
                "hits": self.hits(found.found),
                "page": pages.get_page(number),
            }
        )

    def hits(self, found: Any) -> list[dict[str, Any]]:
        """Each with its post, where it was found, and in which file."""
        posts = Post.objects.in_bulk([one.pk for one in found])
        files = Attachment.objects.in_bulk([one.file for one in found if one.file])
        return [self.hit(one, posts[one.pk], files) for one in found if one.pk in posts]

    def hit(self, one: Found, post: Post, files: Any) -> dict[str, Any]:
        file = files.get(one.file)
        in_title = one.place == Place.TITLE
        return {
            "post": post,
            "title": self.words.pieces(post.title, around=None) or [Piece(post.title, False)],
            "badges": badges_of(post),
            "place": PLACES[one.place],
            "file": file.name if file else "",
            "pieces": [Piece(post.text[:AROUND], False)] if in_title else one.pieces,
        }

    def note(self, words: str) -> None:
        """Once a session, and not where the browser only looks ahead."""
        request, folded = self.request, fold(words)
        known = request.session.get(MISSED, [])
        if folded in known or request.headers.get("Sec-Purpose"):
            return
        request.session[MISSED] = [*known, folded][-SIZE:]
        misses.note(folded)


class Topics(BaseView):
    """What colleagues looked for and did not find."""

    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/topics.html"
    title = gettext_lazy("글감")

    def get_crumbs(self) -> Crumbs:
        return [HOME, (self.title, None)]

    def get(self, request: Request) -> HttpResponse:
        return self.render(
            {
                "title": self.title,
                "lead": _("동료들이 찾았지만 아직 없는 지식입니다. 아는 것부터 적어 주세요."),
                "wanted": wanted(),
            }
        )
