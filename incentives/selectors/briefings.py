"""Which projects a briefing is of, and who comes to it (I5)."""

from collections.abc import Iterable, Mapping

from incentives.enums import BriefingKind, ContactState, DivisionState, Post, Role
from incentives.models import Briefing, Contact, Division
from incentives.models.project import DivisionQuerySet
from meetings.enums import Chair
from organization.bureaus import bureau_of, head_of
from organization.enums import DepartmentKind, DepartmentRole, Position
from organization.models import Department, User

GONE = (DivisionState.DROPPED, DivisionState.JUDGED)


def divisions_of(briefing: Briefing, *, judged: bool = False) -> DivisionQuerySet:
    """Those of the year still to be judged, with `judged` the others too; a bureau's own briefing is of those that its
    departments own or help."""
    gone = (DivisionState.DROPPED,) if judged else GONE
    rows = Division.objects.filter(project__year=briefing.year).exclude(state__in=gone)
    if briefing.kind == BriefingKind.BUREAU:
        rows = rows.filter(parts__department__in=_below(briefing.bureau)).distinct()
    return rows.select_related("project").order_by("project__kind", "project__number", "order")


def _below(bureau: Department | None) -> list[int]:
    """The bureau and its departments."""
    if bureau is None:
        return []
    own = Department.objects.filter(parent=bureau).values_list("pk", flat=True)
    return [bureau.pk, *own]


def bureaus_of(year: int) -> list[Department]:
    """Those with a department that owns one of the year's projects."""
    rows = Department.objects.filter(pk__in=_owners(year)).select_related("parent__parent")
    found = {one.pk: one for one in map(bureau_of, rows) if one is not None}
    return sorted(found.values(), key=lambda one: (one.order, one.code))


def _owners(year: int) -> list[int]:
    rows = Division.objects.filter(project__year=year, parts__role=Role.OWNER).exclude(state__in=GONE)
    return list(rows.values_list("parts__department", flat=True).distinct())


def attendees(briefing: Briefing) -> dict[User, str]:
    """Who comes, with what they are there: who presides, then whom the office's plan names."""
    found: dict[User, str] = {}
    chair = _chair(briefing)
    if chair is not None:
        found[chair] = Chair.CHAIR
    for user in _members(briefing):
        found.setdefault(user, Chair.MEMBER)
    return found


def _chair(briefing: Briefing) -> User | None:
    match briefing.kind:
        case BriefingKind.RESULTS:
            return _holding(Position.MAYOR)
        case BriefingKind.BUREAU:
            return head_of(briefing.bureau)
        case BriefingKind.CHECK:
            planning = Department.objects.filter(role=DepartmentRole.PLANNING, valid_to=None).first()
            return head_of(bureau_of(planning))
        case _deputy:
            return _holding(Position.VICE_MAYOR)


def _holding(position: Position) -> User | None:
    return User.objects.filter(position=position, is_active=True).order_by("pk").first()


def _members(briefing: Briefing) -> Iterable[User]:
    """Results: all heads. Overall: bureau heads and heads of the owners. Projects and checks: who is named to lead and
    to be in charge. Of a bureau: its heads and team leaders."""
    match briefing.kind:
        case BriefingKind.RESULTS:
            yield from _staff(Position.VICE_MAYOR, Position.BUREAU_HEAD, Position.HEAD)
        case BriefingKind.OVERALL:
            owners = _owners(briefing.year)
            bureaus = [one.pk for one in bureaus_of(briefing.year)]
            yield from _staff(Position.BUREAU_HEAD, Position.HEAD, within=[*owners, *bureaus])
        case BriefingKind.PROJECT:
            yield from _named(briefing, Post.LEADER, Post.CHARGE)
        case BriefingKind.CHECK:
            yield from _named(briefing, Post.LEADER)
        case _bureau:
            own = _below(briefing.bureau)
            yield from _staff(Position.HEAD, within=[pk for pk in own if pk in _owners(briefing.year)])
            yield from _named(briefing, Post.LEADER, within=own)


def _staff(*positions: Position, within: Iterable[int] | None = None) -> Iterable[User]:
    kinds = (DepartmentKind.OFFICE, DepartmentKind.BUREAU, DepartmentKind.DIVISION, DepartmentKind.DONG)
    rows = User.objects.filter(position__in=positions, is_active=True, department__kind__in=kinds)
    if within is not None:
        rows = rows.filter(department__in=list(within))
    return rows.order_by("department__order", "pk")


def _named(briefing: Briefing, *posts: Post, within: Iterable[int] | None = None) -> Iterable[User]:
    rows = Contact.objects.filter(
        part__division__in=divisions_of(briefing), post__in=posts, state=ContactState.CURRENT
    )
    if within is not None:
        rows = rows.filter(part__department__in=list(within))
    return [one.user for one in rows.select_related("user").order_by("part__division", "pk")]


def labels(found: Mapping[User, str]) -> list[str]:
    return [user.full_label for user in found]
