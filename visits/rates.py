"""What a field visit costs, line by line (V4, V4a): pure reckoning in whole won, by the rates of the day of travel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import counted, won
from visits import policies
from visits.enums import OFFICIAL_MEANS, ExpenseKind, VisitMeans, VisitPlace

MOST = 100_000_000  # won of one visit: more is a slip of the finger, and the columns hold no billions
SMALLEST = 10  # won: what is below is not reckoned in public money (지방회계법 제55조)
FIXED = (
    ExpenseKind.LOCAL,
    ExpenseKind.DAILY,
    ExpenseKind.MEALS,
)  # by the table: lowered with a reason, never raised


@dataclass(frozen=True)
class Rates:
    """Won for one person and day, and a night of lodging at most; with an official vehicle `vehicle_percent` of the
    daily allowance. The last ones hold inside the place of work (V4a)."""

    meals: int
    daily_allowance: int
    vehicle_percent: int
    lodging: Mapping[VisitPlace, int] = field(default_factory=dict)
    lodging_more: int = 0  # percent above the limit
    meals_a_day: int = 3  # a meal that is given takes off one of so many parts of the day's meals
    inside_hours: int = 4
    inside_long: int = 0
    inside_short: int = 0
    inside_vehicle: int = 0  # less with an official vehicle

    @classmethod
    def on(cls, day: date) -> "Rates":
        """As they were in force on the day of travel."""
        return cls(
            meals=policies.MEALS.on(day),
            daily_allowance=policies.DAILY_ALLOWANCE.on(day),
            vehicle_percent=policies.OFFICIAL_VEHICLE_PERCENT.on(day),
            lodging={place: policy.on(day) for place, policy in policies.LODGING.items()},
            lodging_more=policies.LODGING_MORE.on(day),
            meals_a_day=policies.MEALS_A_DAY.on(day),
            inside_hours=policies.INSIDE_HOURS.on(day),
            inside_long=policies.INSIDE_LONG.on(day),
            inside_short=policies.INSIDE_SHORT.on(day),
            inside_vehicle=policies.INSIDE_VEHICLE.on(day),
        )

    @property
    def daily_with_vehicle(self) -> int:
        """The reduced daily allowance, rounded down to ten won."""
        return self.daily_allowance * self.vehicle_percent // (100 * SMALLEST) * SMALLEST

    def inside(self, hours: int, means: str) -> int:
        """A day inside the place of work."""
        if means == VisitMeans.ASSIGNED:
            return 0
        whole = self.inside_long if hours >= self.inside_hours else self.inside_short
        return max(whole - self.inside_vehicle, 0) if means == VisitMeans.OFFICIAL else whole


@dataclass(frozen=True)
class Journey:
    """What the costs depend on beside who goes. `transport_each` (won a person for the whole journey) and
    `lodging_each` (a person and night) are actual costs; `hours` count inside the place of work; `provided_meals`:
    so many are given to each."""

    days: int = 1
    means: str = VisitMeans.PUBLIC
    place: str = VisitPlace.ELSEWHERE
    hours: int = 8
    transport_each: int = 0
    lodging_each: int = 0
    provided_meals: int = 0

    def __post_init__(self) -> None:
        if self.days < 1 or min(self.transport_each, self.lodging_each, self.provided_meals) < 0:
            raise ValueError("a journey has days, and its costs are not negative")

    @property
    def is_inside(self) -> bool:
        return self.place == VisitPlace.LOCAL

    @property
    def by_official_vehicle(self) -> bool:
        return self.means in OFFICIAL_MEANS


@dataclass(frozen=True)
class Line:
    """One kind of expense: `unit` won for each person and time (days; nights of lodging; one journey), less what is
    taken `off` each person for meals that are given; and what it was lowered or raised by, with the reason. `why`
    says by which rule."""

    kind: ExpenseKind
    unit: int
    persons: int
    times: int = 1
    adjustment: int = 0
    reason: str = ""
    off: int = 0
    why: str = ""

    @property
    def label(self) -> str:
        return str(self.kind.label)

    @property
    def each(self) -> int:
        """For one person by the rates alone."""
        return self.unit * self.times - self.off

    @property
    def reckoned(self) -> int:
        """By the rates alone."""
        return self.each * self.persons

    @property
    def sum(self) -> int:
        return self.reckoned + self.adjustment

    @property
    def formula(self) -> str:
        """`20,000원 × 5명 × 1일`; a journey has no days: `38,400원 × 5명`; `(25,000원 × 1일 - 8,340원) × 5명`."""
        unit, people = won(self.unit), counted(self.persons, _("명"))
        if self.kind == ExpenseKind.TRANSPORT:
            return f"{unit} × {people}"
        nights = self.kind == ExpenseKind.LODGING
        times = counted(self.times, _("박") if nights else _("일"))
        return (
            f"({unit} × {times} - {won(self.off)}) × {people}" if self.off else f"{unit} × {people} × {times}"
        )

    def adjusted(self, amount: int | None, reason: str) -> "Line":
        """The line paid as `amount` won instead (None: as reckoned); the rates' own sum needs no reason.

        Rejected: negative, no reason, or an allowance by the table raised (V4).
        """
        if amount is not None and amount < 0:
            raise Rejected(_("조정한 금액은 0원 이상으로 입력해 주세요."), field=str(self.kind))
        difference = 0 if amount is None else amount - self.reckoned
        if difference > 0 and self.kind in FIXED:
            raise Rejected(
                _("%(label)s는 줄일 수만 있고 기준(%(most)s)보다 늘릴 수 없습니다.")
                % {"label": self.label, "most": won(self.reckoned)},
                field=str(self.kind),
            )
        if difference and not reason.strip():
            raise Rejected(
                _("%(label)s 금액을 조정한 사유를 입력해 주세요.") % {"label": self.label},
                field=f"{self.kind}_reason",
            )
        kept = (
            difference or self.kind == ExpenseKind.LODGING
        )  # what is above the limit of a night has its reason too
        return replace(self, adjustment=difference, reason=reason.strip() if kept else "")


def estimate(journey: Journey, headcount: int, rates: Rates) -> list[Line]:
    """The lines of a visit of so many people; lodging only where there are nights, inside the place of work one sum.

    With an official vehicle transport is nothing; a line of nothing stays, since it may be raised with a reason.
    """
    if headcount < 1:
        raise ValueError("a visit has people")

    def line(kind: ExpenseKind, unit: int, times: int = 1, off: int = 0) -> Line:
        return Line(kind, unit, headcount, times, off=off, why=why(kind, journey, rates))

    if journey.is_inside:
        return [line(ExpenseKind.LOCAL, rates.inside(journey.hours, journey.means), journey.days)]
    vehicle = journey.by_official_vehicle
    lines = [
        line(ExpenseKind.TRANSPORT, 0 if vehicle else journey.transport_each),
        line(ExpenseKind.DAILY, rates.daily_with_vehicle if vehicle else rates.daily_allowance, journey.days),
        line(ExpenseKind.MEALS, rates.meals, journey.days, _meals_off(journey, rates)),
    ]
    if journey.days > 1:
        lines.append(line(ExpenseKind.LODGING, journey.lodging_each, journey.days - 1))
    return lines


def _meals_off(journey: Journey, rates: Rates) -> int:
    """A third (policy) of a day's meals for each that is given; what is left is rounded down to ten won."""
    if not journey.provided_meals:
        return 0
    parts, whole = rates.meals_a_day, rates.meals * journey.days
    given = min(journey.provided_meals, parts * journey.days)
    left = (whole * parts - rates.meals * given) // (parts * SMALLEST) * SMALLEST
    return whole - left


def why(kind: ExpenseKind, journey: Journey, rates: Rates) -> str:
    """Which rule a line goes by, and why it is that one."""
    vehicle = journey.by_official_vehicle
    match kind:
        case ExpenseKind.LOCAL:
            return _why_inside(journey, rates)
        case ExpenseKind.TRANSPORT:
            return (
                _("관용차를 이용하므로 교통비가 없습니다.") if vehicle else _("실제로 드는 비용(실비)입니다.")
            )
        case ExpenseKind.DAILY if vehicle:
            return _("관용차를 이용하므로 일비의 %(percent)s%%입니다(여비 규정 제16조).") % {
                "percent": rates.vehicle_percent
            }
        case ExpenseKind.MEALS if journey.provided_meals:
            return _("제공받는 식사 %(count)s끼에 한 끼마다 하루 식비의 %(parts)s분의 1을 뺍니다.") % {
                "count": journey.provided_meals,
                "parts": rates.meals_a_day,
            }
        case ExpenseKind.LODGING:
            limit = rates.lodging.get(VisitPlace(journey.place), 0)
            return _("실비, 하룻밤 %(limit)s까지입니다(여비 규정 별표 2).") % {"limit": won(limit)}
    return _("관외 출장의 정액입니다(여비 규정 별표 2).")


def _why_inside(journey: Journey, rates: Rates) -> str:
    if journey.means == VisitMeans.ASSIGNED:
        return _("근무지 내 출장에 전용 차량을 이용하므로 지급하지 않습니다(여비 규정 제18조).")
    long, hours = journey.hours >= rates.inside_hours, rates.inside_hours
    rule = (
        _("근무지 내 %(hours)s시간 이상 출장(여비 규정 제18조). 일비·식비·교통비는 없습니다.")
        if long
        else _("근무지 내 %(hours)s시간 미만 출장(여비 규정 제18조). 일비·식비·교통비는 없습니다.")
    ) % {"hours": hours}
    if journey.means == VisitMeans.OFFICIAL:
        rule += " " + _("관용차를 이용하므로 하루 %(off)s을 뺐습니다.") % {"off": won(rates.inside_vehicle)}
    return rule


def check_lodging(journey: Journey, lines: Sequence[Line], rates: Rates) -> None:
    """Rejected: a night above the limit of the region without a reason, or above what a reason allows (V4)."""
    line = next((line for line in lines if line.kind == ExpenseKind.LODGING), None)
    if line is None:
        return
    limit = rates.lodging.get(VisitPlace(journey.place), 0)
    most = limit * (100 + rates.lodging_more) // 100
    nights = line.persons * line.times
    words = {"limit": won(limit), "most": won(most)}
    if line.unit > most or line.sum > most * nights:
        raise Rejected(
            _("숙박비는 하룻밤 %(limit)s까지이고, 사유가 있어도 %(most)s까지입니다.") % words,
            field="lodging_each" if line.unit > most else str(ExpenseKind.LODGING),
        )
    if max(line.unit * nights, line.sum) > limit * nights and not line.reason:
        raise Rejected(
            _("숙박비가 하룻밤 %(limit)s을 넘습니다. 숙박비 조정 사유에 까닭을 적어 주세요.") % words,
            field="lodging_reason",
        )


def total(lines: Sequence[Line]) -> int:
    return sum(line.sum for line in lines)


def check_size(lines: Sequence[Line]) -> None:
    """Rejected beside the largest line's field where the visit comes to more than any visit can."""
    largest = max(lines, key=lambda line: max(line.reckoned, line.sum))
    if max(total(lines), largest.reckoned) <= MOST:
        return
    each = largest.reckoned >= largest.sum and largest.kind in (ExpenseKind.TRANSPORT, ExpenseKind.LODGING)
    raise Rejected(
        _("예상 경비가 %(most)s을 넘습니다. %(label)s 금액을 확인해 주세요.")
        % {"most": won(MOST), "label": largest.label},
        field=f"{largest.kind}_each" if each else str(largest.kind),
    )


def shares(amount: int, count: int) -> list[int]:
    """`amount` for so many people, in whole won; the last bears what does not divide, so that they add up to it."""
    each = amount // count
    return [each] * (count - 1) + [amount - each * (count - 1)]
