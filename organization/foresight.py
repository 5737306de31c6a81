"""What far-reaching changes of the organisation will do, in words: shown before, and binding (core.views.forms)."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from basis.formats import NOTHING, counted, date_weekday
from core.models import OpenWork
from core.now import today
from core.work import holders
from core.workflow import verb_of
from organization.enums import ENDING, ChangeType, Position, Role
from organization.models import Department, DepartmentChange, Posting, User
from organization.selectors import heads_of, holders_of
from organization.sockets import OPEN_WORK


def staff_and_teams(department: Department) -> list[tuple[int, str]]:
    """How many people (those who come later too) and departments are in it, each in words."""
    staff = department.staff.filter(is_active=True).count()
    coming = Posting.objects.filter(department=department, valid_to=None, valid_from__gt=today()).count()
    children = department.department_set.filter(valid_to=None).count()
    return [
        (staff + coming, _("직원 %(count)d명") % {"count": staff + coming}),
        (children, _("하위 부서 %(count)d개") % {"count": children}),
    ]


def work_of(department: Department) -> list[tuple[int, str]]:
    """Open work of each kind, in words; what others build on comes first."""
    counted = ((kind, kind.count(department)) for kind in reversed(list(OPEN_WORK)))
    return [(count, str(kind.text) % {"count": count}) for kind, count in counted]


def left_in(department: Department) -> list[str]:
    """What stands against abolishing it without a successor."""
    left = [text for count, text in [*staff_and_teams(department), *work_of(department)] if count]
    return left + ([_role(department)] if department.role else [])


def of_change(change: DepartmentChange) -> list[str]:
    """What a change of a department will do, whether today or on a coming day."""
    department = change.department
    people, work = (
        [text for _count, text in found] for found in (staff_and_teams(department), work_of(department))
    )
    lines = [_("%(day)s부터: %(what)s") % {"day": date_weekday(change.effective_on), "what": _what(change)}]
    if change.kind not in ENDING:
        stays = _("%(what)s은 그대로 이 부서에 있습니다.") % {"what": ", ".join([*people, *work])}
        return [*lines, stays, *_later(change)]
    if change.successor is None:
        return [*lines, _("남은 직원도 처리 중인 업무도 없습니다."), *_later(change)]
    goes = [*([_role(department)] if department.role else []), *people, *work]
    lines.append(
        _("%(what)s이 넘어갑니다. 승계 부서: %(successor)s")
        % {"what": ", ".join(goes), "successor": change.successor.name}
    )
    notes = (kind.notes(department, change.successor) for kind in OPEN_WORK)
    return [*lines, *(note for found in notes for note in found), *_later(change)]


def _what(change: DepartmentChange) -> str:
    old, new = change.department, change
    match change.kind:
        case ChangeType.RENAME:
            return _("이름 %(old)s → %(new)s") % {"old": old.name, "new": new.new_name}
        case ChangeType.MOVE:
            names = {"old": old.parent or NOTHING, "new": new.new_parent or NOTHING}
            return _("상위 부서 %(old)s → %(new)s") % names
        case _:
            return _("%(name)s 폐지") % {"name": old.name}


def _later(change: DepartmentChange) -> list[str]:
    """What is counted today may be another on the day."""
    if change.effective_on <= today():
        return []
    return [_("오늘 기준입니다. 시행일에 남아 있는 직원과 업무에 적용됩니다.")]


def _role(department: Department) -> str:
    return _("기능(%(role)s)") % {"role": department.get_role_display()}


def of_role(user: User, role: str, *, held: bool, day: date) -> list[str]:
    """What it does that the person has the role from this day on, or no longer has it."""
    names = {"person": user.full_label, "role": Role(role).label, "day": date_weekday(day)}
    others = [one for one in holders_of(Role(role)) if one.pk != user.pk]
    waiting = OpenWork.objects.held_by([holders.role(role)]).count()
    if held:
        return [
            _("%(person)s: %(day)s부터 %(role)s 화면과 권한을 갖습니다.") % names,
            _("지금 이 역할의 직원 %(count)d명") % {"count": len(others)},
            _("이 역할로 기다리는 할 일 %(count)d건이 함께 보입니다.") % {"count": waiting},
        ]
    lines = [
        _("%(person)s: %(day)s부터 %(role)s 화면과 권한이 없어집니다.") % names,
        _("남는 이 역할의 직원 %(count)d명, 기다리는 할 일 %(waiting)d건")
        % {"count": len(others), "waiting": waiting},
    ]
    if not others and waiting:
        lines.append(_("기다리는 할 일을 맡을 직원이 없게 됩니다. 먼저 다른 직원에게 역할을 부여해 주세요."))
    return lines


def of_transfer(
    user: User, *, department: Department, position: str, rank: str, valid_from: date
) -> list[str]:
    """What a posting will do: what stays behind with the department, what the person keeps."""
    names = {
        "day": date_weekday(valid_from),
        "old": user.label,
        "new": f"{department.name} {Position(position).label}",
    }
    lines = [_("%(day)s부터: %(old)s → %(new)s") % names]
    leaves = department.pk != user.department_id
    if leaves:
        lines += _work(user) + _stands_in(user)
        if user.roles:
            roles = ", ".join(str(Role(role).label) for role in sorted(user.roles))
            lines.append(_("역할은 그대로입니다: %(roles)s") % {"roles": roles})
    if leaves or position != Position.HEAD:
        lines += _headless(user)
    return lines


def of_leaving(user: User) -> list[str]:
    """What nobody will do any more once the account is closed."""
    lines = _work(user) + _stands_in(user)
    for role in sorted(user.roles):
        left = sum(one.pk != user.pk for one in holders_of(Role(role)))
        lines.append(
            _("역할 %(role)s: 남는 직원 %(count)s")
            % {"role": Role(role).label, "count": counted(left, _("명"))}
        )
    return lines + _headless(user) or [_("맡은 일과 대직, 역할이 없습니다.")]


def _work(user: User) -> list[str]:
    """Their own open work by what is to be done."""
    held = OpenWork.objects.held_by([holders.person(user.pk)]).values_list("pk", "content_type", "ask")
    work = Counter(verb_of(kind, ask) for _pk, kind, ask in held)
    if not work:
        return []
    unit = _("건")
    each = ", ".join(f"{verb} {counted(count, unit)}" for verb, count in sorted(work.items()))
    return [
        _("맡은 일: %(each)s") % {"each": each},
        _("끝나지 않은 일은 부서에 남습니다. 맡을 직원은 부서장이 다시 정합니다."),
    ]


def _stands_in(user: User) -> list[str]:
    away = user.standing_in.filter(cancelled_at=None, end__gte=today()).select_related("user__department")
    people = ", ".join(
        f"{one.user.full_label} {date_weekday(one.start)} ~ {date_weekday(one.end)}" for one in away
    )
    if not people:
        return []
    return [_("대직 %(count)s: %(people)s") % {"count": counted(len(away), _("건")), "people": people}]


def _headless(user: User) -> list[str]:
    if not (user.is_head and user.department):
        return []
    if any(head.pk != user.pk for head in heads_of(user.department.pk)):
        return []
    return [_("%(department)s에 부서장이 없게 됩니다.") % {"department": user.department.name}]


def named_by_clock(clocks: Collection[int], user: Any) -> dict[int, str]:
    """What goes by these deadlines, by clock: only what the user may see."""
    found: dict[int, str] = {}
    rows = OpenWork.objects.filter(clock__in=clocks).select_related("content_type")
    kinds: dict[Any, list[OpenWork]] = {}
    for row in rows:
        kinds.setdefault(row.content_type.model_class(), []).append(row)
    for model, work in kinds.items():
        known = set(_seen(model, work, user))
        found |= {
            row.clock_id: ", ".join(filter(None, [row.title, row.detail]))
            for row in work
            if row.clock_id is not None and row.object_id in known
        }
    return found


def _seen(model: Any, work: Iterable[OpenWork], user: Any) -> Iterable[int]:
    rows = model._default_manager.get_queryset().visible_to(user)
    pks: Iterable[int] = rows.filter(pk__in={row.object_id for row in work}).values_list("pk", flat=True)
    return pks
