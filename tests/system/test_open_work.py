"""The table of open work says what the states say, whatever happens in whatever order (R5, O1, O2, O5, O7)."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from basis.errors import Refused, Rejected
from benchmarking.enums import Decision
from benchmarking.models import Case, FollowUp, Review
from benchmarking.services import cases, dispatch, follow_ups
from core import duties
from core.models import ClockAdjustment, Holiday, TransitionLog
from core.now import pretend, today
from core.work.verify import differences
from core.workflow import workflow_of
from organization.enums import Position, Role
from organization.models import Department, User
from organization.services import absences, accounts, departments, holidays, staff
from reviews.services import clocks, reviews
from tests import factories as make
from tests import visiting as v
from tests.asked import paper
from tests.effort import rounds
from visits.models import FieldVisit
from visits.services import corrections, orders, reports, requests

DAY = dt.date(2026, 11, 16)
STEPS = rounds(300, 5_000)
# How often each kind of thing happens; hypothesis itself would leave most of them out of any one run.
OFTEN = {
    "case": 2, "send": 2, "review": 6, "recall": 1, "clock": 2, "follow": 4, "ask_visit": 3, "visit": 8,
    "transfer": 1, "account": 1, "absence": 1, "merger": 0.5, "holiday": 1, "days_pass": 1,
}  # fmt: skip


def one(rows: QuerySet[Any], n: int) -> Any:
    """Some row, or None."""
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


class Machine(RuleBasedStateMachine):
    """An office of four departments and 5,000,000 won for visits. Whatever is refused changes nothing; whatever is
    done is seen in the table. `taken`: the steps that were really taken, in all examples."""

    taken: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.day = DAY
        self.pretended = pretend(DAY)
        self.pretended.__enter__()
        self.admin = make.UserFactory(
            department=make.planner().department, roles=[Role.ADMINISTRATOR, Role.PLANNING]
        )
        v.fund(5_000_000)
        for _n in range(4):
            department = make.DepartmentFactory()
            make.head_of(department)
            make.UserFactory.create_batch(2, department=department)
        for _n in range(2):
            make.ReviewFactory(department=one(Department.objects.filter(name__startswith="시험"), _n))

    def teardown(self) -> None:
        self.taken.update(
            f"{row.kind.model}.{row.name}" for row in TransitionLog.objects.only("content_type_id", "name")
        )
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

    def step(self, thing: Any, what: int, steps: dict[str, Callable[[], Any]]) -> None:
        """One of those that the thing's state allows."""
        table = workflow_of(thing).table
        fitting = [name for name in steps if thing.state in table[name].sources]
        if fitting:
            self.tried(steps[fitting[what % len(fitting)]])

    def actor(self, n: int) -> User:
        """Mostly who may: planning, or somebody of the staff."""
        if n % 3 == 0:
            return make.fresh(self.admin)
        return make.fresh(one(User.objects.filter(is_active=True), n // 3))

    @rule(chance=st.randoms(use_true_random=True))
    def something(self, chance: Random) -> None:
        (name,) = chance.choices(list(OFTEN), list(OFTEN.values()))
        getattr(self, name)(*(chance.randrange(10_000) for _n in range(3)))

    # ------------------------------------------------------------------------------------------ the process

    def case(self, n: int, who: int, what: int) -> None:
        case = one(Case.objects.all(), n)
        self.tried(
            lambda: cases.update(case, {"title": f"이름 {who % 3}"}, actor=self.actor(n), version=None)
        )
        if n % 4 == 0:
            self.tried(lambda: make.CaseFactory())
        elif n % 4 == 1:
            self.tried(lambda: cases.cancel(case, reason="잘못", actor=self.actor(0)))
        elif n % 4 == 2:
            self.tried(lambda: cases.restore(case, actor=self.actor(0)))

    def send(self, n: int, who: int, what: int) -> None:
        case, department = one(Case.objects.all(), n), one(Department.objects.filter(valid_to=None), who)
        self.tried(lambda: dispatch.dispatch([case], [department], actor=self.actor(0)))

    def review(self, n: int, who: int, what: int) -> None:
        review, actor = one(Review.objects.exclude(state__in=["recalled"]), n), self.of(n, who)
        if review is None or actor is None:
            return
        colleague = one(User.objects.filter(department=review.department, is_active=True), who)
        answer = make.answer(Decision.values[who % 2 and who % 4])
        self.step(
            review,
            what,
            {
                "assign": lambda: reviews.assign(review, colleague or actor, actor=self.leader(review)),
                "take": lambda: reviews.take(review, actor=actor),
                "submit": lambda: reviews.submit(review, answer, actor=self.reviewer(review)),
                "withdraw": lambda: reviews.withdraw(review, actor=self.reviewer(review)),
                "send_back": lambda: reviews.send_back(review, reason="다시", actor=self.leader(review)),
                "confirm": lambda: reviews.confirm(review, actor=self.leader(review)),
                "reopen": lambda: reviews.reopen(review, reason="정정", actor=self.actor(0)),
            },
        )

    def recall(self, n: int, who: int, what: int) -> None:
        review = one(Review.objects.all(), n)
        self.tried(lambda: reviews.recall(review, reason="잘못 보냄", actor=self.actor(0)))

    def clock(self, n: int, who: int, what: int) -> None:
        review = one(Review.objects.open(), n)
        if review is None:
            return
        leader, then = self.leader(review), today() + dt.timedelta(days=who % 30)
        asked = one(ClockAdjustment.objects.filter(state="requested"), n)
        steps: list[Callable[[], Any]] = [
            lambda: clocks.ask_extension(review, until=then, reason="자료", actor=leader),
            lambda: clocks.ask_pause(review, start=today(), end=None, reason="회신", actor=leader),
            lambda: clocks.decide(asked, approve=True, note="", actor=self.actor(0)),
            lambda: clocks.decide(asked, approve=False, note="안 됨", actor=self.actor(0)),
            lambda: clocks.withdraw(asked, actor=leader),
            lambda: clocks.resume(review, actor=leader),
        ]
        if asked is not None:
            self.tried(steps[2 + what % 3])
        else:
            self.tried(steps[(0, 1, 5)[what % 3]])

    def follow(self, n: int, who: int, what: int) -> None:
        follow_up = one(FollowUp.objects.all(), n)
        if follow_up is None:
            return
        planner, then = self.actor(0), today() + dt.timedelta(days=who % 40)
        done = {"implemented_on": today(), "result": "반영", "files": [paper()], "actor": planner}
        self.step(
            follow_up,
            what,
            {
                "move": lambda: follow_ups.move(follow_up, planned_on=then, reason="늦음", actor=planner),
                "report": lambda: follow_ups.report(follow_up, **done),
                "withdraw": lambda: follow_ups.withdraw(follow_up, actor=planner),
                "confirm": lambda: follow_ups.confirm(follow_up, actor=planner),
                "undo_confirm": lambda: follow_ups.undo_confirm(follow_up, reason="착오", actor=planner),
                "drop": lambda: follow_ups.drop(follow_up, reason="중단", actor=planner),
                "resume": lambda: follow_ups.resume(follow_up, reason="재개", actor=planner),
            },
        )

    def ask_visit(self, n: int, who: int, what: int) -> None:
        review = one(Review.objects.open(), n)
        colleagues = User.objects.filter(department=review.department_id, is_active=True) if review else None
        if colleagues is None or not colleagues.exists():
            return
        team = list(colleagues.order_by("pk")[: 1 + who % 3])
        on = today() + dt.timedelta(days=1 + who % 12)
        act = requests.ask if what % 3 else requests.write
        self.tried(lambda: act(review, v.plan(visited_on=on), team, actor=make.fresh(team[0])))

    def visit(self, n: int, who: int, what: int) -> None:
        visit = one(FieldVisit.objects.all(), n)
        if visit is None:
            return
        leader, planner, orderer = self.leader(visit), self.actor(0), v.orderer()
        later = v.plan(visited_on=today() + dt.timedelta(days=n % 9))
        self.step(
            visit,
            what,
            {
                "submit": lambda: requests.submit(visit, actor=leader),
                "withdraw": lambda: requests.withdraw(visit, actor=leader),
                "approve": lambda: requests.approve(visit, actor=planner),
                "send_back": lambda: requests.send_back(visit, reason="보완", actor=planner),
                "reject": lambda: requests.reject(visit, reason="불승인", actor=planner),
                "amend": lambda: requests.amend(
                    visit, later, v.people(visit)[:1], reason="변경", actor=leader
                ),
                "cancel": lambda: requests.cancel(visit, reason="취소", actor=leader),
                "undo_approve": lambda: corrections.undo_approve(visit, reason="착오", actor=planner),
                "restore": lambda: corrections.restore(visit, reason="착오", actor=planner),
                "order": lambda: orders.order(visit, f"총무과-{n}", actor=orderer),
                "void_order": lambda: orders.void_order(visit, actor=orderer),
                "travel": lambda: reports.travel(visit, actor=leader),
                "report": lambda: v.reported(visit, actor=leader),
                "return_report": lambda: reports.return_report(visit, reason="보완", actor=planner),
                "settle": lambda: reports.settle(visit, actor=planner),
                "undo_settle": lambda: reports.undo_settle(visit, reason="착오", actor=planner),
            },
        )

    # ------------------------------------------------------------------------------- people, places, days

    def transfer(self, n: int, who: int, what: int) -> None:
        person = one(User.objects.exclude(pk=self.admin.pk).filter(department__name__startswith="시험"), n)
        department = one(Department.objects.filter(valid_to=None, name__startswith="시험"), who)
        if person is None or department is None:
            return
        self.tried(
            lambda: staff.transfer(
                person,
                actor=self.actor(0),
                department=department,
                position=Position.HEAD if what % 3 == 0 else Position.OFFICER,
                rank="",
                valid_from=today() + dt.timedelta(days=what % 4),
            )
        )

    def account(self, n: int, who: int, what: int) -> None:
        person = one(User.objects.exclude(pk=self.admin.pk).filter(department__name__startswith="시험"), n)
        step = accounts.disable if person.is_active else accounts.enable
        self.tried(lambda: step(person, actor=self.actor(0)))

    def absence(self, n: int, who: int, what: int) -> None:
        staff_ = User.objects.filter(is_active=True).exclude(department=None)
        person, substitute = one(staff_, n), one(staff_, who)
        self.tried(
            lambda: absences.create(
                actor=person,
                user=person,
                substitute=substitute,
                start=today(),
                end=today() + dt.timedelta(days=what % 5),
                reason="연가",
            )
        )

    def merger(self, n: int, who: int, what: int) -> None:
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

    def holiday(self, n: int, who: int, what: int) -> None:
        declared = one(Holiday.objects.all(), n)
        if who % 2 and declared is not None:
            self.tried(lambda: holidays.remove(declared, actor=self.actor(0)))
        else:
            day = today() + dt.timedelta(days=1 + n % 25)
            self.tried(
                lambda: holidays.declare(actor=self.actor(0), day=day, name="임시공휴일", kind="temporary")
            )

    def days_pass(self, n: int, who: int, what: int) -> None:
        self.pretended.__exit__(None, None, None)
        self.day += dt.timedelta(days=1 + n % 6)
        self.pretended = pretend(self.day)
        self.pretended.__enter__()
        duties.run_due(self.day)

    # ---------------------------------------------------------------------------------------------- helpers

    def of(self, n: int, who: int) -> User | None:
        review = one(Review.objects.exclude(state__in=["recalled"]), n)
        rows = User.objects.filter(department=review.department, is_active=True) if review else None
        found = one(rows, who) if rows is not None else None
        return make.fresh(found) if found else None

    def reviewer(self, review: Review) -> User:
        return make.fresh(review.reviewer) if review.reviewer else self.leader(review)

    def leader(self, thing: Review | FieldVisit) -> User:
        heads = User.objects.filter(department=thing.department_id, position=Position.HEAD, is_active=True)
        return make.fresh(heads.first() or self.admin)

    @invariant()
    def the_table_says_what_the_states_say(self) -> None:
        assert [str(one_) for one_ in differences()] == []


@pytest.mark.slow
@pytest.mark.timeout(3_600)  # all 5,000 steps (`make test-long`) take longer than any other test
@pytest.mark.django_db
def test_r5_o1_o2_o7_open_work_is_what_the_states_say() -> None:
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=STEPS // 50, stateful_step_count=50, deadline=None)
    )
    assert len(Machine.taken) > 25, Machine.taken  # it has really played the processes
