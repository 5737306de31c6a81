"""Policy values of the best-practice contest (E5): how often, grades and prizes, whom the prize goes to, criteria."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluations.policies import PIECES, Table, grades
from policies.registry import Policies, Policy

PROCESS = _("우수사례 경진대회")
PLAN_2016 = _("2016. 창의행정 추진 계획")
PERCENT, PEOPLE, POINTS = "%", _("명"), _("점")
own = Policies("contests", PROCESS)

TIMES_A_YEAR = own.number(
    "times_a_year", 1, _("번"), _("한 해의 경진대회"),
    _("우수사례 경진대회는 한 해에 {value} 엽니다(2번이면 상반기와 하반기)."), least=1, most=2, source=PLAN_2016,
)  # fmt: skip
CONTRIBUTORS = own.number(
    "contributors", 5, PEOPLE, _("우수사례에 기여한 직원"), _("우수사례 하나에 기여한 직원을 {value}까지 적습니다."),
    least=1, most=10,
)  # fmt: skip
REMIND = own.days_before(
    "remind", [7, 3, 1, 0], _("우수사례 마감 알림"),
    _("우수사례 마감 {value}에 아직 내지 않은 부서에 알립니다(0은 당일)."),
)  # fmt: skip
DIVISION = "office"
TABLES: dict[str, Table] = {
    DIVISION: grades(
        own,
        "practice",
        _("우수사례 경진대회"),
        ((1, 1_000_000), (2, 700_000), (3, 500_000)),
        source=PLAN_2016,
    )
}
# The plan chooses departments, not people; an office that gives the money to those who did it turns this off.
TO_DEPARTMENT = own.switch(
    "to_department", True, _("우수사례 시상금: 부서에"),
    _("우수사례 시상금을 부서에 줍니다: {value} (아니면 기여한 직원에게 기여도대로 나눕니다)."), source=PLAN_2016,
)  # fmt: skip
FINALISTS = own.number(
    "finalists", 9, PIECES, _("우수사례 발표 심사"), _("1차 심사에서 우수사례 {value}을 발표 심사에 올립니다."),
    least=1, most=50, source=PLAN_2016,
)  # fmt: skip


def weight(key: str, default: int, name: Any) -> Policy[int]:
    return own.number(
        f"weight_{key}", default, PERCENT, name,
        _("우수사례 심사에서 이 기준의 비중은 {value}입니다(0은 보지 않음)."), least=0, most=100,
    )  # fmt: skip


EFFECT, CREATIVITY, SPREAD = _("성과"), _("창의성"), _("다른 부서로 넓힐 가능성")
# In the order in which they part equal scores.
WEIGHTS: dict[str, tuple[Any, Policy[int]]] = {
    "effect": (EFFECT, weight("effect", 40, _("우수사례 기준 비중: 성과"))),
    "creativity": (CREATIVITY, weight("creativity", 30, _("우수사례 기준 비중: 창의성"))),
    "spread": (SPREAD, weight("spread", 30, _("우수사례 기준 비중: 확산 가능성"))),
}
FULL_MARKS = own.number(
    "full_marks", 10, POINTS, _("우수사례 심사 기준 만점"), _("우수사례 심사의 기준마다 {value}까지 줍니다."),
    least=2, most=100,
)  # fmt: skip
