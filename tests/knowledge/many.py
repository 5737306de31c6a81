"""Rows of the lists of the knowledge board, many and varied."""

import datetime as dt

from core.now import today
from knowledge.enums import Area, PostState, Type, Validity
from knowledge.models import Field, Post
from tests.factories import DepartmentFactory, planner
from tests.proposals.many import some


def fields(count: int) -> list[Field]:
    first = Field.objects.count()
    return Field.objects.bulk_create(
        Field(
            name=f"{some(n, '교통', '복지', '세무')} {first + n}",
            order=n,
            keeper=some(n, None, planner()),
            closed=some(n, False, False, True),
        )
        for n in range(count)
    )


def posts(count: int) -> list[Post]:
    (field,) = Field.objects.all()[:1] or fields(1)
    return Post.objects.bulk_create(
        Post(
            title=some(n, "거주자우선주차 배정 순서", "전입세대 확인서 열람", "[긴급] 제설 연락망"),
            text="차례대로",
            area=some(n, *Area.values),
            type=some(n, *Type.values),
            field=some(n, None, field),
            state=PostState.STANDING,
            validity=some(n, *Validity.values),
            writer=planner(),
            owner=planner(),
            department=(place := DepartmentFactory()),
            department_name=place.name,
            approved_on=some(n, None, today() - n * dt.timedelta(days=1)),
            pinned=n % 7 == 0,
            views=n,
            opinions=n % 5,
        )
        for n in range(count)
    )
