"""Amounts, caps and who may do what with them. Pure but for the predicates.

Amounts are whole hundredths of a scheme's unit, so half points and a tenth of half a point stay exact.
"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rules.predicates import predicate

from basis.formats import counted, number
from basis.periods import PeriodKind, containing
from core.permissions import permit
from mileage.enums import Scheme
from organization.enums import Role
from organization.rules import has_role, heads_planning, is_planning, is_staff

HUNDREDTHS = 100
TOTALLED = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)  # totals kept with every entry


def hundredths(amount: Decimal | int) -> int:
    """ValueError for what is finer than a hundredth."""
    exact = Decimal(amount) * HUNDREDTHS
    if exact != exact.to_integral_value():
        raise ValueError(f"{amount} is finer than a hundredth")
    return int(exact)


def amount_text(amount: int, scheme: str = "") -> str:
    """`2`, `0.5`, with a scheme `2점`, `4시간`."""
    text = number((Decimal(amount) / HUNDREDTHS).normalize() + 0)
    return counted(text, Scheme(scheme).unit) if scheme else text


def period_keys(day: date) -> list[str]:
    """The periods whose totals an entry of this day belongs to: `2026-M11`, `2026-Q4`, `2026`."""
    return [containing(day, kind).key for kind in TOTALLED]


def granted(asked: int, used: int, cap: int | None) -> int:
    """What of `asked` still fits under the cap when `used` is gone (M4). Never negative."""
    return asked if cap is None else max(0, min(asked, cap - used))


permit("mileage.own", is_staff, reveals="mileage")
permit(
    "mileage.view_all",
    has_role(Role.PLANNING, Role.AUDITOR) | heads_planning,
    _("다른 직원의 점수는 기획예산과 담당자와 감사 담당자가 볼 수 있습니다."),
    reveals="mileage",
)
permit(
    "mileage.manage",
    is_planning,
    _("점수 등록과 기록 취소는 기획예산과 담당자가 요청할 수 있습니다."),
    personal=True,
    reveals="mileage",
)
permit(
    "mileage.withdraw",
    predicate(lambda user, request=None: request is None or request.requested_by_id == user.pk),
    _("요청 취소는 요청한 사람이 할 수 있습니다."),
    personal=True,
)
permit(
    "mileage.confirm",
    is_planning | heads_planning,
    _("요청한 사람도 받는 사람도 아닌 기획예산과 담당자나 기획예산과장이 확인할 수 있습니다."),
    personal=True,
    never=lambda request: [request.requested_by_id, *(person.pk for person in request.receivers)],
)
permit(
    "mileage.take_over",
    is_planning,
    _("이월 점수·시간은 받는 사람이 아닌 기획예산과 담당자가 올릴 수 있습니다."),
    personal=True,
    never=lambda user: [user.pk],
)
permit("mileage.rank", is_planning, _("순위 확정은 기획예산과 담당자가 할 수 있습니다."), reveals="ranking")
permit(
    "mileage.hand_over",
    has_role(Role.GENERAL_AFFAIRS),
    _("상시학습 시간 인계는 총무과 담당자가 할 수 있습니다."),
    reveals="learning",
)
permit("mileage.see_rankings", is_staff, reveals="ranking")
permit(
    "mileage.view_hours",
    has_role(Role.GENERAL_AFFAIRS, Role.PLANNING, Role.AUDITOR),
    _("상시학습 명단은 총무과 담당자와 기획예산과 담당자, 감사 담당자가 볼 수 있습니다."),
    reveals="learning",
)
