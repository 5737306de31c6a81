"""Proposals, calls and letters, many and varied, for tests of lists; of these nobody is told."""

import datetime as dt
from typing import Any

from core.now import pretend
from letters.enums import State, Way
from letters.models import Letter
from notifications.services import silent
from proposals.models import Call, Complaint, Objection, Proposal, Undertaking
from proposals.services import handling, objecting
from proposals.services.complaints import complain, show
from tests.factories import DepartmentFactory, planner
from tests.proposals.made import adopted, carried_out, dismissed, drafted, entered, proposer_of, sent

DAY = dt.date(2026, 3, 2)


def some(n: int, *values: Any) -> Any:
    """One of the values, so that columns have ties and gaps."""
    return values[n % len(values)]


@silent()
def proposals(count: int) -> None:
    first = Proposal.objects.count()
    for n in range(first, first + count):
        with pretend(DAY + dt.timedelta(days=n % 9)):
            title, field = some(n, "공유주차", "옥상텃밭", "작은도서관"), some(n, "welfare", "traffic")
            proposal = entered(title=f"{title} {n}", field=field)
            if n % 4 == 3:
                handling.transfer(
                    proposal, "한빛시", reason="시 업무", actor=planner(), version=proposal.version
                )


@silent()
def calls(count: int) -> None:
    first = Call.objects.count()
    for n in range(first, first + count):
        with pretend(DAY + dt.timedelta(days=n % 9)):
            always = {"kind": "always", "closes_on": None} if n % 5 == 4 else {}
            drafted(title=f"{some(n, '걷기', '정원')} {n}", actor=planner(), **always)


def letters(count: int) -> list[Letter]:
    with silent():
        proposal = entered()
    return Letter.objects.bulk_create(
        Letter(
            subject=proposal,
            about=some(n, "2026-00002", "2026-00001"),
            kind=some(n, "proposals.received", "proposals.lapsed"),
            way=some(n, *Way.values),
            name="김구민",
            to="010-0000-0000",
            title=some(n, "나", "가", "다"),
            state=some(n, *State.values),
            due=some(n, None, DAY + dt.timedelta(days=n % 5)),
        )
        for n in range(count)
    )


@silent()
def complaints(count: int) -> None:
    first = Complaint.objects.count()
    for n in range(first, first + count):
        with pretend(DAY + dt.timedelta(days=n % 9)):
            made = entered(title=f"{some(n, '벤치', '가로수')} {n}", difference="다름")
            complaint = complain(made, "personal", "이름이 있습니다.", address=f"10.0.{n % 250}.1")
            if n % 4 == 3:
                show(complaint, reason="괜찮습니다.", actor=planner())


@silent()
def undertakings(count: int) -> None:
    first = Undertaking.objects.count()
    offices = [DepartmentFactory() for _n in range(2)]
    for n in range(first, first + count):
        with pretend(DAY + dt.timedelta(days=n % 9)):
            title = some(n, "공유주차", "옥상텃밭", "작은도서관")
            one = adopted(entered(title=f"{title} {n}"), some(n, *offices))
            if n % 3 == 1:
                carried_out(one)
            if n % 3 == 2:
                Undertaking.objects.filter(pk=one.pk).update(verdict=some(n, "done", "not_done"))


@silent()
def objections(count: int) -> None:
    first = Objection.objects.count()
    for n in range(first, first + count):
        with pretend(DAY + dt.timedelta(days=n % 9)):
            proposal = dismissed(sent(title=f"공유주차 {n}")[0])
            made = objecting.ask(proposal, "objection", reason="맞음", actor=proposer_of(proposal))
            if n % 4 == 3:
                objecting.refuse(made, reason="아님", actor=planner())
