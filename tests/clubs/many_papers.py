"""Rows of the lists of papers, money and awards of clubs, many and varied."""

import datetime as dt
from typing import Any

from clubs.enums import BestState, Purpose, ReportKind, ReportState, SupportState
from clubs.models import Best, Club, Report, Support, Traveller
from core.now import today
from evaluations.models import Round
from evaluations.services import rounds
from meetings.models import Panel, Seat
from tests.factories import UserFactory, planner
from tests.proposals.many import some

WEEK = dt.timedelta(days=7)


def clubs(count: int) -> list[Club]:
    """Of a few years; enough that no two papers collide."""
    first = Club.objects.count()
    found = []
    for n in range(first, first + count):
        panel = Panel.objects.create(kind="club", name=f"동아리 {n}", size=2, begun_on=today())
        found.append(
            Club.objects.create(
                year=some(n, 2025, 2026),
                kind=some(n, "bureau", "joint", "study"),
                name=f"{some(n, '주차', '옥상', '도서')} {n}",
                goal="연구",
                state="active",
                panel=panel,
                approved_on=today(),
                allotment=500_000,
            )
        )
    return found


def reports(count: int) -> list[Report]:
    kinds = {ReportKind.MONTH: "-M03", ReportKind.HALF: "-H1", ReportKind.RESULT: ""}
    return Report.objects.bulk_create(
        Report(
            club=club,
            kind=(kind := some(n, *ReportKind.values)),
            period=f"{club.year}{kinds[ReportKind(kind)]}",
            due_on=today() + some(n, -1, 1, 2) * WEEK,
            state=some(n, *ReportState.values),
            title=some(n, "", "주차 연구", "옥상 텃밭"),
            sent_on=some(n, None, today()),
            grade=some(n, "", "우수"),
        )
        for n, club in enumerate(clubs(count))
    )


def supports(count: int, **values: Any) -> list[Support]:
    (club,) = Club.objects.all()[:1] or clubs(1)
    who = planner()
    return Support.objects.bulk_create(
        Support(
            **{
                "club": club,
                "club_name": some(n, "주차연구회", "옥상연구회"),
                "purpose": some(n, *Purpose.values),
                "title": some(n, "자문", "도서 구입", "견학"),
                "payee": some(n, "김자문", "", "서점"),
                "day": today() + some(n, -2, 0, 3) * WEEK,
                "amount": some(n, 50_000, 100_000, 70_000),
                "actual": some(n, None, 60_000),
                "state": some(n, *SupportState.values),
                "asked_by": who,
                "asked_on": today(),
                **values,
            }
        )
        for n in range(count)
    )


def fees(count: int) -> list[Support]:
    first = Support.objects.count()
    return [
        one
        for n in range(first, first + count)
        for one in supports(
            1,
            purpose="advice",
            payee=f"자문 {n}",
            state=some(n, "approved", "settled"),
            actual=some(n, None, 40_000),
        )
    ]


def a_round() -> Round:
    return Round.objects.filter(kind="club").first() or rounds.make("club", "2026", actor=planner())


def bests(count: int) -> list[Best]:
    (club,) = Club.objects.all()[:1] or clubs(1)
    first, round = Best.objects.count(), a_round()
    assert club.panel is not None
    seats = [
        Seat.objects.create(panel=club.panel, user=UserFactory(), basis="ex_officio", starts_on=today())
        for _number in range(count)
    ]
    return Best.objects.bulk_create(
        Best(
            club=club,
            round=round,
            team=some(n, 0, 1, 2),
            place=first + n + 1,
            grade=some(n, "최우수", "우수"),
            due_on=today() + some(n, 1, 2) * WEEK,
            state=(state := some(n, *BestState.values)),
            seat=seat if state == BestState.NAMED else None,
            wish=some(n, "", "감사담당관"),
            named_on=today() if state == BestState.NAMED else None,
        )
        for n, seat in enumerate(seats)
    )


def travellers(count: int) -> list[Traveller]:
    (club,) = Club.objects.all()[:1] or clubs(1)
    round = a_round()
    return Traveller.objects.bulk_create(
        Traveller(
            club=club,
            round=round,
            user=UserFactory(),
            label=some(n, "재무과 주무관 김", "총무과 팀장 이"),
            listed_on=today() - some(n, 0, 1, 2) * WEEK,
            revoked_on=some(n, None, None, today()),
        )
        for n in range(count)
    )
