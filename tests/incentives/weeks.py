"""Weeks of divisions with people and indicators, as services make them."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from core.calendar import clear_calendar_cache
from core.models import Holiday
from core.now import pretend, today
from incentives.enums import Level, Post, Shape
from incentives.models import Division, Indicator, Value, Week, WeekReport
from incentives.services import values, weekly, weeks
from incentives.services.weekly import New
from organization.models import User
from tests import factories as make
from tests.incentives import made

MONDAY = dt.date(2026, 3, 9)
FRIDAY = dt.date(2026, 3, 13)


def indicator(division: Division, name: str = "시범마을", **more: Any) -> Indicator:
    wanted = {"level": Level.ITEM, "shape": Shape.HIGHER, "weight": 10, "unit": "곳", "target": 50, **more}
    order = division.indicators.count() + 1
    return Indicator.objects.create(division=division, name=name, order=order, **wanted)


def running(*, indicators: int = 2, **values: Any) -> Division:
    """With who is named for it, and indicators that are measured."""
    department = make.DepartmentFactory()
    make.head_of(department)
    found = made.running(department, **values)
    made.named(found)
    for n in range(indicators):
        indicator(found, f"지표 {n + 1}")
    return found


def holiday(day: dt.date) -> None:
    Holiday.objects.create(date=day, name="임시공휴일")
    clear_calendar_cache()


def person(division: Division, post: str = Post.CHARGE) -> User:
    return made.contact_of(division, post).user


def charge(division: Division) -> User:
    return person(division)


def leader(division: Division) -> User:
    return person(division, Post.LEADER)


def week(day: dt.date | None = None) -> Week:
    """The one of the day, with what each division owes."""
    weeks.keep_weeks(day or today())
    year, number, _weekday = (day or today()).isocalendar()
    return Week.objects.get(year=year, number=number)


def owed(division: Division, of: Week | None = None) -> WeekReport:
    return WeekReport.objects.get(division=division, week=of or week())


def known(one: Indicator, value: Any, as_of: dt.date | None = None) -> Value:
    return values.record(
        one, value=Decimal(value), as_of=as_of or today(), source="실적 보고", actor=charge(one.division)
    )


def written(
    report: WeekReport, new: Sequence[New] = (), *, actor: User | None = None, **texts: str
) -> WeekReport:
    said = {"problems": "예산이 늦게 왔습니다.", **texts}
    return weekly.write(report, said, new, as_of=today(), actor=actor or charge(report.division))


def confirmed(report: WeekReport, new: Sequence[New] = (), **texts: str) -> WeekReport:
    return weekly.confirm(written(report, new, **texts), actor=leader(report.division))


def past(divisions: Sequence[Division], count: int, last: dt.date | None = None) -> list[Week]:
    """Weeks before this one, each division's first indicator a little on."""
    found = []
    for back in range(count, 0, -1):
        friday = (last or today()) - back * dt.timedelta(days=7)
        with pretend(friday):
            one = week(friday)
            for place, division in enumerate(divisions):
                first = division.indicators.order_by("order")[0]
                step = New(first, Decimal(10 + count - back), source="실적 보고")
                report = owed(division, one)
                if (place + back) % 5 == 4:
                    continue
                if (place + back) % 5 == 3:
                    weekly.confirm(weekly.unchanged(report, actor=charge(division)), actor=leader(division))
                    continue
                confirmed(report, [step])
            found.append(weeks.freeze(one, actor=make.planner()))
    return found
