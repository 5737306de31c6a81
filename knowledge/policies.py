"""Policy values of the knowledge board: looking again (K6), approving (K2), what is alike."""

from datetime import date
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from knowledge.enums import Area, Type
from policies.registry import Policies, Policy

PROCESS = _("지식나눔")
DAYS, MONTHS = _("일"), _("개월")
own = Policies("knowledge", PROCESS)


def again(key: str, default: int, name: Any) -> Policy[int]:
    return own.number(
        key, default, MONTHS, name,
        _("승인하거나 확인한 날부터 {value} 뒤에 아직 맞는 내용인지 다시 확인합니다."), least=1, most=120,
    )  # fmt: skip


REVIEW_MONTHS: dict[str, Policy[int]] = {
    Type.WORK: again("review_months", 12, _("다시 볼 날: 업무지식")),
    Type.LIFE: again("review_months_life", 12, _("다시 볼 날: 생활지식")),
    Type.MANUAL: again("review_months_manual", 6, _("다시 볼 날: 업무편람")),
}
LOOK_DAYS = own.number(
    "look_days", 14, DAYS, _("다시 확인 기한"),
    _("다시 볼 날이 된 지식은 {value} 안에 담당자가 확인합니다."), least=1, most=180,
)  # fmt: skip
APPROVE_DAYS = own.number(
    "approve_days", 7, DAYS, _("지식 승인 기한"),
    _("승인을 요청한 지식은 {value} 안에 승인하거나 되돌립니다."), least=1, most=60,
)  # fmt: skip
REMIND = own.days_before(
    "remind", [3, 0], _("지식 기한 알림"), _("지식의 승인과 다시 확인 기한 {value}에 알립니다(0은 당일).")
)
ALIKE = own.number(
    "alike_percent", 80, "%", _("같은 지식으로 보는 기준"),
    _("제목과 내용이 {value} 이상 비슷한 지식이 먼저 있으면 점수를 드리지 않습니다."), least=50, most=100,
)  # fmt: skip
SIMILAR = own.number(
    "similar_percent", 50, "%", _("비슷한 지식 안내 기준"),
    _("제목이 {value} 이상 비슷한 지식을 쓰는 동안 보여 드립니다."), least=10, most=100,
)  # fmt: skip
EARNS: dict[str, Policy[bool]] = {
    area: own.switch(
        f"{area}_activity", area != Area.FILE, format_lazy("{}: {}", _("의견·조회 점수"), area.label),
        _("이 영역의 지식에 단 추가의견과 지식 조회에 점수를 드립니다: {value}"),
        source=_("2016. 창의행정 추진 계획"),
    )
    for area in Area
}  # fmt: skip
FLAW_DAYS = own.number(
    "flaw_days", 14, DAYS, _("잘못 알림 답변 기한"),
    _("잘못을 알리면 담당자가 {value} 안에 답합니다."), least=1, most=60,
)  # fmt: skip
QUESTION_DAYS = own.number(
    "question_days", 7, DAYS, _("질문 답변 기한"),
    _("분야에 물은 질문에는 {value} 안에 답을 달도록 분야 담당에게 알립니다."), least=1, most=60,
)  # fmt: skip
REGISTRATION_MONTHS = own.months(
    "registration_months", [3, 6, 9], _("지식등록의 날이 있는 달"), _("지식등록의 날은 {value}에 엽니다."),
    source=_("2016. 창의행정 추진 계획"),
)  # fmt: skip
REGISTRATION_AHEAD = own.number(
    "registration_ahead", 20, DAYS, _("지식등록의 날 준비"),
    _("지식등록의 날은 시작 {value} 전에 예정으로 만들어 기획예산과에 알립니다."), least=1, most=60,
)  # fmt: skip
REGISTRATION_REMIND = own.number(
    "registration_remind", 3, DAYS, _("지식등록의 날 마감 알림"),
    _("지식등록의 날 마감 {value} 전에 아직 올리지 않은 부서에 알립니다."), least=0, most=30,
)  # fmt: skip
EARN_FROM = own.day(
    "earn_from", date(2026, 1, 1), _("다른 업무의 결과에 점수를 드리는 첫날"),
    _("{value} 이후의 직원 제안과 동아리 연구성과가 지식으로 등록되면 점수를 드립니다."),
)  # fmt: skip
WANTED_MONTHS = own.number(
    "wanted_months", 6, MONTHS, _("찾지 못한 말을 세는 기간"),
    _("최근 {value} 동안 찾지 못한 말을 글감으로 보여 드립니다."), least=1, most=36,
)  # fmt: skip
WANTED_TIMES = own.number(
    "wanted_times", 2, _("번"), _("글감으로 보이는 횟수"),
    _("{value} 이상 찾고도 없었던 말을 글감으로 보여 드립니다."), least=1, most=100,
)  # fmt: skip
