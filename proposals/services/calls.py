"""Calls are prepared by departments and published by planning (P4)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.editing import apply, check_seen, check_version
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from proposals.call_workflow import may_edit
from proposals.enums import CallKind, Kind
from proposals.models import Call
from proposals.models.call import CALL
from proposals.policies import CALL_GRACE


def _locked(call: Call, seen: int | None = None) -> Call:
    fresh = Call.objects.select_for_update(of=("self",)).select_related("department").get(pk=call.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def prepare(values: dict[str, Any], *, actor: Any) -> Call:
    """A draft; nobody outside the department and planning sees it.

    Raises: Rejected where its days do not fit.
    """
    call = Call(**{name: values[name] for name in CALL if name in values}, prepared_by=actor)
    principal = ensure(actor, "proposals.prepare_call", call)
    check(call)
    call.save()
    record(call, "create", actor=actor, principal=principal)
    return call


@transaction.atomic
def edit(call: Call, values: dict[str, Any], *, actor: Any, version: int | None = None) -> Call:
    """Change a draft, or what is out (planning; before and after stand in the log).

    Locks: the call. Raises: Conflict, Rejected where its days do not fit or its state does not allow it.
    """
    call = _locked(call)
    if not (right := may_edit(call)):
        raise Rejected(_("공개를 요청한 공모나 거둔 공모는 고칠 수 없습니다."))
    principal = ensure(actor, right, call)
    check_version(call, version, values)
    if apply(call, values, CALL):
        ensure(actor, right, call)  # nor is it given to a department one does not belong to
        check(call)
        call.version += 1
        call.save()
        record(call, "edit", actor=actor, principal=principal)
        keep.refresh(call)
    return call


def check(call: Call) -> None:
    """Rejected beside the field that does not fit."""
    if call.closes_on is None and call.kind != CallKind.ALWAYS:
        raise Rejected(
            _("마감일을 입력해 주세요. 마감일은 상시 공모에만 없을 수 있습니다."), field="closes_on"
        )
    if call.closes_on and call.closes_on < call.opens_on:
        raise Rejected(_("마감일을 시작일이나 그 뒤의 날로 입력해 주세요."), field="closes_on")
    if call.result_on and call.result_on < (call.closes_on or call.opens_on):
        raise Rejected(_("결과 발표일을 마감일이나 그 뒤의 날로 입력해 주세요."), field="result_on")
    if call.kind == CallKind.CONTEST and call.takes(Kind.STAFF):
        raise Rejected(_("구민 공모전에는 구민만 낼 수 있습니다."), field="audience")


@transaction.atomic
def ask(call: Call, *, actor: Any, version: int | None = None) -> None:
    """It is ready for planning.

    Locks: the call. Raises: Outdated, Rejected if it would be closed already.
    """
    call = _locked(call, version)
    if call.is_closed:
        raise Rejected(_("마감일이 지났습니다. 날짜를 고친 뒤 요청해 주세요."))
    perform(call, "ask", actor=actor)


@transaction.atomic
def give_back(call: Call, *, reason: str, actor: Any, version: int | None = None) -> None:
    """Locks: the call. Raises: Outdated."""
    perform(_locked(call, version), "return", actor=actor, reason=reason)


@transaction.atomic
def publish(call: Call, *, actor: Any, version: int | None = None) -> None:
    """From its first day on everybody it is meant for may answer it.

    Locks: the call. Raises: Outdated, Rejected if it would be closed already.
    """
    call = _locked(call, version)
    if call.is_closed:
        raise Rejected(_("마감일이 지난 공모는 공개할 수 없습니다. 돌려보내 날짜를 고치게 해 주세요."))
    perform(call, "publish", actor=actor)


@transaction.atomic
def withdraw(call: Call, *, reason: str, actor: Any, version: int | None = None) -> None:
    """It takes no more proposals; those that came stay.

    Locks: the call. Raises: Outdated.
    """
    perform(_locked(call, version), "withdraw", actor=actor, reason=reason)


def answered(call: Call | None, kind: str, begun_at: datetime | None = None) -> Call | None:
    """The call that a proposal of this kind answers which comes in now: none if it takes no such any more. What was
    begun before it closed has some days more (policy)."""
    if call is None or not call.is_out or not call.takes(kind) or call.opens_on > today():
        return None
    if not call.is_closed:
        return call
    assert call.closes_on is not None
    begun_in_time = timezone.localdate(begun_at or now()) <= call.closes_on
    late = (today() - call.closes_on).days
    return call if begun_in_time and late <= CALL_GRACE.on(call.closes_on) else None
