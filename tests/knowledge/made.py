"""Posts for tests, brought about by the services."""

import datetime as dt
from typing import Any

from knowledge.models import Field, Flaw, Post
from knowledge.services import flaws, posts
from organization.models import User
from tests import factories as make
from tests.asked import Asked

DAY = dt.date(2026, 9, 14)  # a Monday
TEXT = (
    "불법 주정차 단속 자료가 이관되면 먼저 차량번호와 위반 장소를 확인한다. 장애인 차량, 긴급 자동차는 의견 진술을 "
    "받아 과태료를 면제할 수 있다. 면제 결정은 팀장 결재로 하고 결과는 사흘 안에 문자로 알린다."
)


def values(**given: Any) -> dict[str, Any]:
    usual = {"title": "주정차 과태료 의견 진술 처리 순서", "text": TEXT, "area": "work", "type": "work"}
    return {**usual, "field": None, "tags": "주차 과태료", **given}


def written(writer: User | None = None, **given: Any) -> Post:
    return posts.write(values(**given), actor=writer or staff())


def staff() -> User:
    return make.UserFactory(department=make.DepartmentFactory())


def waiting(writer: User | None = None, **given: Any) -> Post:
    post = written(writer, **given)
    return posts.submit(post, actor=post.writer)


def standing(writer: User | None = None, **given: Any) -> Post:
    return posts.approve(waiting(writer, **given), actor=make.planner())


def field(name: str = "교통", **given: Any) -> Field:
    return Field.objects.create(name=name, **given)


def asked(planner: User) -> Asked:
    """A post that the planner wrote."""
    one = waiting(planner)
    return Asked(one, planner, lambda other: posts.approve(one, actor=other))


def flaw(reporter: User | None = None) -> Flaw:
    return flaws.report(standing(), passage=TEXT[:20], remark="다릅니다.", actor=reporter or staff())


def asked_flaw(planner: User) -> Asked:
    """Something that the planner found wrong."""
    one = flaw(planner)
    return Asked(one, planner, lambda other: flaws.decline(one, reason="맞습니다.", actor=other))
