"""Results of other processes on the board: put there once, kept up with their source, taken away with it (B8, K5)."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from basis.official import in_office_language
from core.actors import SYSTEM
from core.transition import perform, record
from knowledge.enums import PostState
from knowledge.finding import index
from knowledge.models import Post
from knowledge.models.post import LONGEST
from knowledge.policies import EARN_FROM
from knowledge.services import earning
from knowledge.sockets import MIRRORS, Article, Mirror

GONE = "-"  # the mark of what its source no longer stands for
BATCH = 500  # of each kind in one run; the next goes on


def keep_up(day: date) -> int:
    """Bring the board up to date with all results. Gives how many posts were made, changed or taken away.

    Called by: the schedule alone.
    """
    return sum(_keep_up(mirror) for mirror in MIRRORS)


@transaction.atomic
def _keep_up(mirror: Mirror) -> int:
    kind = ContentType.objects.get_for_model(mirror.model)
    marked = mirror.rows().annotate(mark_now=Cast(F(mirror.mark), models.CharField()))
    # what is as it was said is passed over: one question where nothing has changed
    told = Post.objects.filter(source_type=kind, source_id=OuterRef("pk"), source_mark=OuterRef("mark_now"))
    fresh = marked.exclude(Exists(told)).select_related(*mirror.related)
    found = list(fresh.order_by("pk")[:BATCH])
    posts = {
        post.source_id: post
        for post in Post.objects.filter(source_type=kind, source_id__in=[one.pk for one in found])
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    made = [done for one in found if (done := _one(mirror, kind, one, posts.get(one.pk)))]
    if made:
        index(made)
    return len(made) + _withdraw(mirror, kind)


@in_office_language
def _one(mirror: Mirror, kind: ContentType, thing: Any, post: Post | None) -> Post | None:
    article = mirror.article(thing)
    if article is None or article.writer is None:
        return None
    mark = str(thing.mark_now)
    if post is None:
        return _stand(mirror, kind, thing, article, mark)
    again = post.source_mark == GONE
    _say(post, article, mark)
    perform(post, "stand_again" if again else "follow", actor=SYSTEM)
    if again:
        _earn(post, article)
    return post


def _say(post: Post, article: Article, mark: str) -> None:
    post.title, post.text = article.title[:120], article.text[:LONGEST]
    post.tags, post.type, post.source_mark = article.tags[:200], article.type, mark


def _stand(mirror: Mirror, kind: ContentType, thing: Any, article: Article, mark: str) -> Post | None:
    writer = article.writer
    department = writer.department
    if department is None:
        return None
    post = Post(
        area=mirror.area,
        state=PostState.STANDING,
        writer=writer,
        owner=writer,
        department=department,
        department_name=department.name,
        source_type=kind,
        source_id=thing.pk,
        submitted_on=article.day,
        approved_on=article.day,
    )
    _say(post, article, mark)
    try:
        with transaction.atomic():
            post.save()
    except IntegrityError:  # another run has put it there meanwhile
        return None
    record(post, "stand", actor=SYSTEM)
    _earn(post, article)
    return post


def _earn(post: Post, article: Article) -> None:
    """What came about before the board was there brings no points of days that are settled."""
    if article.earns and article.day >= EARN_FROM.on(article.day):
        earning.earn(post, actor=SYSTEM)


@in_office_language
def _withdraw(mirror: Mirror, kind: ContentType) -> int:
    """What is a result no more stands no more, and what it earned is taken back."""
    standing = mirror.rows().filter(pk=OuterRef("source_id"))
    rows = Post.objects.filter(source_type=kind, state=PostState.STANDING).exclude(source_mark="")
    gone = list(rows.exclude(Exists(standing)).select_for_update(of=("self",)).order_by("pk")[:BATCH])
    for post in gone:
        reason, post.source_mark = _("출처의 결과가 취소되어 거둠"), GONE
        post.title, post.text, post.tags = (
            _("거두어진 결과"),
            "",
            "",
        )  # what was hidden since is read by nobody here
        perform(post, "withdraw", actor=SYSTEM, reason=reason)
        earning.take_back(post, reason=reason, actor=SYSTEM)
    if gone:
        index(gone)
    return len(gone)
