"""What of incentive projects stands in `tests.world`: each address of theirs is tried on one of these."""

from django.db import transaction

from core.now import today
from incentives.models import Week
from incentives.services import rewards, weeks
from organization.models import User
from tests import factories as make
from tests.incentives import made, measured, won


def incentives(reviewer: User) -> dict[str, int]:
    """Projects of the reviewer's department, which is department A there."""
    ours = reviewer.department
    assert ours is not None
    found = made.notified(ours, title="안전도시 만들기")
    year, number, _weekday = today().isocalendar()
    week = Week.objects.create(year=year, number=number, due_on=today())
    with transaction.atomic():
        weeks.fill(week)
    one = measured.indicator(found)
    value = measured.known(one, "30", today())
    return {
        "division": found.pk,
        "project": found.project_id,
        "indicator": one.pk,
        "indicator_value": value.pk,
        "week": week.pk,
        "week_report": week.reports.get().pk,
        "briefing_session": made.briefed(reviewer).pk,
        **results(reviewer),
    }


def results(reviewer: User) -> dict[str, int]:
    """A result of the reviewer's department, somebody behind it."""
    ours = reviewer.department
    assert ours is not None
    one = won.result(made.notified(ours, title="서울 희망일자리"), "우수", won.money())
    behind = make.UserFactory(department=ours)
    rewards.set_people(one, [rewards.Person(behind, "charge")], actor=make.planner())
    return {
        "incentive_result": one.pk,
        "payout": one.payout.pk,
        "thanks": one.division.project.year,
        "reward": one.rewards.get().pk,
    }
