"""What of incentive projects stands in `tests.world`: each address of theirs is tried on one of these."""

from organization.models import User
from tests.incentives import made


def incentives(reviewer: User) -> dict[str, int]:
    """Projects of the reviewer's department, which is department A there."""
    ours = reviewer.department
    assert ours is not None
    found = made.notified(ours, title="안전도시 만들기")
    return {"division": found.pk, "project": found.project_id}
