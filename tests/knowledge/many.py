"""Rows of the lists of the knowledge board, many and varied."""

import datetime as dt

from core.deadlines import open_clock
from core.now import today
from knowledge.enums import Area, CampaignState, FlawState, PostState, QuestionState, Type, Validity
from knowledge.models import Campaign, Field, Flaw, Post, Question
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


def flaws(count: int) -> list[Flaw]:
    if Post.objects.count() < count:
        posts(count)
    day = today()
    return Flaw.objects.bulk_create(
        Flaw(
            post=post,
            edition=1,
            passage=some(n, "차례대로", "[긴급] 제설"),
            remark="다르다",
            reporter=planner(),
            reported_on=day - n * dt.timedelta(days=1),
            clock=open_clock("knowledge.flaw", day, n + 1),
            state=some(n, *FlawState.values),
        )
        for n, post in enumerate(Post.objects.order_by("-pk")[:count])
    )


def questions(count: int) -> list[Question]:
    (field,) = Field.objects.all()[:1] or fields(1)
    return Question.objects.bulk_create(
        Question(
            title=some(n, "이중주차 과태료", "출생신고 서류", "제설 장비"),
            text="어떻게 하나요?",
            field=some(n, None, field),
            asker=planner(),
            department=(place := DepartmentFactory()),
            department_name=place.name,
            asked_on=today() - n * dt.timedelta(days=1),
            state=some(n, *QuestionState.values),
            answers_count=n % 4,
        )
        for n in range(count)
    )


def campaigns(count: int) -> list[Campaign]:
    first = Campaign.objects.count()
    return Campaign.objects.bulk_create(
        Campaign(
            month=f"{1000 + first + n}-M03",
            title=some(n, "봄 지식등록의 날", "지식등록의 날"),
            begins_on=(begins := today() + (n - 50) * dt.timedelta(days=31)),
            ends_on=begins + dt.timedelta(days=30),
            state=some(n, *CampaignState.values),
        )
        for n in range(count)
    )
