"""Projects of a year with their divisions and departments; the year after from the one before (I1)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core.editing import apply, check_seen, check_version
from core.now import today
from core.permissions import ensure
from core.transition import perform, record
from core.work import keep
from incentives.enums import ContactState, DivisionState, Role
from incentives.models import Division, Part, Project
from incentives.services.contacts import put
from incentives.services.indicator_copy import carry_on
from organization.models import Department

PLAN = "incentives.plan"
DIVISION = ("name", "evaluator", "budget", "way", "full_marks", "contact", "phone", "submit_on")
Parts = Sequence[tuple[Department, Role]]


def locked(division: Division, seen: int | None = None) -> Division:
    rows = Division.objects.select_for_update(of=("self",)).select_related("project", "clock")
    fresh = rows.prefetch_related("parts__contacts__user", "parts__department").get(pk=division.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def register(values: Mapping[str, Any], parts: Parts, *, actor: Any) -> Division:
    """A new project with its first division. `values`: `year`, `kind`, `title`, perhaps `number` and `before` of the
    project, DIVISION of the division.

    Raises: Refused; Rejected without an owner, or for a number that is taken.
    """
    principal = ensure(actor, PLAN)
    project = Project(year=values["year"], kind=values["kind"], name=values["title"])
    project.before = values.get("before")
    project.number = values.get("number") or next_number(project.year, project.kind)
    _check_year(project)
    _save(project)
    return _add(project, values, parts, actor, principal)


@transaction.atomic
def add_division(project: Project, values: Mapping[str, Any], parts: Parts, *, actor: Any) -> Division:
    """One more division of a project.

    Locks: the project. Raises: Refused; Rejected without an owner.
    """
    principal = ensure(actor, PLAN)
    project = Project.objects.select_for_update().get(pk=project.pk)
    return _add(project, values, parts, actor, principal)


def next_number(year: int, kind: str) -> int:
    last = Project.objects.filter(year=year, kind=kind).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _check_year(project: Project) -> None:
    if project.year > today().year + 1:
        raise Rejected(_("다음 해 사업까지 등록할 수 있습니다."), field="year")


def _save(project: Project) -> None:
    try:
        with transaction.atomic():
            project.save()
    except IntegrityError:
        same = Project.objects.filter(year=project.year, kind=project.kind, number=project.number)
        if same.exclude(pk=project.pk).exists():
            text = _("%(year)d년 같은 구분에 %(number)d번 사업이 이미 있습니다.")
            raise Rejected(text % {"year": project.year, "number": project.number}, field="number") from None
        raise Rejected(_("지난해 사업은 한 사업으로만 이어집니다."), field="before") from None


def _add(project: Project, values: Mapping[str, Any], parts: Parts, actor: Any, principal: Any) -> Division:
    last = project.divisions.aggregate(last=Max("order"))["last"] or 0
    division = Division(project=project, order=last + 1)
    apply(division, dict(values), [name for name in DIVISION if name in values])
    division.save()
    set_parts(division, parts)
    record(division, "create", actor=actor, principal=principal)
    return division


def set_parts(division: Division, parts: Parts) -> None:
    """Its departments in this order, the first owner answering for it; who was named for one that stays, stays."""
    if not any(role == Role.OWNER for _one, role in parts):
        raise Rejected(_("주관 부서를 하나 이상 골라 주세요."), field="first")
    if len({one.pk for one, _role in parts}) < len(parts):
        raise Rejected(_("같은 부서를 주관과 협조에 두 번 고를 수 없습니다."), field="helpers")
    there = {one.department_id: one for one in division.parts.all()}
    wanted = {department.pk for department, _role in parts}
    for pk, part in there.items():
        if pk not in wanted:
            keep.forget(*part.contacts.all())
            part.delete()
    for order, (department, role) in enumerate(parts, start=1):
        found = there.get(department.pk) or Part(division=division, department=department)
        found.role, found.order = role, order
        found.department_name = found.department_name or department.name
        found.save()
    getattr(division, "_prefetched_objects_cache", {}).pop("parts", None)


@transaction.atomic
def edit(
    division: Division,
    values: Mapping[str, Any],
    parts: Parts,
    *,
    version: int | None = None,
    actor: Any,
) -> Division:
    """Another name, budget, evaluator, departments …, also of the project.

    Locks: the division, its project. Raises: Conflict; Rejected as `register`, and once it has a result.
    """
    fresh = locked(division)
    principal = ensure(actor, PLAN, fresh)
    if fresh.state in (DivisionState.JUDGED, DivisionState.DROPPED):
        raise Rejected(_("결과가 나왔거나 대상에서 빠진 사업은 고칠 수 없습니다."))
    wanted = {name: values[name] for name in DIVISION if name in values}
    check_version(fresh, version, wanted)
    apply(fresh, wanted, DIVISION)
    project = Project.objects.select_for_update().get(pk=fresh.project_id)
    named = {"name": values.get("title", project.name), "before": values.get("before", project.before)}
    if apply(
        project, named | {"number": values.get("number") or project.number}, ("number", "name", "before")
    ):
        project.version += 1
        _save(project)
    fresh.project = project
    fresh.version += 1
    fresh.save()
    set_parts(fresh, parts)
    record(fresh, "edit", actor=actor, principal=principal)
    return fresh


def _step(division: Division, name: str, reason: str, version: int | None, actor: Any) -> Division:
    fresh = locked(division, version)
    perform(fresh, name, actor=actor, reason=reason)
    return fresh


@transaction.atomic
def drop(division: Division, *, reason: str, version: int | None = None, actor: Any) -> Division:
    """It is evaluated no more: nothing is asked of its departments.

    Locks: the division. Raises: Outdated.
    """
    return _step(division, "drop", reason, version, actor)


@transaction.atomic
def restore(division: Division, *, reason: str, version: int | None = None, actor: Any) -> Division:
    """Back among those evaluated; it begins anew with the notification.

    Locks: the division. Raises: Outdated.
    """
    return _step(division, "restore", reason, version, actor)


@transaction.atomic
def copy_year(year: int, chosen: Sequence[Project], *, actor: Any) -> list[Division]:
    """The projects of the year before go on in `year`: names, divisions, departments and who is named there, none of
    their results; those that go on already are left out.

    Locks: the projects. Raises: Refused; Rejected for a year too far.
    """
    principal = ensure(actor, PLAN)
    rows = Project.objects.select_for_update(of=("self",)).filter(
        pk__in=[one.pk for one in chosen], after=None
    )
    made: list[Division] = []
    for old in rows.filter(year__lt=year).order_by("kind", "number"):
        new = Project(year=year, kind=old.kind, name=old.name, before=old)
        taken = Project.objects.filter(year=year, kind=old.kind, number=old.number).exists()
        new.number = next_number(year, old.kind) if taken else old.number
        _check_year(new)
        _save(new)
        for division in old.divisions.exclude(state=DivisionState.DROPPED).order_by("order"):
            made.append(_copy(division, new, actor, principal))
    return made


def _copy(old: Division, project: Project, actor: Any, principal: Any) -> Division:
    new = Division(project=project, order=old.order)
    for name in DIVISION:
        if name != "submit_on":
            setattr(new, name, getattr(old, name))
    new.save()
    for part in old.parts.select_related("department").prefetch_related("contacts__user"):
        if part.department.valid_to is not None:
            continue
        own = Part.objects.create(
            division=new,
            department=part.department,
            department_name=part.department.name,
            role=part.role,
            order=part.order,
        )
        for one in part.contacts.all():
            if one.state == ContactState.CURRENT and one.user.department_id == part.department_id:
                put(own, one.post, one.user, actor=actor, principal=principal)
    carry_on(old, new)
    record(new, "copy", actor=actor, principal=principal)
    return new


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Divisions not yet judged are the new department's; years past keep theirs."""
    closed = (DivisionState.JUDGED, DivisionState.DROPPED)
    rows = Division.objects.filter(parts__department=old).exclude(state__in=closed).order_by("pk")
    for division in rows:
        fresh = locked(division)
        there = {one.department_id for one in fresh.parts.all()}
        for part in fresh.parts.all():
            if part.department_id != old.pk:
                continue
            if new.pk in there:
                keep.forget(*part.contacts.all())
                part.delete()
            else:
                part.department, part.department_name = new, new.name
                part.save()
        getattr(fresh, "_prefetched_objects_cache", {}).pop("parts", None)
        record(fresh, "merged", actor=actor)


def open_of(department: Department) -> int:
    closed = (DivisionState.JUDGED, DivisionState.DROPPED)
    return Division.objects.filter(parts__department=department).exclude(state__in=closed).count()
