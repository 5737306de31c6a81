"""The table of open work says what the states say, whatever happens in whatever order (R5, O1, O2, O5, O7)."""

import datetime as dt
import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from benchmarking.enums import Decision
from benchmarking.models import Case, FollowUp, Review
from benchmarking.services import cases, clocks, dispatch, follow_ups, reviews
from core import duties
from core.errors import Refused, Rejected
from core.models import ClockAdjustment, Holiday
from core.now import pretend, today
from core.work.verify import differences
from organization.enums import Position, Role
from organization.models import Department, User
from organization.services import absences, accounts, departments, holidays, staff
from tests import factories as make
from tests import visiting as v
from tests.asked import paper

DAY = dt.date(2026, 11, 16)
STEPS = int(os.environ.get("OPEN_WORK_STEPS", "500"))
NUMBER = st.integers(0, 10_000)


def one(rows: QuerySet[Any], n: int) -> Any:
    """Some row, or None."""
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


class Machine(RuleBasedStateMachine):
    """An office of four departments. Whatever is refused changes nothing; whatever is done is seen in the table."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.day = DAY
        self.pretended = pretend(DAY)
        self.pretended.__enter__()
        self.admin = make.UserFactory(roles=[Role.ADMINISTRATOR, Role.PLANNING])
        v.fund(5_000_000)
        for _n in range(4):
            department = make.DepartmentFactory()
            make.head_of(department)
            make.UserFactory.create_batch(2, department=department)
        for _n in range(2):
            make.ReviewFactory(department=one(Department.objects.filter(name__startswith="시험"), _n))

    def teardown(self) -> None:
        self.pretended.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def tried(self, act: Callable[[], Any]) -> None:
        """In a savepoint, as each request has a transaction of its own."""
        try:
            with transaction.atomic():
                act()
        except (Refused, Rejected):
            pass

    def actor(self, n: int) -> User:
        """Mostly who may: planning, or somebody of the staff."""
        if n % 3 == 0:
            return make.fresh(self.admin)
        return make.fresh(one(User.objects.filter(is_active=True), n // 3))

    # ------------------------------------------------------------------------------------------ the process

    @rule(n=NUMBER, title=st.sampled_from(["새 이름", "다른 이름", "또 다른 이름"]))
    def case(self, n: int, title: str) -> None:
        case = one(Case.objects.all(), n)
        self.tried(lambda: cases.update(case, {"title": title}, actor=self.actor(n), version=None))
        if n % 4 == 0:
            self.tried(lambda: make.CaseFactory())
        elif n % 4 == 1:
            self.tried(lambda: cases.cancel(case, reason="잘못", actor=self.actor(0)))
        elif n % 4 == 2:
            self.tried(lambda: cases.restore(case, actor=self.actor(0)))

    @rule(n=NUMBER, to=NUMBER)
    def send(self, n: int, to: int) -> None:
        case, department = one(Case.objects.all(), n), one(Department.objects.filter(valid_to=None), to)
        self.tried(lambda: dispatch.dispatch([case], [department], actor=self.actor(0)))

    @rule(n=NUMBER, who=NUMBER, what=st.integers(0, 6), decision=st.sampled_from(Decision.values))
    def review(self, n: int, who: int, what: int, decision: str) -> None:
        review, actor = one(Review.objects.exclude(state__in=["recalled"]), n), self.of(n, who)
        if review is None or actor is None:
            return
        colleague = one(User.objects.filter(department=review.department, is_active=True), who)
        steps: list[Callable[[], Any]] = [
            lambda: reviews.assign(review, colleague or actor, actor=self.leader(review)),
            lambda: reviews.take(review, actor=actor),
            lambda: reviews.submit(review, make.answer(decision), actor=review.reviewer or actor),
            lambda: reviews.withdraw(review, actor=review.reviewer or actor),
            lambda: reviews.send_back(review, reason="다시", actor=self.leader(review)),
            lambda: reviews.confirm(review, actor=self.leader(review)),
            lambda: reviews.reopen(review, reason="정정", actor=self.actor(0)),
        ]
        self.tried(steps[what])

    @rule(n=NUMBER)
    def recall(self, n: int) -> None:
        review = one(Review.objects.all(), n)
        self.tried(lambda: dispatch.recall(review, reason="잘못 보냄", actor=self.actor(0)))

    @rule(n=NUMBER, days=st.integers(1, 20), what=st.integers(0, 5))
    def clock(self, n: int, days: int, what: int) -> None:
        review = one(Review.objects.open(), n)
        if review is None:
            return
        leader, then = self.leader(review), today() + dt.timedelta(days=days)
        asked = one(ClockAdjustment.objects.filter(state="requested"), n)
        steps: list[Callable[[], Any]] = [
            lambda: clocks.ask_extension(review, to=then, reason="자료", actor=leader),
            lambda: clocks.ask_pause(review, start=today(), end=None, reason="회신", actor=leader),
            lambda: clocks.decide(asked, approve=True, note="", actor=self.actor(0)),
            lambda: clocks.decide(asked, approve=False, note="안 됨", actor=self.actor(0)),
            lambda: clocks.withdraw(asked, actor=leader),
            lambda: clocks.resume(review, actor=leader),
        ]
        if asked is not None or what not in (2, 3, 4):
            self.tried(steps[what])

    @rule(n=NUMBER, what=st.integers(0, 6), days=st.integers(0, 40))
    def follow(self, n: int, what: int, days: int) -> None:
        follow_up = one(FollowUp.objects.all(), n)
        if follow_up is None:
            return
        planner, then = self.actor(0), today() + dt.timedelta(days=days)
        steps: list[Callable[[], Any]] = [
            lambda: follow_ups.move(follow_up, to=then, reason="늦음", actor=planner),
            lambda: follow_ups.report(
                follow_up, implemented_on=today(), result="반영", actor=planner, files=[paper()]
            ),
            lambda: follow_ups.withdraw(follow_up, actor=planner),
            lambda: follow_ups.confirm(follow_up, actor=planner),
            lambda: follow_ups.undo_confirm(follow_up, reason="착오", actor=planner),
            lambda: follow_ups.drop(follow_up, reason="중단", actor=planner),
            lambda: follow_ups.resume(follow_up, reason="재개", actor=planner),
        ]
        self.tried(steps[what])

    # ------------------------------------------------------------------------------- people, places, days

    @rule(n=NUMBER, to=NUMBER, ahead=st.integers(0, 3), head=st.booleans())
    def transfer(self, n: int, to: int, ahead: int, head: bool) -> None:
        person = one(User.objects.exclude(pk=self.admin.pk).filter(department__name__startswith="시험"), n)
        department = one(Department.objects.filter(valid_to=None, name__startswith="시험"), to)
        if person is None or department is None:
            return
        self.tried(
            lambda: staff.transfer(
                person,
                actor=self.actor(0),
                department=department,
                position=Position.HEAD if head else Position.OFFICER,
                rank="",
                valid_from=today() + dt.timedelta(days=ahead),
            )
        )

    @rule(n=NUMBER)
    def account(self, n: int) -> None:
        person = one(User.objects.exclude(pk=self.admin.pk).filter(department__name__startswith="시험"), n)
        step = accounts.disable if person.is_active else accounts.enable
        self.tried(lambda: step(person, actor=self.actor(0)))

    @rule(n=NUMBER, other=NUMBER)
    def absence(self, n: int, other: int) -> None:
        staff_ = User.objects.filter(is_active=True).exclude(department=None)
        person, substitute = one(staff_, n), one(staff_, other)
        self.tried(
            lambda: absences.create(
                actor=person,
                user=person,
                substitute=substitute,
                start=today(),
                end=today() + dt.timedelta(days=other % 5),
                reason="연가",
            )
        )

    @rule(n=NUMBER)
    def merger(self, n: int) -> None:
        living = Department.objects.filter(valid_to=None, name__startswith="시험")
        if living.count() < 3:
            return
        old, new = one(living, n), one(living.exclude(pk=one(living, n).pk), n)
        self.tried(
            lambda: departments.merge(
                old,
                successor=new,
                effective_on=today() + dt.timedelta(days=n % 3),
                document="",
                actor=self.actor(0),
            )
        )

    @rule(n=st.integers(1, 25), remove=st.booleans())
    def holiday(self, n: int, remove: bool) -> None:
        declared = one(Holiday.objects.all(), n)
        if remove and declared is not None:
            self.tried(lambda: holidays.remove(declared, actor=self.actor(0)))
        else:
            day = today() + dt.timedelta(days=n)
            self.tried(
                lambda: holidays.declare(actor=self.actor(0), day=day, name="임시공휴일", kind="temporary")
            )

    @rule(days=st.integers(1, 6))
    def days_pass(self, days: int) -> None:
        self.pretended.__exit__(None, None, None)
        self.day += dt.timedelta(days=days)
        self.pretended = pretend(self.day)
        self.pretended.__enter__()
        duties.run_due(self.day)

    # ---------------------------------------------------------------------------------------------- helpers

    def of(self, n: int, who: int) -> User | None:
        review = one(Review.objects.exclude(state__in=["recalled"]), n)
        rows = User.objects.filter(department=review.department, is_active=True) if review else None
        found = one(rows, who) if rows is not None else None
        return make.fresh(found) if found else None

    def leader(self, review: Review) -> User:
        heads = User.objects.filter(department=review.department_id, position=Position.HEAD, is_active=True)
        return make.fresh(heads.first() or self.admin)

    @invariant()
    def the_table_says_what_the_states_say(self) -> None:
        assert [str(one_) for one_ in differences()] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_r5_o1_o2_o7_open_work_is_what_the_states_say() -> None:
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=STEPS // 50, stateful_step_count=50, deadline=None)
    )
