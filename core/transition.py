"""Every change of state goes through `perform`: one table per thing, one function for all."""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import SYSTEM, columns, need_actor
from core.models import TransitionLog
from core.now import now
from core.permissions import ensure
from core.rows import insert
from core.work import keep
from core.workflow import workflow_of


def perform(
    obj: Any, name: str, *, actor: Any, reason: str = "", data: dict[str, Any] | None = None, at: Any = None
) -> TransitionLog:
    """Authorise, check, change, save, log. The caller holds the row's lock inside a transaction. What carries a version
    gets its next one, so that nobody decides on what they have not seen (core.editing).

    SYSTEM takes only steps without a permission, and nobody else takes those. Raises Refused (may not), Rejected
    (state does not allow it).
    """
    assert connection.in_atomic_block, "perform() needs the caller's transaction and lock"
    transition = workflow_of(obj).table[name]
    need_actor(actor)
    principal = None
    if transition.permission is not None:
        principal = ensure(actor, transition.permission, obj)
    elif actor is not SYSTEM:
        raise LookupError(f"{name} is not for people")
    if obj.state not in transition.sources:
        raise Rejected(
            _("지금 상태(%(state)s)에서는 ‘%(label)s’ 처리를 할 수 없습니다. 화면을 새로 고쳐 주세요.")
            % {"state": obj.get_state_display(), "label": transition.label}
        )
    if transition.needs_reason and not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    before, obj.state = obj.state, transition.target or obj.state
    if hasattr(obj, "version"):
        obj.version += 1
    obj.save()
    return record(obj, name, actor=actor, principal=principal, before=before, reason=reason, data=data, at=at)


def record(
    obj: Any,
    name: str,
    *,
    actor: Any,
    principal: Any = None,
    before: str | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
    at: Any = None,
) -> TransitionLog:
    """Write a log row; also for events that change no state (creation, edits worth a line in the timeline).

    `principal` is whose right was used, as `ensure` gives it: only another's is noted (대결, O5).
    """
    logged = TransitionLog.objects.create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        name=name,
        from_state=obj.state if before is None else before,
        to_state=obj.state,
        **columns(actor),
        principal=principal if principal != actor else None,
        reason=reason.strip(),
        data=data or {},
        at=at or now(),
    )
    keep.after(obj, name)
    return logged


def record_many(objects: Sequence[Any], name: str, *, actor: Any, data: dict[str, Any]) -> None:
    """The same log row for each of many new objects of one kind."""
    if not objects:
        return
    kind, moment, who = ContentType.objects.get_for_model(objects[0]), now(), columns(actor)
    insert(
        [
            TransitionLog(
                content_type=kind,
                object_id=obj.pk,
                name=name,
                from_state=obj.state,
                to_state=obj.state,
                **who,
                at=moment,
                data=data,
            )
            for obj in objects
        ]
    )
    keep.refresh(*objects)


def history(*objects: models.Model) -> models.QuerySet[TransitionLog]:
    """The log of these objects together, oldest first. A kind's keys stand together: so the index finds them."""
    keys: dict[ContentType, list[Any]] = {}
    for obj in objects:
        keys.setdefault(ContentType.objects.get_for_model(obj), []).append(obj.pk)
    query = models.Q()
    for kind, pks in keys.items():
        query |= models.Q(content_type=kind, object_id__in=pks)
    found = TransitionLog.objects.filter(query) if keys else TransitionLog.objects.none()
    return found.select_related("actor__department", "actor_pass", "principal__department")


def latest_first(*objects: models.Model) -> list[TransitionLog]:
    """The same for people to read. Few rows with many columns: to sort them here is cheaper than to write the order."""
    return sorted(history(*objects).order_by(), key=lambda row: (row.at, row.pk), reverse=True)
