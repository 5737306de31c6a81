"""What somebody writes and asks for, for a club in which `member` is a secretary, brought on by others."""

from basis.periods import PeriodKind, containing
from clubs.models import Club, Report, Support
from clubs.services import reports, supports
from clubs.services.founding import Member
from core.now import today
from meetings.enums import Chair
from organization.models import User
from tests import factories as make
from tests.clubs import made, papers


def club_of(member: User) -> Club:
    people = [*made.people(made.bureau()), Member(member, Chair.SECRETARY, 1)]
    return made.club(begun_on=today(), people=people)


def report(asker: User, member: User, state: str = "due") -> Report:
    """Written by the asker."""
    one = papers.report(club_of(member), "half", containing(today(), PeriodKind.HALF).key)
    reports.write(one, papers.TEXT, actor=asker)
    if state == "sent":
        reports.send(one, actor=asker)
    if state == "waived":
        reports.waive(one, reason="쉬었음", actor=make.planner())
    return Report.objects.get(pk=one.pk)


def support(asker: User, member: User, state: str = "asked") -> Support:
    """Asked for and accounted for by the asker."""
    papers.funded(year=today().year)
    one = papers.asked(club_of(member), asker, day=today())
    if state != "asked":
        supports.approve(one, actor=make.planner())
        paid = {"actual": 90_000, "day": today(), "files": [papers.receipt()]}
        supports.claim(one, **paid, actor=asker)  # type: ignore[arg-type]  # each as it should be
    if state == "settled":
        supports.settle(one, actor=make.planner())
    return Support.objects.get(pk=one.pk)
