"""Policy values of judging proposals (P9, P12): grades and prizes of each contest, weights of the criteria, what a
round begins with."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluations.enums import Slot
from evaluations.policies import PIECES, Table, grades
from mileage import catalogue
from policies.registry import Policies, Policy
from proposals.enums import Kind

PROCESS = _("제안 심사")
CREATIVE_2016 = _("2016. 창의행정 추진 계획")
RULE_8 = _("우리 구 제안제도 운영 조례, 국민 제안 규정 제8조")
PERCENT, PEOPLE = "%", _("명")
own = Policies("proposals", PROCESS)

POINTS = {
    Slot.FIRST: catalogue.GRADE_BEST.key,
    Slot.SECOND: catalogue.GRADE_GOOD.key,
    Slot.THIRD: catalogue.GRADE_FAIR.key,
}
USUAL = ((1, 300_000), (2, 200_000), (3, 100_000))
HALF: dict[str, Table] = {
    Kind.CITIZEN: grades(own, "half_citizen", _("반기 심사(구민)"), USUAL, source=CREATIVE_2016),
    Kind.STAFF: grades(own, "half_staff", _("반기 심사(직원)"), USUAL, source=CREATIVE_2016, rules=POINTS),
}
THEME: dict[str, Table] = {
    Kind.CITIZEN: grades(own, "theme_citizen", _("주제 공모 심사(구민)"), USUAL, source=CREATIVE_2016),
    Kind.STAFF: grades(
        own, "theme_staff", _("주제 공모 심사(직원)"), USUAL, source=CREATIVE_2016, rules=POINTS
    ),
}
FINALISTS = "finalists"
CONTEST: dict[str, Table] = {
    FINALISTS: grades(
        own,
        "contest",
        _("구민 공모전 심사"),
        ((1, 1_000_000), (2, 700_000), (3, 500_000)),
        source=CREATIVE_2016,
    )
}


def weight(key: str, default: int, name: Any) -> Policy[int]:
    return own.number(
        f"weight_{key}",
        default,
        PERCENT,
        name,
        _("제안 심사에서 이 기준의 비중은 {value}입니다(0은 보지 않음)."),
        least=0,
        most=100,
        source=RULE_8,
    )


FEASIBILITY, CREATIVITY, EFFECT = _("실시 가능성"), _("창의성"), _("능률성과 효과")
RANGE, CONTINUITY = _("적용 범위"), _("계속성")
# In the order in which they part equal scores.
WEIGHTS: dict[str, tuple[Any, Policy[int]]] = {
    "effect": (EFFECT, weight("effect", 30, _("심사 기준 비중: 능률성과 효과"))),
    "feasibility": (FEASIBILITY, weight("feasibility", 20, _("심사 기준 비중: 실시 가능성"))),
    "creativity": (CREATIVITY, weight("creativity", 20, _("심사 기준 비중: 창의성"))),
    "range": (RANGE, weight("range", 15, _("심사 기준 비중: 적용 범위"))),
    "continuity": (CONTINUITY, weight("continuity", 15, _("심사 기준 비중: 계속성"))),
}
NEEDED, TOLD, WISHED = _("우리 동네에 필요한가"), _("알기 쉽게 발표했는가"), _("꼭 이루어지면 좋겠는가")
RESIDENTS_WEIGHTS: dict[str, tuple[Any, Policy[int]]] = {
    "needed": (NEEDED, weight("needed", 40, _("구민 평가단 기준 비중: 필요성"))),
    "told": (TOLD, weight("told", 30, _("구민 평가단 기준 비중: 발표"))),
    "wished": (WISHED, weight("wished", 30, _("구민 평가단 기준 비중: 기대"))),
}
FULL_MARKS = own.number(
    "full_marks", 10, _("점"), _("심사 기준 만점"), _("제안 심사의 기준마다 {value}까지 줍니다."), least=2, most=100
)  # fmt: skip
PER_ENTRY = own.number(
    "judges_per_entry", 3, PEOPLE, _("제안마다 1차 심사위원"),
    _("1차 심사에서는 제안 하나를 위원 {value}이 봅니다."), least=1, most=30,
)  # fmt: skip
PASSES = own.number(
    "first_stage_passes", 10, PIECES, _("2차 심사에 올릴 제안"),
    _("1차 심사에서 부문마다 {value}을 위원회 심사에 올립니다."), least=1, most=100, source=CREATIVE_2016,
)  # fmt: skip
CONTEST_FINALISTS = own.number(
    "contest_finalists", 6, PIECES, _("공모전 발표 제안"),
    _("구민 공모전은 앞선 심사에서 고른 제안 {value}을 발표 심사합니다."), least=1, most=50, source=CREATIVE_2016,
)  # fmt: skip
RESIDENTS_SHARE = own.number(
    "residents_share", 30, PERCENT, _("구민 평가단 반영 비율"),
    _("구민 공모전 발표 심사에 구민 평가단의 점수를 {value} 반영합니다(0은 평가단 없음)."), least=0, most=100,
)  # fmt: skip
