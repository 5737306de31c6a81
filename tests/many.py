"""Rows of every list, many and varied, and a list as planning reads it: for tests of the one mechanism of lists."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from django.test import Client, RequestFactory
from django.urls import resolve, reverse
from openpyxl import load_workbook
from post_office.models import Email

from benchmarking.enums import CaseState, Decision, FollowUpState
from benchmarking.models import Case, FollowUp, Review, ReviewRound
from core.lists import ListView
from core.models import Clock
from notifications.models import Mail, Notice
from reviews.enums import ReviewState
from tests.awards import many as awards
from tests.clubs import many as clubs
from tests.clubs import many_papers as papers
from tests.contests import many as contests
from tests.evaluations import many as judging
from tests.factories import DepartmentFactory, planner
from tests.incentives import many as incentives
from tests.knowledge import many as knowledge
from tests.leaks import many as leaks
from tests.meetings import many as meetings
from tests.proposals.many import DAY, calls, complaints, letters, objections, proposals, some, undertakings
from visits.models import FieldVisit

LISTS = (
    "benchmarking:cases",
    "benchmarking:reviews",
    "benchmarking:follow_ups",
    "benchmarking:rereview",
    "visits:list",
    "notifications:list",
    "notifications:outbox",
    "proposals:desk",
    "proposals:desk_calls",
    "letters:list",
    "proposals:desk_complaints",
    "proposals:undertakings",
    "proposals:objections",
    "meetings:panels",
    "meetings:seats",
    "meetings:sessions",
    "meetings:fees",
    "meetings:decisions",
    "clubs:sessions",
    "evaluations:list",
    "evaluations:objections",
    "evaluations:corrections",
    "evaluations:told",
    "evaluations:fees",
    "awards:list",
    "leaks:list",
    "contests:list",
    "contests:practices",
    "bonuses:list",
    "clubs:list",
    "clubs:upkeeps",
    "clubs:topics",
    "clubs:reports",
    "clubs:supports",
    "clubs:fees",
    "clubs:bests",
    "clubs:travellers",
    "incentives:list",
    "incentives:indicator_list",
    "incentives:results",
    "incentives:rewards",
    "incentives:weeks",
    "incentives:reports",
    "knowledge:list",
    "knowledge:fields",
    "knowledge:flaws",
    "knowledge:questions",
    "knowledge:campaigns",
)


def cases(count: int, **values: Any) -> list[Case]:
    first = Case.objects.count()
    made = [
        Case(
            **{
                "year": some(n, 2025, 2026),
                "number": first + n + 1,
                "title": some(n, "공유주차", "옥상텃밭", "작은도서관"),
                "source_kind": "local",
                "source_name": some(n, "나시", "가시"),
                "channel": "press",
                "summary": "내용",
                "field": some(n, "welfare", "finance"),
                "cost_class": some(n, "low", "none", "budget"),
                "found_on": DAY,
                "registered_on": DAY,
                "state": CaseState.DECIDED,
                "outcome": some(n, *Decision.values, ""),
                "decided_on": some(n, DAY, None, DAY + dt.timedelta(days=n)),
                "next_due": some(n, None, DAY + dt.timedelta(days=n % 7)),
                **values,
            }
        )
        for n in range(count)
    ]
    for case in made:
        case.set_cost_order()
    return Case.objects.bulk_create(made)


def reviews(count: int) -> list[Review]:
    office = DepartmentFactory()
    clocks = Clock.objects.bulk_create(
        Clock(
            kind="benchmarking.review",
            start=DAY,
            length=14,
            original_due=DAY,
            due=DAY + dt.timedelta(days=n % 5),
            closed_on=some(n, None, DAY),
        )
        for n in range(count)
    )
    of = cases(count)
    rounds = ReviewRound.objects.bulk_create(ReviewRound(case=c, number=1, kind="first") for c in of)
    return Review.objects.bulk_create(
        Review(
            round=rounds[n],
            case=of[n],
            department=office,
            department_name=some(n, "다과", "가과", "나과"),
            clock=clocks[n],
            notified_on=DAY + dt.timedelta(days=n % 4),
            state=some(n, ReviewState.ASSIGNED, ReviewState.COMPLETED),
            decision=some(n, "", Decision.KEEP),
            completed_on=some(n, None, DAY),
            in_time=some(n, None, True, None, False),
            plan_budget=some(n, None, 1_250_000),
        )
        for n in range(count)
    )


def follow_ups(count: int) -> list[FollowUp]:
    return FollowUp.objects.bulk_create(
        FollowUp(
            review=review,
            state=some(n, *FollowUpState.values),
            planned_on=some(n, DAY, None, DAY + dt.timedelta(days=3)),
            first_planned_on=DAY,
            implemented_on=some(n, None, DAY),
        )
        for n, review in enumerate(reviews(count))
    )


def rereview(count: int) -> list[Case]:
    return cases(count, outcome=Decision.LONG_TERM)


def visits(count: int) -> list[FieldVisit]:
    office = DepartmentFactory()
    of = cases(count)
    return FieldVisit.objects.bulk_create(
        FieldVisit(
            case=some(n, None, of[n]),
            department=office,
            department_name=some(n, "나과", "가과"),
            visited_on=DAY + dt.timedelta(days=n % 3),
            host=some(n, "나시", "가시"),
            purpose="견학",
            headcount=n % 5 + 1,
        )
        for n in range(count)
    )


def notices(count: int) -> list[Notice]:
    return Notice.objects.bulk_create(
        Notice(recipient=planner(), kind="test", title=f"알림 {n}", unique_key=f"{count}:{n}")
        for n in range(count)
    )


def mails(count: int) -> list[Mail]:
    emails = [
        Email(from_email="a@hanbit.example", to=[f"b{n}@hanbit.example"], subject=some(n, "둘", "하나"))
        for n in range(count)
    ]
    sent = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    return Mail.objects.bulk_create(
        Mail(
            email=email,
            recipient=planner(),
            kind="test",
            unique_key=f"{count}:{n}",
            state=some(n, *Mail.State.values),
            sent_at=some(n, None, sent),
        )
        for n, email in enumerate(Email.objects.bulk_create(emails))
    )


MAKE: dict[str, Callable[[int], Any]] = dict(
    zip(
        LISTS,
        (
            *(cases, reviews, follow_ups, rereview, visits, notices, mails),
            *(proposals, calls, letters, complaints, undertakings, objections),
            *(meetings.panels, meetings.seats, meetings.sessions, meetings.fees, meetings.decisions),
            meetings.group_sessions,
            *(judging.rounds, judging.objections, judging.corrections, judging.told, judging.fees),
            *(awards.awards, leaks.leaks),
            *(contests.contests, contests.practices, contests.bonuses),
            *(clubs.clubs, clubs.upkeeps, clubs.topics),
            *(papers.reports, papers.supports, papers.fees, papers.bests, papers.travellers),
            incentives.divisions,
            incentives.indicators,
            incentives.results,
            incentives.rewarded,
            *(incentives.weeks, incentives.week_reports),
            *(knowledge.posts, knowledge.fields, knowledge.flaws, knowledge.questions, knowledge.campaigns),
        ),
        strict=True,
    )
)


def view_of(name: str, query: str = "") -> ListView:
    """The list as the planning officer sees it, with what is done."""
    request = RequestFactory().get(f"{reverse(name)}?show=all&{query}")
    request.user = planner()
    view: ListView = resolve(request.path).func.view_class()
    view.setup(request)
    return view


def sheet(content: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(content))
    return [list(row) for row in book.worksheets[0].iter_rows()]


def download(client: Client, name: str, query: str = "") -> list[list[Any]]:
    answer = client.get(f"{reverse(name)}?export=xlsx&reason=점검&{query}")
    assert answer.status_code == 200
    return sheet(b"".join(answer))
