"""The demonstration district loaded as another office: its figures hold from their own days, not from today (N5)."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from core.now import pretend
from demo import incentives, judging, load, proposals_history
from mileage import policies
from mileage.enums import Scheme
from mileage.models import Entry
from organization.enums import DepartmentRole
from organization.models import Department
from visits.policies import GROUPS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DAY = date(2026, 4, 10)  # early in a quarter, when much of it has not happened yet


@pytest.mark.timeout(600)
def test_n5_an_office_of_its_own_from_the_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the proposals of earlier years, their contests and all but the last weeks of the city's projects, which
    take most of the time and say nothing of it."""
    monkeypatch.setattr(
        load, "PARTS", [part for part in load.PARTS if part not in (proposals_history, judging)]
    )
    monkeypatch.setattr(incentives, "FIRST_WEEK", (3, 27))
    said = StringIO()
    call_command(
        "load_demo", f"--date={DAY}", "--force-demo", "--profile=yeongdeungpo-2006", stdout=said, stderr=said
    )
    with pretend(DAY):
        assert Department.objects.get(role=DepartmentRole.PLANNING).name == "혁신기획단"
        assert policies.FINDING.on(date(2016, 3, 2)) == 0, "no document of this office gives points for cases"
        assert policies.FINDING.on(date(2006, 2, 1)) == 0
        assert (GROUPS.on(date(2016, 3, 2)), GROUPS.current()) == (0, 2), (
            "visits were planned by other figures"
        )
        assert str(Scheme.CREATIVITY.label) == "혁신마일리지"
    assert not Entry.objects.filter(rule="finding").exists()
