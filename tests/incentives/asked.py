"""What somebody writes and hands in for a project, brought on by others."""

from core.now import today
from incentives.models import Division, Payout, Thanks, WeekReport
from incentives.services import payouts, plans, rewards, weekly, weeks
from incentives.services.projects import locked
from organization.models import User
from organization.selectors import heads_of
from tests import factories as make
from tests.incentives import made, won

TEXTS = {"overview": "연 1회 평가", "goals": "우수구 진입", "measures": "매주 점검"}


def division(asker: User, member: User, state: str = "planned") -> Division:
    """Of the member's department; its plan is written and handed in by the asker."""
    assert member.department is not None
    found = made.notified(member.department)
    plans.write(found, TEXTS, actor=asker)
    found = plans.send(found, actor=asker)
    if state == "running":
        found = plans.approve(found, actor=make.planner())
    return locked(found)


def payout(asker: User, member: User, state: str = "approved") -> Payout:
    """Of the member's department; shared out, had approved and asked for by the asker."""
    assert member.department is not None
    one = won.result(made.notified(member.department), "우수", won.money())
    share = one.shares.get()
    found = payouts.plan(won.fresh(one), {share.pk: 100}, actor=asker)
    found = payouts.approve(found, document="세무과-77", on=today(), actor=asker)
    if state == "approved":
        return won.fresh(one)
    won.funded()
    found = payouts.agree(found, actor=won.deciding(asker))
    if state in ("requested", "paid"):
        found = payouts.ask(found, document="세무과-78", actor=asker)
    if state == "paid":
        payouts.pay(found, on=today(), actor=won.deciding(asker))
    return won.fresh(one)


def thanks(asker: User, member: User, state: str = "open") -> Thanks:
    """The asker stands behind a result of the member's department."""
    assert member.department is not None
    one = won.result(made.notified(member.department), "우수")
    rewards.set_people(one, [rewards.Person(asker, "charge")], actor=won.deciding(asker))
    return Thanks.objects.get()


def week_report(asker: User, member: User, state: str = "written") -> WeekReport:
    """Of a division of the member's department; the asker has written it, its head confirms it."""
    found = division(asker, member)
    weeks.keep_weeks(today())
    report = found.weeks.get()
    weekly.write(report, {"problems": "예산 지연"}, as_of=today(), actor=asker)
    if state == "confirmed":
        weekly.confirm(report, actor=head_of(report))
    return weekly.locked(report)


def head_of(report: WeekReport) -> User:
    department = report.division.parts.get().department
    return (heads_of(department.pk) or [make.head_of(department)])[0]
