"""Leaks are registered, told, reported and closed (D7)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.actors import user_of
from core.editing import check_version
from core.now import now, today
from core.once import next_numbers
from core.permissions import ensure
from core.transition import perform, record
from leaks import notifications
from leaks.models import Leak
from leaks.policies import HOME_DAYS, HOURS
from leaks.services import persons, telling
from leaks.services.locking import locked, need_open


def number_key(year: int) -> str:
    return f"leak:{year}"


@transaction.atomic
def register(facts: Mapping[str, Any], *, actor: Any) -> Leak:
    """A leak has become known: its clock runs from then, whom it concerns is found, the officers are told.

    Raises: Rejected beside the field.
    """
    ensure(actor, "leaks.act")
    leak = Leak(**facts)
    _check(leak, actor)
    leak.hours = HOURS.on(leak.found_on)
    leak.year = leak.found_on.year
    (leak.number,) = next_numbers(number_key(leak.year))
    leak.save()
    persons.find(leak)
    leak.save()
    record(leak, "open", actor=actor)
    notifications.tell_officers(leak)
    return leak


@transaction.atomic
def edit(leak: Leak, facts: Mapping[str, Any], *, actor: Any, version: int | None = None) -> None:
    """What is known by now; the people are found anew. The number stays.

    Locks: the leak. Raises: Conflict, Rejected beside the field, or once it is closed.
    """
    leak = locked(leak)
    ensure(actor, "leaks.act", leak)
    check_version(leak, version, dict(facts))
    need_open(leak)
    for name, value in facts.items():
        setattr(leak, name, value)
    _check(leak, actor)
    for moment in (leak.told_at, leak.reported_at):
        if moment is not None and moment < leak.found_at:
            raise Rejected(_("통지하거나 신고한 때보다 뒤일 수 없습니다."), field="found_at")
    leak.hours = HOURS.on(leak.found_on)
    persons.find(leak)
    leak.version += 1
    leak.save()
    record(leak, "edit", actor=actor, data={"people": leak.people})


def _check(leak: Leak, actor: Any) -> None:
    if leak.found_at > now():
        raise Rejected(_("안 때는 지금보다 뒤일 수 없습니다."), field="found_at")
    if leak.happened_from and leak.happened_to and leak.happened_to < leak.happened_from:
        raise Rejected(_("끝난 때가 시작된 때보다 앞입니다."), field="happened_to")
    for name in ("happened_from", "happened_to"):
        moment = getattr(leak, name)
        if moment and moment > now():
            raise Rejected(_("유출된 때는 지금보다 뒤일 수 없습니다."), field=name)
    if (leak.looks_from is None) != (leak.looks_to is None):
        missing = "looks_from" if leak.looks_from is None else "looks_to"
        raise Rejected(_("열람 기록의 시작과 끝을 함께 적어 주세요."), field=missing)
    if leak.account_id and leak.looks_from is None:
        raise Rejected(_("그 계정의 열람 기록을 찾을 기간을 적어 주세요."), field="looks_from")
    if leak.looks_from and leak.looks_to and leak.looks_to < leak.looks_from:
        raise Rejected(_("끝이 시작보다 앞입니다."), field="looks_to")
    if leak.account_id and leak.account == user_of(actor):
        raise Rejected(
            _(
                "본인 계정의 유출은 다른 감사 담당자나 시스템 관리자가 등록해야 합니다. 지금 바로 알려 주세요."
            ),
            field="account",
        )


def _check_moment(leak: Leak, moment: datetime, late: str, names: tuple[str, str]) -> None:
    """`names`: the fields of the moment and of why it was late."""
    if moment < leak.found_at:
        raise Rejected(_("안 때보다 앞일 수 없습니다."), field=names[0])
    if moment > now():
        raise Rejected(_("지금보다 뒤일 수 없습니다."), field=names[0])
    if moment > leak.due_at and not late.strip():
        text = _("기한(%(hours)d시간)이 지났습니다. 늦은 까닭을 적어 주세요.")
        raise Rejected(text % {"hours": leak.hours}, field=names[1])


@transaction.atomic
def tell(
    leak: Leak,
    *,
    told_at: datetime,
    actor: Any,
    send: bool = True,
    how: str = "",
    home_from: date | None = None,
    late: str = "",
    version: int | None = None,
    **rest: str,
) -> Leak:
    """Those concerned were told, or are now: with `send` the system writes to all whose contact is known. `how`: what
    was done for the others; `home_from`: since when it stands on the home page; `rest`: what was not known before and
    must be told (`Leak.missing`).

    Locks: the leak. Raises: Outdated, Rejected beside the field.
    """
    leak = locked(leak, version)
    ensure(actor, "leaks.act", leak)
    if leak.told_at is not None:
        raise Rejected(_("이미 통지를 기록했습니다."))
    _check_moment(leak, told_at, late, ("told_at", "late"))
    if home_from and home_from > today():
        raise Rejected(_("누리집 공지를 올린 뒤에 기록해 주세요."), field="home_from")
    if not send and not how.strip() and home_from is None:
        raise Rejected(_("어떻게 알렸는지 적어 주세요."), field="how")
    for name in leak.missing:
        setattr(leak, name, rest.get(name, "").strip())
    if leak.missing:
        labels = {field.name: str(field.verbose_name) for field in Leak._meta.fields}
        names = ", ".join(labels[name] for name in leak.missing)
        text = _("알리기 전에 적어야 합니다: %(names)s")
        raise Rejected(text % {"names": names}, field=leak.missing[0])
    leak.told_at, leak.told_how = told_at, how.strip()
    leak.told_late = late.strip() if told_at > leak.due_at else ""
    if home_from:
        leak.home_from, leak.home_days = home_from, HOME_DAYS.on(home_from)
    perform(leak, "tell", actor=actor, reason=leak.told_late, data={"people": leak.people})
    if send:
        telling.begin(leak, actor=actor)
    return leak


@transaction.atomic
def report(
    leak: Leak, *, reported_at: datetime, receipt: str, actor: Any, late: str = "", version: int | None = None
) -> None:
    """The authority was told, and gave a number.

    Locks: the leak. Raises: Outdated, Rejected beside the field.
    """
    leak = locked(leak, version)
    ensure(actor, "leaks.act", leak)
    if leak.reported_at is not None:
        raise Rejected(_("이미 신고를 기록했습니다."))
    if leak.must_report:
        _check_moment(leak, reported_at, late, ("reported_at", "late"))
    leak.reported_at, leak.receipt = reported_at, receipt.strip()
    leak.reported_late = late.strip() if reported_at > leak.due_at else ""
    perform(leak, "report", actor=actor, reason=leak.reported_late, data={"people": leak.people})


@transaction.atomic
def close(leak: Leak, *, actor: Any, grounds: str = "", version: int | None = None) -> None:
    """All is done. `grounds`: why the authority was not told, where it was not.

    Locks: the leak. Raises: Outdated, Rejected while somebody has still to be told, lists have no number, or the
    notice on the home page has still to stand.
    """
    leak = locked(leak, version)
    ensure(actor, "leaks.act", leak)
    if leak.tells:
        raise Rejected(_("먼저 정보주체에게 알리고 통지를 기록해 주세요."))
    if leak.groups.filter(people=None).exists():
        raise Rejected(_("인원을 적지 않은 목록이 있습니다. 모두 적어야 마칠 수 있습니다."))
    if leak.reports:
        raise Rejected(_("신고해야 하는 유출입니다. 먼저 신고하고 기록해 주세요."))
    if leak.home_until and today() <= leak.home_until:
        raise Rejected(_("누리집 공지 기간이 끝난 뒤에 마칠 수 있습니다."))
    if leak.reported_at is None and not grounds.strip():
        raise Rejected(_("신고하지 않은 근거를 적어 주세요."), field="grounds")
    leak.grounds, leak.closed_at = grounds.strip() if leak.reported_at is None else "", now()
    perform(leak, "close", actor=actor, reason=leak.grounds, data={"people": leak.people})


@transaction.atomic
def withdraw(leak: Leak, *, reason: str, actor: Any, version: int | None = None) -> None:
    """It turned out that nothing leaked.

    Locks: the leak. Raises: Outdated.
    """
    leak = locked(leak, version)
    leak.closed_at = now()
    perform(leak, "withdraw", actor=actor, reason=reason)
