"""A post: written, asked for, approved, changed with what it said before kept, archived (K1, K2)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.clock import Unit
from basis.errors import Refused, Rejected
from core import attachments, deadlines
from core.editing import apply, check_seen, check_version
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from knowledge import notifications
from knowledge.enums import PostState, Validity
from knowledge.finding import index, weigh
from knowledge.models import Edition, Post
from knowledge.models.post import SAID, TEXTS
from knowledge.policies import APPROVE_DAYS, REVIEW_MONTHS
from knowledge.selectors.posts import same_as
from knowledge.services import earning

WRITE = "knowledge.write"


def locked(post: Post, seen: int | None = None) -> Post:
    rows = Post.objects.select_for_update(of=("self",)).select_related("owner", "writer", "field", "alike")
    fresh = rows.get(pk=post.pk)
    check_seen(fresh, seen)
    return fresh


def review_day(post: Post) -> Any:
    """The day to look again, from today on, by what kind of knowledge it is (K6)."""
    return deadlines.preview(today(), REVIEW_MONTHS[post.type].on(today()), unit=Unit.MONTHS).due


def within(days: int) -> Any:
    """The last day of so many from today (O6)."""
    return deadlines.preview(today(), days).due


@transaction.atomic
def write(values: Mapping[str, Any], *, files: Iterable[File] = (), actor: Any) -> Post:
    """A draft, which only who wrote it sees.

    Raises: Refused, Rejected for whoever has no department.
    """
    principal = ensure(actor, WRITE)
    if actor.department is None:
        raise Rejected(_("소속 부서가 있는 직원이 지식을 쓸 수 있습니다."))
    post = Post(**{name: values[name] for name in TEXTS if name in values}, writer=actor, owner=actor)
    post.department, post.department_name = actor.department, actor.department.name
    post.tags = tidy(post.tags)
    post.save()
    record(post, "create", actor=actor, principal=principal)
    attachments.attach(post, files, actor=actor)
    index([post])
    return post


def tidy(tags: str) -> str:
    """Words set apart by one space, none twice, as they were typed first."""
    return " ".join(dict.fromkeys(tags.replace(",", " ").replace("#", " ").split()))


@transaction.atomic
def edit(
    post: Post,
    values: Mapping[str, Any],
    *,
    files: Iterable[File] = (),
    gone: Collection[str] = (),
    note: str = "",
    version: int | None = None,
    actor: Any,
) -> Post:
    """Of one that stands, what it said before is kept as an edition, and what it says now is looked at: it is valid
    from today on. `gone`: keys of files to be taken off.

    Locks: the post. Raises: Refused, Conflict; Rejected while it waits, or without `note` where it stands.
    """
    fresh = locked(post)
    principal = ensure(actor, WRITE, fresh)
    if fresh.state not in (PostState.DRAFT, PostState.STANDING):
        raise Rejected(_("승인을 요청했거나 보관한 지식은 고칠 수 없습니다."))
    if fresh.is_mirror:
        raise Rejected(_("다른 업무의 결과로 등록된 지식은 그 업무에서 고쳐 주세요."))
    wanted = {name: values[name] for name in TEXTS if name in values}
    wanted["tags"] = tidy(wanted.get("tags", fresh.tags))
    check_version(fresh, version, wanted)
    before = {name: getattr(fresh, name) for name in SAID}
    changed = apply(fresh, wanted, TEXTS)
    files = list(files)
    off = [file for file in attachments.files_of(fresh) if str(file.pk) in gone]
    if not changed and not files and not off:
        return fresh
    if fresh.state == PostState.STANDING:
        if not note.strip():
            raise Rejected(_("무엇을 왜 바꾸었는지 적어 주세요."), field="note")
        if set(changed) & set(SAID):
            _keep_edition(fresh, before, note, actor)
        look_done(fresh)
    fresh.version += 1
    fresh.save()
    record(fresh, "edit", actor=actor, principal=principal, reason=note)
    for file in off:
        attachments.remove(file, actor=actor)
    attachments.attach(fresh, files, actor=actor)
    index([fresh])
    return fresh


def _keep_edition(post: Post, before: Mapping[str, Any], note: str, actor: Any) -> None:
    Edition.objects.create(post=post, number=post.edition, **before, note=note.strip(), by=actor, at=now())
    post.edition += 1


def look_done(post: Post) -> None:
    """Somebody has seen that it is right today."""
    post.validity, post.old_reason = Validity.VALID, ""
    post.review_on, post.due_on = review_day(post), None


@transaction.atomic
def submit(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Ask for approval.

    Locks: the post. Raises: Outdated.
    """
    fresh = locked(post, version)
    fresh.submitted_on = today()
    fresh.due_on = within(APPROVE_DAYS.on(today()))
    fresh.alike = same_as(fresh)
    perform(fresh, "submit", actor=actor)
    return fresh


@transaction.atomic
def _take(post: Post, step: str, version: int | None, actor: Any, reason: str = "", **fields: Any) -> Post:
    """A step that needs no more than what it sets."""
    fresh = locked(post, version)
    for name, value in fields.items():
        setattr(fresh, name, value)
    perform(fresh, step, actor=actor, reason=reason)
    return fresh


def take_back(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated."""
    return _take(post, "take_back", version, actor, due_on=None)


@transaction.atomic
def approve(post: Post, *, note: str = "", version: int | None = None, actor: Any) -> Post:
    """It stands from today, its writer earns unless it was said before.

    Locks: the post, the writer's account. Raises: Outdated, Refused for who wrote it.
    """
    fresh = locked(post, version)
    fresh.approved_on, fresh.approved_by = today(), actor
    fresh.alike = same_as(fresh)
    look_done(fresh)
    perform(fresh, "approve", actor=actor, reason=note)
    weigh([fresh])
    earning.earn(fresh, actor=actor)
    notifications.approved(fresh)
    return fresh


def approve_many(found: Sequence[Post], *, actor: Any) -> tuple[list[Post], list[tuple[Post, str]]]:
    """Those approved, and those left as they are with the reason: each for itself.

    Locks: as `approve`, one post after the other.
    """
    done, left = [], []
    for post in found:
        try:
            done.append(approve(post, actor=actor))
        except (Refused, Rejected) as refused:
            left.append((post, str(refused)))
    return done, left


@transaction.atomic
def send_back(post: Post, *, reason: str, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated, Rejected without a reason."""
    fresh = _take(post, "send_back", version, actor, reason, due_on=None)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def reject(post: Post, *, reason: str, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated, Rejected without a reason."""
    fresh = _take(post, "reject", version, actor, reason, due_on=None)
    notifications.rejected(fresh, reason)
    return fresh


def reopen(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated."""
    return _take(post, "reopen", version, actor)


def drop(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated."""
    return _take(post, "drop", version, actor)


def pin(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated."""
    return _take(post, "pin", version, actor, pinned=True)


def unpin(post: Post, *, version: int | None = None, actor: Any) -> Post:
    """Locks: the post. Raises: Outdated."""
    return _take(post, "unpin", version, actor, pinned=False)
