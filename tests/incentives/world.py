"""What of incentive projects stands in `tests.world`: each address of theirs is tried on one of these."""

from core.now import today
from organization.models import User
from tests.incentives import made, measured


def incentives(reviewer: User) -> dict[str, int]:
    """Projects of the reviewer's department, which is department A there."""
    ours = reviewer.department
    assert ours is not None
    found = made.notified(ours, title="안전도시 만들기")
    one = measured.indicator(found)
    value = measured.known(one, "30", today())
    return {
        "division": found.pk,
        "project": found.project_id,
        "indicator": one.pk,
        "indicator_value": value.pk,
    }
