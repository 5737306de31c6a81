"""Policy values of points and hours: amounts (B10, V6, P9, K3, C3), caps (M4), prizes (M5)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from policies.registry import Policy

PROCESS = _("마일리지")
PLAN_2016 = _("2016. 벤치마킹 운영 계획")
CREATIVE_2016 = _("2016. 창의행정 추진 계획")
POINTS, HOURS = _("점"), _("시간")
FROM_2016 = date(2016, 1, 1)


def amount(
    key: str, default: str, label: Any, *, unit: Any = POINTS, source: Any, before_2016: str | None = None
) -> Policy[Decimal]:
    """What a rule gives for one event; the value of the event's day counts (M2)."""
    return Policy(
        key=f"mileage.{key}",
        kind="points",
        default=Decimal(default),
        unit=unit,
        label=label,
        sentence=_("한 건에 {value}을 드립니다."),
        source=source,
        process=PROCESS,
        minimum=0,
        maximum=1000,
        earlier=() if before_2016 is None else ((FROM_2016, Decimal(before_2016)),),
    )


def cap(key: str, default: int, label: Any, sentence: Any, unit: Any) -> Policy[int]:
    return Policy(
        key=f"mileage.{key}",
        kind="int",
        default=default,
        unit=unit,
        label=label,
        sentence=sentence,
        source=CREATIVE_2016,
        process=PROCESS,
        minimum=0,
        maximum=1000,
    )


FINDING = amount("finding", "2", _("벤치마킹 사례 발굴"), source=PLAN_2016, before_2016="1")
REVIEWING = amount("reviewing", "2", _("벤치마킹 사례 검토"), source=PLAN_2016, before_2016="0")
IMPLEMENTING = amount("implementing", "5", _("벤치마킹 업무반영"), source=PLAN_2016, before_2016="4")
VISITING = amount("visiting", "2", _("현장체험"), source=PLAN_2016)
VISIT_HOURS = amount("visit_hours", "4", _("현장체험 상시학습"), unit=HOURS, source=PLAN_2016)
POST_IDEA = amount("post_idea", "50", _("지식 등록: 창의제안"), source=CREATIVE_2016)
POST_CLUB = amount("post_club", "10", _("지식 등록: 학습동아리"), source=CREATIVE_2016)
POST_WORK = amount("post_work", "5", _("지식 등록: 업무나눔터"), source=CREATIVE_2016)
POST_FILE = amount("post_file", "5", _("지식 등록: 자료공유"), source=CREATIVE_2016)
OPINION = amount("opinion", "2", _("추가의견"), source=CREATIVE_2016)
VIEWING = amount("viewing", "0.5", _("지식 조회"), source=CREATIVE_2016)
GRADE_BEST = amount("grade_best", "2", _("제안 채택: 최우수"), source=CREATIVE_2016)
GRADE_GOOD = amount("grade_good", "1", _("제안 채택: 우수"), source=CREATIVE_2016)
GRADE_FAIR = amount("grade_fair", "0.5", _("제안 채택: 장려"), source=CREATIVE_2016)

OPINION_CAP = cap(
    "opinion_cap",
    40,
    _("추가의견 상한"),
    _("추가의견 점수는 한 사람에게 한 달에 {value}까지 드립니다."),
    POINTS,
)
VIEWING_CAP = cap(
    "viewing_cap",
    20,
    _("지식 조회 상한"),
    _("지식 조회 점수는 한 사람에게 한 달에 {value}까지 드립니다."),
    POINTS,
)
CLUB_HOURS_CAP = cap(
    "club_hours_cap",
    12,
    _("학습동아리 상시학습 상한"),
    _("학습동아리 정기모임의 상시학습은 한 사람에게 반기에 {value}까지 인정합니다."),
    HOURS,
)
