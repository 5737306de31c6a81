"""Policy values of points and hours: amounts (B10, V6, P9, K3, C3), caps (M4), prizes (M5)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from policies.registry import USUAL, Policies, Policy

PLAN_2016 = _("2016. 벤치마킹 운영 계획")
CREATIVE_2016 = _("2016. 창의행정 추진 계획")
INNOVATION_2006 = _("2006. 주요업무계획(혁신기획단)")
POINTS, HOURS = _("점"), _("시간")
FROM_2016 = date(2016, 1, 1)

own = Policies("mileage", _("마일리지"))


def amount(
    key: str, default: str, label: Any, *, unit: Any = POINTS, source: Any, before_2016: str | None = None
) -> Policy[Decimal]:
    """What a rule gives for one event; the value of the event's day counts (M2)."""
    earlier = () if before_2016 is None else ((FROM_2016, Decimal(before_2016)),)
    sentence = _("한 건에 {value}을 드립니다.")
    return own.points(key, Decimal(default), unit, label, sentence, most=1000, source=source, earlier=earlier)


def cap(key: str, default: int, label: Any, sentence: Any, unit: Any) -> Policy[int]:
    return own.number(key, default, unit, label, sentence, least=0, most=1000, source=CREATIVE_2016)


def winners(key: str, default: int, label: Any, sentence: Any, unit: Any, source: Any) -> Policy[int]:
    """How many are chosen (M5); the value at the period's end counts."""
    return own.number(key, default, unit, label, sentence, least=1, most=50, source=source)


def prize(key: str, default: int, label: Any, sentence: Any, source: Any) -> Policy[int]:
    """What each of the chosen gets, in won; 0: no amount is fixed."""
    return own.money(key, default, label, sentence, most=10_000_000, source=source)


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
FLAW = amount("flaw", "5", _("지식 잘못 알림"), source=USUAL)
VIEWING = amount("viewing", "0.5", _("지식 조회"), source=CREATIVE_2016)
GRADE_BEST = amount("grade_best", "2", _("제안 채택: 최우수"), source=CREATIVE_2016)
GRADE_GOOD = amount("grade_good", "1", _("제안 채택: 우수"), source=CREATIVE_2016)
GRADE_FAIR = amount("grade_fair", "0.5", _("제안 채택: 장려"), source=CREATIVE_2016)

FINDING_CAP = own.number(
    "finding_cap", 0, POINTS, _("사례 발굴 상한"),
    _("사례 발굴 점수는 한 사람에게 한 달에 {value}까지 드립니다. 달은 발굴일로 셉니다(0은 상한 없음)."),
    least=0, most=1000,
)  # fmt: skip
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

KING_WINNERS = winners(
    "king_winners", 3, _("창의왕 인원"), _("창의왕은 분기마다 {value}을 선정합니다."), _("명"), CREATIVE_2016
)
KING_PRIZE = prize(
    "king_prize",
    50_000,
    _("창의왕 시상"),
    _("창의왕 한 사람에게 문화상품권 {value}을 드립니다."),
    CREATIVE_2016,
)
KING_CREATIVITY = own.switch(
    "king_creativity", False, _("창의왕: 창의마일리지"), _("창의왕 순위에 창의마일리지를 넣습니다: {value}")
)
KING_KNOWLEDGE = own.switch(
    "king_knowledge",
    True,
    _("창의왕: 지식활동 점수"),
    _("창의왕 순위에 지식활동 점수를 넣습니다: {value}"),
    source=CREATIVE_2016,
)
MVP_WINNERS = winners(
    "mvp_winners",
    1,
    _("혁신 MVP 인원"),
    _("혁신 MVP(개인)는 달마다 {value}을 선정합니다."),
    _("명"),
    INNOVATION_2006,
)
MVP_DEPARTMENTS = winners(
    "mvp_departments",
    1,
    _("혁신 MVP 부서 수"),
    _("혁신 MVP(부서)는 달마다 {value}를 선정합니다."),
    _("개 부서"),
    INNOVATION_2006,
)
MVP_PRIZE = prize(
    "mvp_prize",
    0,
    _("혁신 MVP 시상"),
    _("혁신 MVP의 포상금은 {value}입니다(0원은 금액을 정하지 않은 포상)."),
    USUAL,
)
MVP_CREATIVITY = own.switch(
    "mvp_creativity",
    True,
    _("혁신 MVP: 창의마일리지"),
    _("혁신 MVP 순위에 창의마일리지를 넣습니다: {value}"),
    source=INNOVATION_2006,
)
MVP_KNOWLEDGE = own.switch(
    "mvp_knowledge",
    False,
    _("혁신 MVP: 지식활동 점수"),
    _("혁신 MVP 순위에 지식활동 점수를 넣습니다: {value}"),
)
MVP_PER_HEAD = own.switch(
    "mvp_per_head",
    False,
    _("혁신 MVP(부서): 1인당 비교"),
    _("부서 점수를 기간 말 직원 수로 나누어 비교합니다: {value}"),
)
YEAR_END_WINNERS = winners(
    "year_end_winners",
    5,
    _("통합마일리지 우수자 인원"),
    _("통합마일리지 우수자는 연말에 {value}을 선정합니다."),
    _("명"),
    INNOVATION_2006,
)
YEAR_END_PRIZE = prize(
    "year_end_prize",
    0,
    _("통합마일리지 우수자 시상"),
    _("통합마일리지 우수자의 포상금은 {value}입니다(0원은 금액을 정하지 않은 포상)."),
    USUAL,
)
YEAR_END_CREATIVITY = own.switch(
    "year_end_creativity",
    True,
    _("통합마일리지: 창의마일리지"),
    _("통합마일리지 순위에 창의마일리지를 넣습니다: {value}"),
)
YEAR_END_KNOWLEDGE = own.switch(
    "year_end_knowledge",
    True,
    _("통합마일리지: 지식활동 점수"),
    _("통합마일리지 순위에 지식활동 점수를 넣습니다: {value}"),
)
PRIZES_FROM_PURSE = own.switch(
    "prizes_from_purse",
    False,
    _("순위 시상금: 시상 예산에서 지급"),
    _("순위의 시상금을 시상 예산에 잡아 두고 지급합니다: {value}"),
)
RANKING_START = own.day(
    "ranking_start", date(2026, 1, 1), _("순위 자동 작성 시작일"),
    _("{value} 이후에 시작한 기간부터 순위 초안을 자동으로 만듭니다."),
)  # fmt: skip
