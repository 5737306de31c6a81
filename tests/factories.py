"""Departments, people, cases and reviews for tests; shared by all of them.

Cases and reviews come into being through the services, so they have their numbers, logs, clocks and notices as in
life; the day is that of `core.now.pretend`. Whoever is not named is the one planning officer, `planner()`.
"""

import datetime as dt
from typing import Any

import factory
from auditlog.context import disable_auditlog
from factory.django import DjangoModelFactory

from benchmarking.enums import Channel, CostClass, Decision, Field, SourceKind
from benchmarking.models import Case, Review
from benchmarking.services import cases, dispatch
from core.work import keep
from organization.enums import DepartmentKind, DepartmentRole, Position, Role
from organization.models import Absence, Department, Posting, RoleAssignment, User
from reviews.services import reviews

SINCE = dt.date(2010, 1, 1)  # departments, postings and roles have been there ever since


class ThereBefore(DjangoModelFactory):
    """Who and what is there when a test begins is no change that anybody made: it is not logged."""

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Any:
        with disable_auditlog():
            return super()._generate(strategy, params)


class DepartmentFactory(ThereBefore):
    class Meta:
        model = Department

    code = factory.Sequence("D{:04d}".format)
    name = factory.Sequence("시험{}과".format)
    kind = DepartmentKind.DIVISION
    order = factory.Sequence(int)
    valid_from = SINCE


class UserFactory(ThereBefore):
    """A member of staff with a posting. `roles=[Role.AUDITOR]` grants roles; `department=None` is an outsider."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    employee_number = factory.Sequence("E{:05d}".format)
    name = factory.Sequence("직원{}".format)
    email = factory.LazyAttribute(lambda user: f"{user.employee_number.lower()}@hanbit.example")
    department = factory.SubFactory(DepartmentFactory)
    position = Position.OFFICER

    @factory.post_generation
    def posting(self: Any, create: bool, extracted: Any, **_values: Any) -> None:
        if create and self.department:
            Posting.objects.create(
                user=self, department=self.department, position=self.position, valid_from=SINCE
            )

    @factory.post_generation
    def roles(self: Any, create: bool, extracted: Any, **_values: Any) -> None:
        for role in extracted or ():
            RoleAssignment.objects.create(user=self, role=role, valid_from=SINCE)


def head_of(department: Department, **values: Any) -> User:
    return UserFactory(department=department, position=Position.HEAD, **values)


def planner() -> User:
    """The planning officer; the same person whenever asked for, as a fresh instance."""
    user = User.objects.filter(employee_number="PLANNER").first()
    if user is None:
        department = DepartmentFactory(name="기획예산과", role=DepartmentRole.PLANNING)
        user = UserFactory(
            employee_number="PLANNER", department=department, name="기획담당", roles=[Role.PLANNING]
        )
    return User.objects.get(pk=user.pk)


def fresh(user: User) -> User:
    """The same person as the next request sees them: nothing remembered of roles and absences."""
    return User.objects.get(pk=user.pk)


def moved(user: User, department: Department) -> None:
    """`user` has come to work in `department` (전보)."""
    user.postings.filter(valid_to=None).update(department=department)
    User.objects.filter(pk=user.pk).update(department=department)
    keep.people_moved([user.pk])


def away(user: User, substitute: User, start: dt.date, end: dt.date) -> Absence:
    """`user` is away from `start` to `end`, `substitute` stands in (O5)."""
    return Absence.objects.create(user=user, substitute=substitute, start=start, end=end, reason="연가")


class CaseFactory(DjangoModelFactory):
    """A registered case. `actor`: who enters it."""

    class Meta:
        model = Case

    title = factory.Sequence("빈 주차면을 나누어 쓰는 공유주차 {}호".format)
    source_kind = SourceKind.LOCAL
    source_name = "○○시"
    channel = Channel.PRESS
    summary = "거주자 우선 주차구역의 빈 시간을 이웃과 나눕니다."
    field = Field.CONSTRUCTION
    cost_class = CostClass.LOW
    actor = factory.LazyFunction(planner)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, actor: User, **values: Any) -> Case:
        return cases.register(values, actor=actor)


class ReviewFactory(DjangoModelFactory):
    """A case sent to one department, which has a head unless one was given. Dispatching again adds to the case."""

    class Meta:
        model = Review

    case = factory.SubFactory(CaseFactory)
    department = factory.LazyFunction(lambda: head_of(DepartmentFactory()).department)

    @classmethod
    def _create(
        cls, model_class: Any, *args: Any, case: Case, department: Department, **_values: Any
    ) -> Review:
        (outcome,) = dispatch.dispatch([case], [department], actor=planner())
        assert not outcome.error, outcome.error
        case.refresh_from_db()
        return outcome.reviews[0]


def head(review: Review) -> User:
    """The head of the review's department."""
    return User.objects.get(department=review.department_id, position=Position.HEAD)


PLAN = {"plan_what": "시범 구역을 정하여 운영합니다.", "plan_on": dt.date(2030, 3, 4), "plan_budget": 0}


def answer(decision: Decision | str = Decision.KEEP, **values: Any) -> Any:
    """What a department answers; with 도입 also a plan."""
    plan = PLAN if decision == Decision.ADOPT else {}
    return {"decision": str(decision), "reason": "검토한 결과입니다.", **plan, **values}


def answered(review: Review, decision: Decision | str = Decision.KEEP, **values: Any) -> Review:
    """The department's head answers, which completes the review."""
    reviews.submit(review, answer(decision, **values), actor=head(review))
    return Review.objects.select_related("case", "clock", "round").get(pk=review.pk)
