"""A department's practice: written, looked at by its head, entered, taken back, returned, let in late (E5)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import counted
from contests import notifications
from contests.enums import OPEN_PRACTICES, WRITTEN, ContestState, PracticeState
from contests.models import Contributor, Practice
from contests.models.practice import TEXTS
from contests.policies import CONTRIBUTORS, PEOPLE
from contests.selectors import is_being_judged
from core import attachments
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version, label_of
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from organization.models import Department, User

WHOLE = Decimal(100)
People = Sequence[tuple[User, Decimal]]
NEEDED = ("title", "before", "done", "outcome")


def locked(practice: Practice, seen: int | None = None) -> Practice:
    rows = Practice.objects.select_for_update(of=("self",)).select_related("contest", "written_by")
    fresh = rows.prefetch_related("contributors__user").get(pk=practice.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def write(
    practice: Practice,
    values: Mapping[str, Any],
    people: People,
    *,
    files: Iterable[File] = (),
    version: int | None = None,
    actor: Any,
) -> Practice:
    """Keep what is written so far; who begins it is its writer.

    Locks: the practice. Raises: Refused, Conflict; Rejected once it is entered or its day has passed, for shares that
    are none, or the same person twice.
    """
    fresh = locked(practice)
    principal = ensure(actor, "contests.write", fresh)
    if fresh.state not in WRITTEN:
        raise Rejected(_("부서장 확인을 요청했거나 제출한 우수사례는 거둔 뒤 고칠 수 있습니다."))
    _in_time(fresh)
    wanted = {name: values[name] for name in TEXTS if name in values}
    check_version(fresh, version, wanted)
    begun = fresh.state == PracticeState.ASKED
    apply(fresh, wanted, TEXTS)
    if begun:
        fresh.written_by = actor
    _keep_people(fresh, people)
    if begun:
        perform(fresh, "begin", actor=actor)
    else:
        fresh.version += 1
        fresh.save()
        record(fresh, "edit", actor=actor, principal=principal)
    attachments.attach(fresh, files, actor=actor)
    return fresh


def _keep_people(practice: Practice, people: People) -> None:
    most = CONTRIBUTORS.on(practice.contest.opens_on)
    if len(people) > most:
        said = _("기여한 직원은 %(most)s까지 적을 수 있습니다.") % {"most": counted(most, PEOPLE)}
        raise Rejected(said, field="contributors")
    if len({user.pk for user, _share in people}) < len(people):
        raise Rejected(_("같은 직원을 두 번 적었습니다."), field="contributors")
    if any(not 0 < share <= WHOLE for _user, share in people):
        raise Rejected(_("기여도는 0보다 크고 100보다 크지 않게 적어 주세요."), field="contributors")
    had = {(one.user_id, one.share): one for one in practice.contributors.all()}
    wanted = [(user.pk, share) for user, share in people]
    if list(had) == wanted:
        return
    practice.contributors.all().delete()
    Contributor.objects.bulk_create(
        Contributor(practice=practice, user=user, label=user.full_label, share=share, order=order)
        for order, (user, share) in enumerate(people, start=1)
    )


def _in_time(practice: Practice) -> None:
    if practice.contest.state != ContestState.OPEN:
        raise Rejected(_("접수하는 경진대회가 아닙니다."))
    if practice.is_past:
        raise Rejected(
            _("제출 기한이 지났습니다. 사유가 있으면 기획예산과 담당자가 늦은 제출을 허용할 수 있습니다.")
        )


def _complete(practice: Practice) -> None:
    """Rejected where something judges need is missing, or the shares do not sum to 100."""
    for name in NEEDED:
        if not getattr(practice, name).strip():
            label = label_of(practice, name)
            raise Rejected(_("‘%(field)s’이(가) 비어 있습니다. 쓴 뒤 제출해 주세요.") % {"field": label})
    shares = list(practice.contributors.values_list("share", flat=True))
    if not shares:
        raise Rejected(_("기여한 직원을 한 명 이상 적어 주세요."))
    if (whole := sum(shares, Decimal(0))) != WHOLE:
        said = {"sum": f"{whole.normalize():f}"}
        raise Rejected(_("기여도의 합이 100%%가 되어야 합니다. 지금은 %(sum)s%%입니다.") % said)


@transaction.atomic
def ask(practice: Practice, *, version: int | None = None, actor: Any) -> Practice:
    """It is ready for the head.

    Locks: the practice. Raises: Outdated, Rejected where it is incomplete or too late.
    """
    fresh = locked(practice, version)
    _in_time(fresh)
    perform(fresh, "ask", actor=actor)
    _complete(fresh)
    notifications.asked(fresh)
    return fresh


@transaction.atomic
def enter(practice: Practice, *, version: int | None = None, actor: Any) -> Practice:
    """The head enters it for the department.

    Locks: the practice. Raises: Outdated, Rejected where it is incomplete, too early or too late.
    """
    fresh = locked(practice, version)
    _in_time(fresh)
    fresh.entered_on = today()
    perform(fresh, "enter", actor=actor)
    if fresh.contest.opens_on > today():
        raise Rejected(_("접수 시작일 전에는 제출할 수 없습니다."))
    _complete(fresh)
    notifications.entered(fresh)
    return fresh


def _changeable(practice: Practice) -> None:
    _in_time(practice)
    if is_being_judged(practice):
        raise Rejected(_("심사에 올린 우수사례는 고칠 수 없습니다."))


@transaction.atomic
def take_back(practice: Practice, *, version: int | None = None, actor: Any) -> Practice:
    """To be mended by who wrote it.

    Locks: the practice. Raises: Outdated, Rejected once its day has passed or it is being judged.
    """
    fresh = locked(practice, version)
    _changeable(fresh)
    fresh.entered_on = None
    perform(fresh, "take_back", actor=actor)
    return fresh


@transaction.atomic
def send_back(practice: Practice, *, reason: str, version: int | None = None, actor: Any) -> Practice:
    """The head wants it written otherwise.

    Locks: the practice. Raises: Outdated.
    """
    fresh = locked(practice, version)
    perform(fresh, "send_back", actor=actor, reason=reason)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def give_back(practice: Practice, *, reason: str, version: int | None = None, actor: Any) -> Practice:
    """Planning asks for what is missing in what was entered.

    Locks: the practice. Raises: Outdated, Rejected once its day has passed or it is being judged.
    """
    fresh = locked(practice, version)
    _changeable(fresh)
    fresh.entered_on = None
    perform(fresh, "give_back", actor=actor, reason=reason)
    notifications.returned(fresh, reason)
    return fresh


@transaction.atomic
def allow_late(
    practice: Practice, *, until: date, reason: str, version: int | None = None, actor: Any
) -> Practice:
    """Planning lets a department enter after the last day.

    Locks: the practice. Raises: Outdated, Rejected for a day that has passed.
    """
    fresh = locked(practice, version)
    if fresh.contest.state != ContestState.OPEN:
        raise Rejected(_("접수하는 경진대회가 아닙니다."))
    if until < today():
        raise Rejected(_("제출 기한은 오늘이나 그 뒤의 날로 정해 주세요."), field="until")
    fresh.due_on, fresh.late_reason = until, reason.strip()[:500]
    perform(fresh, "allow_late", actor=actor, reason=reason)
    notifications.late_allowed(fresh, reason)
    return fresh


def lapse_past(day: date) -> int:
    """What was not entered by its day counts as not entered (daily)."""
    rows = Practice.objects.select_for_update(of=("self",)).filter(state__in=OPEN_PRACTICES, due_on__lt=day)
    found = list(rows.select_related("contest", "written_by").order_by("pk"))
    for one in found:
        perform(one, "lapse", actor=SYSTEM)
    return len(found)


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """What `old` has in open contests is `new`'s; where both have written one, `new`'s stands."""
    rows = Practice.objects.select_for_update(of=("self",)).filter(
        contest__state=ContestState.OPEN, department__in=[old, new]
    )
    found = list(rows.select_related("contest", "written_by").order_by("pk"))
    theirs = {one.contest_id: one for one in found if one.department_id == new.pk}
    for one in found:
        if one.department_id != old.pk or one.state == PracticeState.MISSED:
            continue
        other = theirs.get(one.contest_id)
        if other is None or other.written_by_id is None:
            if other is not None:
                keep.forget(other)
                other.delete()
            one.department, one.department_name = new, new.name
            one.version += 1
            one.save()
            record(one, "merged", actor=actor)
        elif one.state in OPEN_PRACTICES:
            perform(one, "fold", actor=SYSTEM)


def open_of(department: Department) -> int:
    return Practice.objects.filter(department=department, state__in=OPEN_PRACTICES).count()
