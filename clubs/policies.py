"""Policy values of learning clubs (C1–C9)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from evaluations.policies import Table, grades
from meetings.enums import Presence
from policies.registry import Policies, Policy

PROCESS = _("학습동아리")
PLAN_2016 = _("2016. 창의행정 추진 계획")
PLAN_2006 = _("2006. 주요업무계획(혁신기획단)")
PEOPLE, DAYS, HOURS, MONTHS = _("명"), _("일"), _("시간"), _("월")
own = Policies("clubs", PROCESS)

SIZE = own.number(
    "size", 10, PEOPLE, _("동아리 회원 수"), _("학습동아리는 회장을 빼고 {value} 안팎으로 구성합니다."),
    least=2, most=200, source=PLAN_2016,
)  # fmt: skip
SIZE_AROUND = own.number(
    "size_around", 3, PEOPLE, _("회원 수의 차이"), _("정한 회원 수보다 {value} 넘게 많거나 적으면 살펴보게 합니다."),
    least=0, most=100,
)  # fmt: skip
TEAMS = own.number(
    "teams", 2, _("개"), _("분임 수"), _("학습동아리는 {value}의 분임으로 나눕니다."),
    least=1, most=5, source=PLAN_2016,
)  # fmt: skip
FIRST_MONTH = own.number(
    "first_month", 2, MONTHS, _("활동을 시작하는 달"), _("학습동아리는 {value}부터 활동합니다."),
    least=1, most=12, source=PLAN_2016,
)  # fmt: skip
LAST_MONTH = own.number(
    "last_month", 11, MONTHS, _("활동을 마치는 달"), _("학습동아리는 {value}까지 활동합니다."),
    least=1, most=12, source=PLAN_2016,
)  # fmt: skip
REPORT_DAYS = own.number(
    "report_days", 5, DAYS, _("월별 활동보고서 기한"),
    _("월별 활동보고서는 다음 달 {value} 안에 냅니다."), least=1, most=31,
)  # fmt: skip
HALF_DAYS = own.number(
    "half_days", 10, DAYS, _("반기 보고서 기한"), _("반기 보고서는 반기가 끝난 뒤 {value} 안에 냅니다."),
    least=1, most=60,
)  # fmt: skip
RESULT_DUE = own.month_day(
    "result_due", "10-31", _("연구성과 보고서 기한"), _("연구성과 보고서는 {value}까지 냅니다."), source=PLAN_2016,
)  # fmt: skip
REMIND_REPORT = own.days_before(
    "remind_report",
    [3, 0],
    _("동아리 보고서 알림"),
    _("동아리 보고서 기한 {value}에 총무에게 알립니다(0은 당일)."),
)
LATE_REPORT = own.number(
    "late_report", 7, DAYS, _("늦은 동아리 보고서와 정산 알림"),
    _("동아리 보고서나 지원 정산의 기한이 지나면 {value}마다 네 번까지 다시 알립니다."), least=1, most=30,
)  # fmt: skip
LATE_PRESIDENT = own.number(
    "late_president", 14, DAYS, _("늦은 동아리 보고서: 회장에게"),
    _("동아리 보고서 기한이 지나고 {value} 뒤까지 내지 않으면 회장에게 알립니다."), least=1, most=60,
)  # fmt: skip
CLOSE_DAYS = own.number(
    "close_days", 31, DAYS, _("활동을 마친 것으로 하는 날"),
    _("활동을 마치는 달이 지나고 {value} 뒤에 동아리가 활동을 마친 것으로 합니다."), least=0, most=120,
)  # fmt: skip
UPKEEP_DAYS = own.number(
    "upkeep_days", 14, DAYS, _("회원 정비 기한"),
    _("회원이 전보·승진·퇴직하면 {value} 안에 회원 명단을 정비합니다."), least=1, most=90, source=PLAN_2016,
)  # fmt: skip
REMIND_UPKEEP = own.days_before(
    "remind_upkeep", [3, 0], _("회원 정비 알림"), _("회원 정비 기한 {value}에 분임장과 총무에게 알립니다.")
)
ALLOTMENT = own.money(
    "allotment", 500_000, _("동아리 지원 한도"), _("동아리 하나에 한 해 {value}까지 지원합니다."), most=100_000_000,
)  # fmt: skip
BUDGET_WARNING = own.number(
    "budget_warning", 80, "%", _("지원 예산 주의"), _("지원 예산을 {value} 넘게 쓰면 알립니다."), least=1, most=100,
)  # fmt: skip
SUPPORT_EACH = own.money(
    "support_each", 200_000, _("지원 한 건의 예상액"), _("지원 한 건을 {value}으로 어림합니다."), most=10_000_000,
)  # fmt: skip
SETTLE_DAYS = own.number(
    "settle_days", 14, DAYS, _("지원 정산 기한"), _("지원받은 돈은 쓴 날부터 {value} 안에 정산합니다."),
    least=1, most=90,
)  # fmt: skip
REMIND_SETTLE = own.days_before(
    "remind_settle", [3, 0], _("지원 정산 알림"), _("정산 기한 {value}에 신청한 직원에게 알립니다.")
)
BEST_EACH = own.number(
    "best_each", 1, PEOPLE, _("분임별 최고 기여자"),
    _("최우수와 우수 동아리는 분임마다 최고 기여자 {value}을 회장이 추천합니다(분임이 없으면 분임 수만큼)."),
    least=0, most=5, source=PLAN_2016,
)  # fmt: skip
BEST_LEAVE = own.number(
    "best_leave", 1, DAYS, _("최고 기여자 특별휴가"), _("최고 기여자에게 특별휴가 {value}을 줍니다."),
    least=0, most=10, source=PLAN_2016,
)  # fmt: skip
BEST_DAYS = own.number(
    "best_days", 14, DAYS, _("최고 기여자 추천 기한"),
    _("최고 기여자는 결과가 확정된 날부터 {value} 안에 추천합니다."), least=1, most=60,
)  # fmt: skip
REMIND_BEST = own.days_before(
    "remind_best",
    [7, 3, 0],
    _("최고 기여자 추천 알림"),
    _("최고 기여자 추천 기한 {value}에 회장에게 알립니다."),
)
FINALISTS = own.number(
    "finalists", 11, _("건"), _("동아리 위원회 심사"), _("실무심사에서 연구성과 {value}을 위원회 심사에 올립니다."),
    least=1, most=100, source=PLAN_2016,
)  # fmt: skip
DIVISION = "clubs"
TABLES: dict[str, Table] = {
    DIVISION: grades(
        own,
        "club_result",
        _("학습동아리 연구성과"),
        ((1, 500_000), (2, 300_000), (8, 200_000)),
        source=PLAN_2016,
    )
}
LATE_TIMES = 4  # how often what is late is told of


class Weekly:
    """What is late: every so many days, a few times (the sentence of LATE_REPORT says both)."""

    def on(self, day: date) -> list[int]:
        every = LATE_REPORT.on(day)
        return [every * turn for turn in range(1, LATE_TIMES + 1)]


def _hours(key: str, default: str, name: Any) -> Policy[Decimal]:
    return own.points(
        f"hours_{key}", Decimal(default), HOURS, name,
        _("정기모임에 이렇게 참여하면 한 번에 {value}을 인정합니다."), most=8,
    )  # fmt: skip


HOURS_OF: Mapping[str, Policy[Decimal]] = {
    Presence.PRESENT: _hours("present", "2", _("정기모임 참석의 상시학습")),
    Presence.LATE: _hours("late", "1", _("정기모임 지각의 상시학습")),
    Presence.LEFT: _hours("left", "1", _("정기모임 조퇴의 상시학습")),
    Presence.ONLINE: _hours("online", "2", _("정기모임 온라인 참여의 상시학습")),
}


def weight(key: str, default: int, name: Any) -> Policy[int]:
    return own.number(
        f"weight_{key}", default, "%", name,
        _("학습동아리 연구성과 심사에서 이 기준의 비중은 {value}입니다(0은 보지 않음)."), least=0, most=100,
    )  # fmt: skip


# In the order in which they part equal scores.
WEIGHTS: dict[str, tuple[Any, Policy[int]]] = {
    "effect": (_("활용 효과"), weight("effect", 40, _("동아리 심사 비중: 활용 효과"))),
    "depth": (_("연구의 충실성"), weight("depth", 30, _("동아리 심사 비중: 연구의 충실성"))),
    "effort": (_("활동 실적"), weight("effort", 30, _("동아리 심사 비중: 활동 실적"))),
}
FULL_MARKS = own.number(
    "full_marks", 10, _("점"), _("동아리 심사 기준 만점"), _("동아리 심사의 기준마다 {value}까지 줍니다."),
    least=2, most=100,
)  # fmt: skip
