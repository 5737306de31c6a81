"""Many made-up cases for measuring: plausible in years, states and departments, written in bulk past the services."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from basis.errors import Rejected
from benchmarking.enums import (
    ANSWERS,
    CaseState,
    Channel,
    CostClass,
    Decision,
    Field,
    FollowUpState,
    RoundKind,
    SourceKind,
)
from benchmarking.models import Case, FollowUp, Review, ReviewRound
from benchmarking.policies import REVIEW_DAYS
from benchmarking.services.cases import number_key
from benchmarking.services.outcome import combined
from benchmarking.services.reviewing import REVIEWS
from benchmarking.similar import TITLES
from core import deadlines
from core.models import Clock, Gram, TransitionLog
from core.now import today
from core.once import next_numbers
from demo.titles import SEED, generate_titles
from organization.enums import Position
from organization.models import Department, User
from reviews.enums import ReviewState

YEARS = 10
BATCH = 1_000  # cases written together
ROWS = 400  # rows of one statement
DEPARTMENTS_A_CASE = 2
DONE, OPEN = ReviewState.COMPLETED, (ReviewState.WAITING, ReviewState.ASSIGNED, ReviewState.SUBMITTED)
CITIES = "가람 나래 다솜 라온 마루 바다 사랑 아름 자연 차오름 하늘 한솔".split()
SUMMARY = (
    "{title}. {source}에서 주민 불편을 덜고 행정 비용을 줄이려고 시작하였습니다. 담당 부서가 현장을 조사한 뒤 시범으로 "
    "운영하였고, 만족도 조사에서 좋은 평가를 받아 전 지역으로 넓혔습니다. 추진 배경, 방법, 성과를 함께 정리하였습니다."
)
REASON = "우리 구의 여건, 비슷한 사업과의 관계, 필요한 예산과 인력을 살펴본 결과입니다. 관계 부서와 협의하였습니다."
LOG = tuple("content_type_id object_id name from_state to_state actor_id at reason data".split())


@dataclass
class Office:
    """Who works where: what a made-up case needs to know."""

    departments: list[Department]
    weights: list[float]
    planner: User
    staff: dict[int, list[User]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Office":
        departments = list(Department.objects.open_on(today()).reviewing())
        planner = User.objects.filter(department__role="planning", is_active=True).first()
        if not departments or planner is None:
            raise Rejected("부서와 직원이 없습니다. 먼저 load_demo를 실행해 주세요.")
        # A few departments get most of the work.
        office = cls(departments, [1 / (place + 3) for place in range(len(departments))], planner)
        for user in User.objects.filter(is_active=True).exclude(department=None):
            office.staff.setdefault(user.department_id or 0, []).append(user)
        return office

    def head(self, department: Department) -> User:
        people = self.staff.get(department.pk, [self.planner])
        return next((user for user in people if user.position == Position.HEAD), people[0])


class _Writer:
    """Makes the rows of one batch of cases."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance, self.day = office, chance, today()
        self.kinds = [ContentType.objects.get_for_model(model).pk for model in (Case, Review)]
        self.due: Callable[[date], date] = cache(
            lambda start: deadlines.preview(start, REVIEW_DAYS.on(start)).due
        )

    def case(self, number: int, day: date, title: str) -> Case:
        pick = self.chance.choice
        source = f"{pick(CITIES)}{pick('시군구')}"
        found = Case(
            year=day.year,
            number=number,
            title=title,
            source_kind=self.chance.choices(SourceKind.values, (1, 6, 1, 1))[0],
            source_name=source,
            channel=pick(Channel.values),
            summary=SUMMARY.format(title=title, source=source),
            field=pick(Field.values),
            cost_class=self.chance.choices(CostClass.values, (3, 4, 3))[0],
            found_on=day,
            registered_on=day,
            created_by=self.office.planner,
            created_at=moment(day),
            is_demo=True,
        )
        found.set_cost_order()
        return found

    def plan(self, case: Case) -> list[dict[str, Any]]:
        """The case's reviews to be, and what follows from them for the case itself."""
        sent = case.registered_on + timedelta(days=self.chance.randint(0, 5))
        if sent > self.day:
            return []
        if self.chance.random() < 0.02:
            case.state = CaseState.CANCELLED
            return []
        chosen = dict.fromkeys(self.chance.choices(self.office.departments, self.office.weights, k=8))
        reviews = [self._review(department, sent) for department in islice(chosen, DEPARTMENTS_A_CASE)]
        case.round_number, case.reviews_total = 1, len(reviews)
        case.reviews_done = sum(review["state"] == DONE for review in reviews)
        if case.reviews_done == case.reviews_total:
            case.state = CaseState.DECIDED
            case.outcome = combined({review["decision"] for review in reviews})
            case.decided_on = max(review["completed_on"] for review in reviews)
            self._implement(case, [review for review in reviews if review["decision"] == Decision.ADOPT])
        else:
            case.state = CaseState.IN_REVIEW
            case.next_due = self.due(sent)
        return reviews

    def _review(self, department: Department, sent: date) -> dict[str, Any]:
        head, staff = self.office.head(department), self.office.staff.get(department.pk, [])
        taken = self.chance.triangular(2, 24, 11) * (6 if self.chance.random() < 0.01 else 1)
        completed, due = sent + timedelta(days=int(taken)), self.due(sent)
        review: dict[str, Any] = {
            "department": department,
            "department_name": department.name,
            "notified_on": sent,
            "reviewer": self.chance.choice(staff) if staff else head,
            "state": DONE,
        }
        if completed > self.day:
            review["state"] = self.chance.choice(OPEN)
            if review["state"] == ReviewState.WAITING:
                review["reviewer"] = None
            return review
        decision = self.chance.choices(ANSWERS, (15, 35, 18, 32))[0]
        return review | {
            "decision": decision,
            "reason": REASON,
            "submitted_by": review["reviewer"],
            "submitted_on": completed,
            "completed_on": completed,
            "confirmed_by": head,
            "in_time": completed <= due,
            "plan_what": "시범 운영 뒤 넓힙니다." if decision == Decision.ADOPT else "",
            "plan_on": completed + timedelta(days=self.chance.randint(30, 300))
            if decision == Decision.ADOPT
            else None,
            "plan_budget": self.chance.randrange(0, 50_000_000, 100_000)
            if decision == Decision.ADOPT
            else None,
        }

    def _implement(self, case: Case, adopting: list[dict[str, Any]]) -> None:
        for review in adopting:
            done = review["plan_on"] < self.day and self.chance.random() < 0.85
            review["implemented_on"] = review["plan_on"] if done else None
        if adopting and all(review["implemented_on"] for review in adopting):
            case.state = CaseState.IMPLEMENTED
            case.implemented_on = max(review["implemented_on"] for review in adopting)

    def write(self, batch: Sequence[Case]) -> None:
        plans = [(case, self.plan(case)) for case in batch]
        Case.objects.bulk_create(batch)
        kind = self.kinds[0]
        grams = ((kind, case.pk, gram) for case in batch for gram in TITLES.entries_of(case))
        insert(Gram, ("content_type_id", "object_id", "gram"), grams)
        sent = [(case, reviews) for case, reviews in plans if reviews]
        rounds = ReviewRound.objects.bulk_create(
            ReviewRound(
                case=case,
                number=1,
                kind=RoundKind.FIRST,
                dispatched_by=self.office.planner,
                dispatched_at=moment(reviews[0]["notified_on"]),
            )
            for case, reviews in sent
        )
        flat = [(r, review) for r, (_case, reviews) in zip(rounds, sent, strict=True) for review in reviews]
        implemented = [review.pop("implemented_on", None) for _round, review in flat]
        clocks = Clock.objects.bulk_create(self._clock(review) for _round, review in flat)
        made = Review.objects.bulk_create(
            Review(round=round_, case=round_.case, clock=clock, **review)
            for (round_, review), clock in zip(flat, clocks, strict=True)
        )
        FollowUp.objects.bulk_create(
            self._follow_up(review, done)
            for review, done in zip(made, implemented, strict=True)
            if review.decision == Decision.ADOPT and review.case.outcome
        )
        insert(TransitionLog, LOG, self._logs(batch, made))

    def _clock(self, review: dict[str, Any]) -> Clock:
        start = review["notified_on"]
        due = self.due(start)
        return Clock(
            kind=REVIEWS.clock,
            start=start,
            length=REVIEW_DAYS.on(start),
            due=due,
            original_due=due,
            closed_on=review.get("completed_on"),
        )

    def _follow_up(self, review: Review, done: date | None) -> FollowUp:
        return FollowUp(
            review=review,
            state=FollowUpState.CONFIRMED if done else FollowUpState.PLANNED,
            first_planned_on=review.plan_on,
            planned_on=review.plan_on,
            implemented_on=done,
            result="계획대로 업무에 반영하였습니다." if done else "",
        )

    def _logs(self, cases: Sequence[Case], reviews: Sequence[Review]) -> Iterator[tuple[Any, ...]]:
        """Rows under the columns of LOG."""
        planner, (case_kind, review_kind) = self.office.planner.pk, self.kinds
        sent = {review.case_id: review.notified_on for review in reviews}
        for case in cases:
            for name, before, after, day, actor in (
                ("register", "registered", "registered", case.registered_on, planner),
                ("dispatch", "registered", "in_review", sent.get(case.pk), planner),
                ("decide", "in_review", "decided", case.decided_on, None),
                ("implement", "decided", "implemented", case.implemented_on, None),
            ):
                if day:
                    yield case_kind, case.pk, name, before, after, actor, stored(day), "", "{}"
        for review in reviews:
            named = review.notified_on if review.reviewer_id else None
            for name, before, after, day, actor in (
                ("assign", "waiting", "assigned", named, planner),
                ("submit", "assigned", "submitted", review.submitted_on, review.submitted_by_id),
                ("confirm", "submitted", "completed", review.completed_on, review.confirmed_by_id),
            ):
                if day:
                    yield review_kind, review.pk, name, before, after, actor, stored(day), "", "{}"


def insert(model: type[models.Model], names: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """Past the models, five times as fast: for the tables that get ten rows a case."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(name) for name in names)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES "  # noqa: S608  names of our own tables
    one = f"({', '.join(['%s'] * len(names))})"
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, ROWS)):
            cursor.execute(into + ", ".join([one] * len(chunk)), [value for row in chunk for value in row])


@cache
def stored(day: date) -> Any:
    return connection.ops.adapt_datetimefield_value(moment(day))


@cache
def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


def generate_cases(count: int, *, seed: int = SEED, progress: Callable[[int], None] | None = None) -> None:
    """`count` cases of the last ten years, more in later ones, each sent to two departments."""
    chance = random.Random(seed)  # noqa: S311  no secrets
    writer = _Writer(Office.read(), chance)
    span = YEARS * 365
    days = sorted(writer.day - timedelta(days=int(chance.random() ** 1.3 * span)) for _n in range(count))
    titles = generate_titles(count, seed)
    written = 0
    for year, group in groupby(days, key=lambda day: day.year):
        of_year = list(group)
        numbers = next_numbers(number_key(year), len(of_year))
        rows = zip(numbers, of_year, titles, strict=False)  # titles come last: none is lost at a year's end
        while batch := [writer.case(*row) for row in islice(rows, BATCH)]:
            with transaction.atomic():
                writer.write(batch)
            written += len(batch)
            if progress:
                progress(written)
