"""Rounds, objections, corrections and judges, many and varied, for tests of lists."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType

from core.now import now
from evaluations.enums import CorrectionState, ObjectionState, RoundState
from evaluations.models import Correction, Division, Entry, Judge, Objection, Result, Round, Sheet, Stage
from meetings.models import Seat, Session
from organization.models import Department
from tests.factories import planner
from tests.meetings import many as meetings
from tests.proposals.many import DAY, some


def rounds(count: int, **values: object) -> list[Round]:
    first, actor = Round.objects.count(), planner()
    return Round.objects.bulk_create(
        Round(
            kind="fair",
            period=f"{1900 + first + n}-H1",
            title=some(n, "장터 심사", "가을 심사", "봄 심사"),
            first_on=DAY - dt.timedelta(days=n % 4 + 9),
            last_on=DAY + dt.timedelta(days=n % 5),
            decimals=2,
            verification_days=10,
            run_by=actor,
            made_on=DAY,
            **{"state": some(n, *RoundState.values), **values},
        )
        for n in range(count)
    )


def told(count: int) -> list[Round]:
    return rounds(count, state=RoundState.CONFIRMED, objections_until=DAY)


def entries(count: int) -> list[Entry]:
    of = rounds(count, state=RoundState.DRAFT)
    divisions = Division.objects.bulk_create(
        Division(round=one, key="one", title="구민", order=1) for one in of
    )
    kind = ContentType.objects.get_for_model(Department)
    return Entry.objects.bulk_create(
        Entry(
            round=one,
            division=division,
            content_type=kind,
            object_id=n + 1,
            number=n % 7 + 1,
            title=some(n, "그늘막", "비상벨"),
        )
        for n, (one, division) in enumerate(zip(of, divisions, strict=True))
    )


def objections(count: int) -> list[Objection]:
    actor = planner()
    return Objection.objects.bulk_create(
        Objection(
            round=entry.round,
            entry=entry,
            reason="다시 보아 주세요.",
            state=some(n, *ObjectionState.values),
            asked_by=actor,
            due=DAY + dt.timedelta(days=n % 5),
        )
        for n, entry in enumerate(entries(count))
    )


def corrections(count: int) -> list[Correction]:
    of = Result.objects.bulk_create(Result(entry=entry) for entry in entries(count))
    session = Session.objects.first() or meetings.sessions(1)[0]
    return Correction.objects.bulk_create(
        Correction(
            result=result,
            state=some(n, *CorrectionState.values),
            reason="잘못 적음",
            session=session,
            asked_by=planner(),
            asked_on=DAY + dt.timedelta(days=n % 5),
        )
        for n, result in enumerate(of)
    )


def fees(count: int) -> list[Judge]:
    of = entries(count)
    stages = Stage.objects.bulk_create(
        Stage(
            round=entry.round,
            order=1,
            title="심사",
            body="residents",
            state="closed",
            opens_on=DAY,
            closes_on=DAY + dt.timedelta(days=n % 5),
        )
        for n, entry in enumerate(of)
    )
    seats = meetings.seats(count)
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(official=False)
    judges = Judge.objects.bulk_create(
        Judge(stage=stage, user=seat.user, seat=seat, number=1)
        for stage, seat in zip(stages, seats, strict=True)
    )
    Sheet.objects.bulk_create(
        Sheet(judge=judge, entry=entry, state="done", done_at=now())
        for judge, entry in zip(judges, of, strict=True)
    )
    return judges
