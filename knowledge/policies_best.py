"""Policy values of the best knowledge of a quarter (K4, E1): grades, criteria, how many are judged."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluations.policies import PIECES, Table, grades
from knowledge.policies import own
from policies.registry import Policy

PLAN_2006 = _("2006. 주요업무계획(혁신기획단)")
PERCENT, POINTS = "%", _("점")
DIVISION = "office"
# The plan says how many, and names no sums.
TABLES: dict[str, Table] = {
    DIVISION: grades(own, "best", _("분기 우수 지식"), ((1, 0), (3, 0)), source=PLAN_2006),
}
FINALISTS = own.number(
    "best_finalists", 20, PIECES, _("분기 우수 지식 심사 대상"),
    _("분기에 게시된 지식 가운데 평가와 조회가 많은 {value}을 심사에 올립니다."), least=4, most=200,
)  # fmt: skip


def weight(key: str, default: int, name: Any) -> Policy[int]:
    return own.number(
        f"best_{key}", default, PERCENT, name,
        _("분기 우수 지식 심사에서 이 기준의 비중은 {value}입니다(0은 보지 않음)."), least=0, most=100,
    )  # fmt: skip


USE, CLARITY, SPREAD = _("업무에 쓸모 있음"), _("알기 쉬움"), _("다른 부서에도 쓰임")
# In the order in which they part equal scores.
WEIGHTS: dict[str, tuple[Any, Policy[int]]] = {
    "use": (USE, weight("use", 50, _("우수 지식 기준 비중: 쓸모"))),
    "clarity": (CLARITY, weight("clarity", 30, _("우수 지식 기준 비중: 알기 쉬움"))),
    "spread": (SPREAD, weight("spread", 20, _("우수 지식 기준 비중: 확산"))),
}
FULL_MARKS = own.number(
    "best_full_marks", 10, POINTS, _("우수 지식 심사 기준 만점"),
    _("우수 지식 심사의 기준마다 {value}까지 줍니다."), least=2, most=100,
)  # fmt: skip
