"""Awards, many and varied, for tests of lists."""

import datetime as dt

from django.contrib.contenttypes.models import ContentType

from awards.enums import AwardState, Receiver
from awards.models import Award
from organization.models import Department
from tests.factories import planner
from tests.proposals.many import DAY, some


def awards(count: int) -> list[Award]:
    first, department = Award.objects.count(), planner().department
    assert department is not None
    return Award.objects.bulk_create(
        Award(
            key=f"many:{first + n}",
            year=DAY.year,
            number=first + n + 1,
            title=some(n, "반기 제안", "경진대회"),
            grade=some(n, "우수", "장려", "최우수"),
            content_type=ContentType.objects.get_for_model(Department),
            object_id=department.pk,
            work=some(n, "그늘막", "비상벨"),
            decided_on=DAY + dt.timedelta(days=n % 5),
            decision="제1차 위원회",
            receiver=some(n, Receiver.CITIZEN, Receiver.DEPARTMENT),
            department=some(n, None, department),
            department_name=some(n, "", "나과", "가과"),
            name=some(n, "김하나", "이두리", ""),
            share=100,
            amount=some(n, 100_000, 0, 300_000),
            tax_year=DAY.year,
            state=some(n, *AwardState.values),
            due_on=DAY + dt.timedelta(days=n % 7),
            handed_on=some(n, None, DAY),
        )
        for n in range(count)
    )
