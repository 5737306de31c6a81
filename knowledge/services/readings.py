"""A post was read: counted once a person, worth a little to the reader, nothing to who wrote it (K5)."""

from datetime import timedelta
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core import gate
from core.now import now, today
from core.permissions import ensure
from knowledge.enums import Area, PostState
from knowledge.models import Post, Reading
from knowledge.policies import EARNS
from knowledge.policies_activity import READ_LEAST, READ_SPEED
from mileage import catalogue
from mileage.services.awards import Award, award

GATE = "knowledge.read"


def opening(post: Post, user: Any) -> str:
    """That this person opened this post now; what the page carries."""
    return gate.token_for(GATE, _key(post, user))


def _key(post: Post, user: Any) -> str:
    return f"{post.pk}.{user.pk}"


def seconds_of(post: Post) -> int:
    """How long its text must be in sight to be read by itself."""
    return max(READ_LEAST.current(), ceil(len(post.text) * 60 / READ_SPEED.current()))


@transaction.atomic
def read(post: Post, opened: str, *, by_itself: bool = False, actor: Any) -> bool:
    """Count it; `opened` is what the page carried, `by_itself` where nobody pressed the button. Gives whether it is
    new: a second tab is not.

    Locks: the post, then the reader's account. Raises: Refused for who wrote or owns it; Rejected
    where it does not stand, too early, or where the page was not opened here.
    """
    ensure(actor, "knowledge.read", post)
    began = gate.opened_at(GATE, _key(post, actor), opened)
    if began is None:
        raise Rejected(_("화면을 연 지 오래되었습니다. 화면을 새로 고친 뒤 다시 눌러 주세요."))
    needed = seconds_of(post) if by_itself else READ_LEAST.current()
    left = ceil((began + timedelta(seconds=needed) - now()).total_seconds())
    if left > 0:
        raise Rejected(_("아직 읽는 중입니다. %(seconds)d초 뒤에 눌러 주세요.") % {"seconds": left})
    if hold(post).state != PostState.STANDING:
        raise Rejected(_("게시된 지식만 조회로 셉니다."))
    if Reading.objects.filter(post=post, user=actor).exists():
        return False
    Reading.objects.create(post=post, user=actor, at=now())
    Post.objects.filter(pk=post.pk).update(views=F("views") + 1)
    _earn(post, actor)
    return True


def hold(post: Post) -> Post:
    """Whoever adds to a post's counts comes in turn, before they add their row, but may add beside who keeps the post
    from going away."""
    return Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)


@in_office_language
def _earn(post: Post, reader: Any) -> None:
    if EARNS[Area(post.area)].on(today()):
        event = f"knowledge.reading:{post.pk}"
        award([Award(catalogue.VIEWING, reader, event, today(), post.title, post)], actor=reader)
