"""Projects of a year: registered, carried over, their departments and people (I1)."""

import datetime as dt
from collections.abc import Iterator

import pytest

from basis.errors import Refused, Rejected
from core.editing import Conflict
from core.models import OpenWork
from core.now import pretend
from incentives.enums import ContactState, DivisionState, Kind, Post, Role
from incentives.models import Contact, Division, Project
from incentives.selectors.projects import line_of
from incentives.services import contacts, projects
from organization.enums import Role as Right
from organization.services import departments
from tests import factories as make
from tests.incentives import made

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 2, 2)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with pretend(DAY):
        yield


def work_of(thing: Division | Contact) -> list[str]:
    return list(OpenWork.objects.about(type(thing)).filter(object_id=thing.pk).values_list("ask", flat=True))


def holders_of(thing: Division | Contact) -> set[str]:
    rows = OpenWork.objects.about(type(thing)).filter(object_id=thing.pk)
    return set(rows.values_list("holders__key", flat=True))


def test_i1_a_project_has_divisions_with_owners_and_helpers_of_their_own() -> None:
    one, two, three = (make.DepartmentFactory() for _n in range(3))
    found = made.division(
        one, two, helpers=[three], title="찾아가는 복지", name="복지분야", budget=800_000_000
    )
    assert [(part.department, part.role, part.order) for part in found.parts.order_by("order")] == [
        (one, Role.OWNER, 1),
        (two, Role.OWNER, 2),
        (three, Role.HELPER, 3),
    ]
    second = projects.add_division(
        found.project, {**made.VALUES, "name": "보건분야", "budget": 300_000_000}, [(three, Role.OWNER)],
        actor=make.planner(),
    )  # fmt: skip
    assert [str(one) for one in found.project.divisions.all()] == [
        "찾아가는 복지 (복지분야)",
        "찾아가는 복지 (보건분야)",
    ]
    assert (second.order, second.project.number) == (2, 1)
    assert made.division(title="다음 사업").project.number == 2
    assert made.division(title="단위 평가", kind=Kind.SINGLE).project.number == 1


def test_i1_departments_are_owned_by_one_and_not_named_twice() -> None:
    one = make.DepartmentFactory()
    with pytest.raises(Rejected, match="주관 부서를 하나 이상"):
        projects.register({**made.VALUES, "year": 2026}, [(one, Role.HELPER)], actor=make.planner())
    with pytest.raises(Rejected, match="두 번 고를 수 없습니다"):
        made.division(one, helpers=[one])
    with pytest.raises(Rejected, match="다음 해 사업까지"):
        made.division(year=2028)
    first = made.division(number=7)
    with pytest.raises(Rejected, match="7번 사업이 이미"):
        made.division(number=7)
    with pytest.raises(Refused):
        made.division(one, actor=make.UserFactory(department=one))
    assert first.project.number == 7


def test_i1_people_are_named_asked_and_replaced_when_they_move() -> None:
    found = made.division()
    (part,) = found.parts.all()
    assert work_of(found) == ["notify"]
    assert holders_of(found) == {f"d:{part.department_id}"}
    people = made.named(found)
    assert holders_of(found) == {f"u:{people[Post.CHARGE].pk}"}
    outsider = make.UserFactory()
    with pytest.raises(Rejected, match="직원이 아닙니다"):
        contacts.name(found, {(part.pk, Post.LEADER): outsider}, actor=make.planner())

    make.moved(people[Post.CHARGE], make.DepartmentFactory())
    assert contacts.note_moves(DAY) == 1
    assert contacts.note_moves(DAY) == 0
    gone = made.contact_of(found, Post.HEAD)
    assert gone.state == ContactState.CURRENT
    moved = Contact.objects.get(post=Post.CHARGE)
    assert (moved.state, moved.until, work_of(moved)) == (ContactState.MOVED, DAY, ["replace"])
    assert holders_of(moved) == {f"d:{part.department_id}"}
    assert holders_of(found) == {f"d:{part.department_id}"}  # nobody is in charge meanwhile

    new = make.UserFactory(department=part.department)
    contacts.name(found, {(part.pk, Post.CHARGE): new}, actor=make.head_of(part.department))
    assert work_of(moved) == []
    assert holders_of(found) == {f"u:{new.pk}"}
    assert Contact.objects.filter(post=Post.CHARGE).count() == 2


def test_i1_who_came_back_stays_named() -> None:
    found = made.division()
    (part,) = found.parts.all()
    people = made.named(found)
    make.moved(people[Post.LEADER], make.DepartmentFactory())
    contacts.note_moves(DAY)
    make.moved(make.fresh(people[Post.LEADER]), part.department)
    assert contacts.note_moves(DAY) == 1
    assert made.contact_of(found, Post.LEADER).until is None


def test_i1_the_year_goes_on_from_the_one_before_under_whatever_name() -> None:
    one, two = make.DepartmentFactory(), make.DepartmentFactory()
    old = made.division(one, helpers=[two], year=2025, title="자치구 인센티브사업")
    people = made.named(old)
    gone = made.division(year=2025, title="끝난 사업")
    projects.drop(gone, reason="시에서 빠짐", actor=make.planner())
    make.moved(people[Post.HEAD], make.DepartmentFactory())
    (new,) = projects.copy_year(2026, [old.project, gone.project], actor=make.planner())
    assert (new.project.before, new.project.year, new.state) == (old.project, 2026, DivisionState.PREPARED)
    assert [(part.department, part.role) for part in new.parts.all()] == [
        (one, Role.OWNER),
        (two, Role.HELPER),
    ]
    named = Contact.objects.filter(part__division=new)
    assert set(named.values_list("post", flat=True)) == {Post.LEADER, Post.CHARGE}
    assert projects.copy_year(2026, [old.project], actor=make.planner()) == []
    values = {**made.VALUES, "year": 2026, "title": "시·자치구 공동협력사업"}
    projects.edit(new, values, [(one, Role.OWNER)], actor=make.planner())
    lines = line_of(Project.objects.get(pk=new.project_id))
    assert [line.project.name for line in lines] == ["시·자치구 공동협력사업", "자치구 인센티브사업"]


def test_i1_two_who_edit_are_shown_each_other() -> None:
    found = made.division()
    parts = [(part.department, part.role) for part in found.parts.all()]
    seen = found.version
    projects.edit(found, {"evaluator": "복지정책과"}, parts, version=seen, actor=make.planner())
    with pytest.raises(Conflict, match="복지정책과"):
        projects.edit(found, {"evaluator": "보건의료정책과"}, parts, version=seen, actor=make.planner())


def test_i1_a_merger_hands_over_what_is_not_judged() -> None:
    one, two = make.DepartmentFactory(), make.DepartmentFactory()
    found, shared = made.division(one, title="하나"), made.division(one, helpers=[two], title="둘")
    made.named(shared)
    departments.merge(
        one, successor=two, effective_on=DAY, actor=make.UserFactory(roles=[Right.ADMINISTRATOR])
    )
    assert [part.department for part in found.parts.all()] == [two]
    assert projects.open_of(two) == 2
    assert projects.open_of(one) == 0
