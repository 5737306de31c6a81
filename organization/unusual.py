"""What stands out among the looks of a month: many in a day, at night, at many people of other departments (D6)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from basis.formats import date_ko
from basis.official import in_office_language
from core.models import AccessLog
from organization.models import User
from organization.policies import MANY_LOOKS, MANY_STRANGERS, NIGHT_FROM, NIGHT_UNTIL

Finding = dict[str, Any]  # who, what, count, url: as a check keeps it


def last_day(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def looks_of(month: date) -> QuerySet[AccessLog]:
    ends = (month, last_day(month) + timedelta(days=1))
    start, end = (timezone.make_aware(datetime.combine(day, time())) for day in ends)
    return AccessLog.objects.filter(at__gte=start, at__lt=end).order_by()


@in_office_language
def unusual(month: date) -> list[Finding]:
    """By the figures in force on the month's last day; by person."""
    looks, day = looks_of(month).exclude(actor=None), last_day(month)
    found = [*_many(looks, MANY_LOOKS.on(day)), *_at_night(looks, month), *_strangers(looks, month)]
    actors = User.objects.filter(pk__in={pk for pk, *_rest in found}).select_related("department")
    people = {user.pk: user for user in actors}
    rows = [(people[pk], what, count, days) for pk, what, count, days in found]
    rows.sort(key=lambda row: (row[0].employee_number, row[1]))
    return [
        {"who": who.full_label, "what": what, "count": count, "url": _address(who, *days)}
        for who, what, count, days in rows
    ]


Raw = tuple[int, str, int, tuple[date, date]]


def _many(looks: QuerySet[AccessLog], least: int) -> Iterator[Raw]:
    rows = looks.annotate(day=TruncDate("at")).values("actor", "day").annotate(n=Count("pk"))
    for row in rows.filter(n__gte=least):
        day = row["day"]
        yield row["actor"], _("하루에 많이 봄: %(day)s") % {"day": date_ko(day)}, row["n"], (day, day)


def _at_night(looks: QuerySet[AccessLog], month: date) -> Iterator[Raw]:
    end = last_day(month)
    night = Q(hour__gte=NIGHT_FROM.on(end)) | Q(hour__lt=NIGHT_UNTIL.on(end))
    rows = looks.annotate(hour=ExtractHour("at")).filter(night).values("actor").annotate(n=Count("pk"))
    for row in rows:
        yield row["actor"], _("야간에 봄"), row["n"], (month, end)


def _strangers(looks: QuerySet[AccessLog], month: date) -> Iterator[Raw]:
    end = last_day(month)
    apart = looks.exclude(person=None).exclude(person__department=F("actor__department"))
    rows = apart.values("actor").annotate(n=Count("person", distinct=True))
    for row in rows.filter(n__gte=MANY_STRANGERS.on(end)):
        yield row["actor"], _("다른 부서 직원을 많이 봄(명)"), row["n"], (month, end)


def _address(who: User, start: date, end: date) -> str:
    """The looks themselves."""
    query = urlencode({"q": who.employee_number, "start": start.isoformat(), "end": end.isoformat()})
    return f"{reverse('access_log')}?{query}"
