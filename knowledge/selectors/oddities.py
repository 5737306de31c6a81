"""Patterns that points may have made, as evidence for planning: who, what, when (K5). Nothing here judges, nothing is
done by itself. Each pattern is one or two questions, however many rows there are."""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import TruncHour
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.clock.rules import Unit, period_end
from basis.periods import Period, PeriodKind, between
from core.calendar import system_calendar
from knowledge.enums import CampaignState, PostState
from knowledge.models import Campaign, Cleared, Opinion, Post, Reading
from knowledge.policies_activity import OPINION_LETTERS
from knowledge.policies_oddities import (
    BURST_MINUTES,
    BURST_VIEWS,
    LAST_DAY_POSTS,
    PAIR_LEAST,
    PAIR_PERCENT,
    PASTED,
    REWORDED,
    REWORDED_MONTHS,
)
from knowledge.selectors.reworded import groups
from organization.models import User


class Pattern(models.TextChoices):
    PAIR = "pair", gettext_lazy("서로의 지식에만 쓴 의견")
    BURST = "burst", gettext_lazy("짧은 시간에 몰아서 한 조회")
    LAST_DAY = "last", gettext_lazy("마지막 날 몰아서 올린 지식")
    PASTED = "pasted", gettext_lazy("여러 지식에 붙여 넣은 의견")
    REWORDED = "reworded", gettext_lazy("순서만 바꾼 지식")


@dataclass(frozen=True)
class Finding:
    """`key` names the case whatever period is looked at; `newest`: the id of the last of its rows. `first` and `last`
    say when, `what` says it in words; `people` are named once all are known."""

    pattern: Pattern
    key: str
    who: tuple[int, ...]
    count: int
    first: datetime
    last: datetime
    newest: int
    what: str
    people: Sequence[User] = ()

    @property
    def names(self) -> str:
        return ", ".join(one.full_label for one in self.people)


def findings(period: Period) -> list[Finding]:
    """All of the period, by pattern, the most first."""
    found = [*_pairs(period), *_bursts(period), *_last_days(period), *_pasted(period), *_reworded(period)]
    people = User.objects.select_related("department").in_bulk({pk for one in found for pk in one.who})
    order = list(Pattern)
    named = [replace(one, people=[people[pk] for pk in one.who]) for one in found]
    return sorted(named, key=lambda one: (order.index(one.pattern), -one.count, one.key))


def open_and_cleared(period: Period) -> tuple[list[Finding], list[tuple[Finding, Cleared]]]:
    """Those to look at; and those looked at, in which nothing has come since."""
    found, cleared = findings(period), {}
    for one in Cleared.objects.filter(key__in=[one.key for one in found]).select_related("by__department"):
        cleared[one.key] = one
    shown = [one for one in found if one.key not in cleared or cleared[one.key].newest < one.newest]
    keys = {one.key for one in shown}
    return shown, [(one, cleared[one.key]) for one in found if one.key not in keys]


def finding(period: Period, key: str) -> Finding | None:
    return next((one for one in findings(period) if one.key == key), None)


def rows_of(one: Finding) -> models.QuerySet[Any]:
    """What stands behind it: opinions, readings or posts."""
    span = (one.first, one.last)
    match one.pattern:
        case Pattern.PAIR:
            a, b = one.who
            each = Q(writer=a, post__writer=b) | Q(writer=b, post__writer=a)
            return (
                Opinion.objects.filter(each, at__range=span).select_related("post", "writer").order_by("at")
            )
        case Pattern.PASTED:
            digest = one.key.rpartition(":")[2]
            own = Opinion.objects.filter(writer=one.who[0], digest=digest, at__range=span)
            return own.select_related("post", "writer").order_by("at")
        case Pattern.BURST:
            own_read = Reading.objects.filter(user=one.who[0], at__range=span)
            return own_read.select_related("post", "user").order_by("at")
        case Pattern.LAST_DAY:
            day = timezone.localdate(one.first)
            return (
                _brought().filter(writer=one.who[0], submitted_on=day).select_related("writer").order_by("pk")
            )
        case _reworded:
            keys = [int(pk) for pk in one.key.partition(":")[2].split("-")]
            return Post.objects.filter(pk__in=keys).select_related("writer").order_by("pk")


def _span(period: Period) -> tuple[datetime, datetime]:
    first, last = period.days
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _said(period: Period) -> models.QuerySet[Opinion]:
    begin, end = _span(period)
    return Opinion.objects.filter(at__gte=begin, at__lt=end)


def _pairs(period: Period) -> Iterator[Finding]:
    """Two who comment only on each other."""
    rows = (
        _said(period)
        .exclude(writer=F("post__writer"))
        .order_by()
        .values("writer", "post__writer")
        .annotate(n=Count("pk"), first=Min("at"), last=Max("at"), newest=Max("pk"))
        .values_list("writer", "post__writer", "n", "first", "last", "newest")
    )
    said, totals = {}, Counter[int]()
    for writer, other, *rest in rows:
        said[writer, other] = rest
        totals[writer] += rest[0]
    least, percent = PAIR_LEAST.on(period.end), PAIR_PERCENT.on(period.end)

    def only(a: int, b: int) -> bool:
        n = said[a, b][0]
        return n >= least and n * 100 >= percent * totals[a]

    for (a, b), (n, first, last, newest) in said.items():
        if a < b and (b, a) in said and only(a, b) and only(b, a):
            back, begun, ended, later = said[b, a]
            yield Finding(
                Pattern.PAIR, f"{Pattern.PAIR}:{a}-{b}", (a, b), n + back,
                min(first, begun), max(last, ended), max(newest, later),
                _("서로의 지식에 %(a)d건과 %(b)d건(두 사람이 쓴 의견의 %(percent)d%%)")
                % {"a": n, "b": back, "percent": 100 * (n + back) // (totals[a] + totals[b])},
            )  # fmt: skip


def _bursts(period: Period) -> Iterator[Finding]:
    """Many readings in a few minutes: first the hours in which there may be any, then the minutes of these people."""
    begin, end = _span(period)
    most, minutes = BURST_VIEWS.on(period.end), timedelta(minutes=BURST_MINUTES.on(period.end))
    read = Reading.objects.filter(at__gte=begin, at__lt=end).order_by()
    hours = read.annotate(hour=TruncHour("at")).values("user", "hour").annotate(n=Count("pk"))
    busy = set(hours.filter(n__gte=(most + 1) // 2).values_list("user", flat=True))
    if not busy:
        return
    days: dict[tuple[int, date], list[Any]] = {}
    seen: deque[datetime] = deque()
    last_user = None
    rows = read.filter(user__in=busy).order_by("user", "at", "pk").values_list("user", "at", "pk")
    for user, at, pk in rows.iterator(5_000):
        if user != last_user:
            seen.clear()
            last_user = user
        seen.append(at)
        while at - seen[0] > minutes:
            seen.popleft()
        if len(seen) >= most:
            kept = days.setdefault((user, timezone.localdate(seen[0])), [0, seen[0], at, pk])
            kept[0], kept[2], kept[3] = max(kept[0], len(seen)), at, max(kept[3], pk)
    for (user, day), (n, first, last, newest) in days.items():
        yield Finding(
            Pattern.BURST, f"{Pattern.BURST}:{user}-{day:%Y%m%d}", (user,), n, first, last, newest,
            _("%(minutes)d분 안에 지식 %(count)d건을 읽은 것으로 누름")
            % {"minutes": minutes.seconds // 60, "count": n},
        )  # fmt: skip


def _brought() -> models.QuerySet[Post]:
    """Posts that people wrote here: no results of other processes, no past ones."""
    mine = Post.objects.exclude(state__in=(PostState.DRAFT, PostState.DROPPED))
    return mine.filter(source_id=None, is_past=False)


def last_days(period: Period) -> set[date]:
    """The last days, and last days at work, of its months, and those of its registration days."""
    calendar = system_calendar()
    found = set()
    for month in between(PeriodKind.MONTH, *period.days):
        day = month.end
        while calendar.is_closed(day):
            day -= timedelta(days=1)
        found |= {month.end, day}
    ends = Campaign.objects.filter(ends_on__range=period.days).exclude(state=CampaignState.WITHDRAWN)
    return found | set(ends.values_list("ends_on", flat=True))


def _last_days(period: Period) -> Iterator[Finding]:
    """Very many posts of one person on a last day."""
    rows = (
        _brought()
        .filter(submitted_on__in=last_days(period))
        .order_by()
        .values("writer", "submitted_on")
        .annotate(n=Count("pk"), newest=Max("pk"))
        .filter(n__gte=LAST_DAY_POSTS.on(period.end))
    )
    for writer, day, n, newest in rows.values_list("writer", "submitted_on", "n", "newest"):
        assert day is not None
        yield Finding(
            Pattern.LAST_DAY, f"{Pattern.LAST_DAY}:{writer}-{day:%Y%m%d}", (writer,), n,
            _midnight(day), _midnight(day), newest,
            _("마지막 날 하루에 지식 %(count)d건을 올림") % {"count": n},
        )  # fmt: skip


def _pasted(period: Period) -> Iterator[Finding]:
    """One text, long enough to earn, under many posts."""
    rows = list(
        _said(period)
        .filter(weight__gte=OPINION_LETTERS.on(period.end))
        .order_by()
        .values("writer", "digest")
        .annotate(n=Count("post", distinct=True), first=Min("at"), last=Max("at"), newest=Max("pk"))
        .filter(n__gte=PASTED.on(period.end))
        .values_list("writer", "digest", "n", "first", "last", "newest")
    )
    texts = dict(Opinion.objects.filter(pk__in=[row[-1] for row in rows]).values_list("pk", "text"))
    for writer, digest, n, first, last, newest in rows:
        yield Finding(
            Pattern.PASTED, f"{Pattern.PASTED}:{writer}:{digest}", (writer,), n, first, last, newest,
            _("같은 의견을 지식 %(count)d건에 씀: %(text)s") % {"count": n, "text": texts[newest][:60]},
        )  # fmt: skip


def _reworded(period: Period) -> Iterator[Finding]:
    """Posts with the same words as others of these or of the months before, in another order. What was found to be the
    same when it was submitted earns nothing and is not told again."""
    before = period_end(period.start, -REWORDED_MONTHS.on(period.end), Unit.MONTHS, None)
    since = before + timedelta(days=1)
    rows = _brought().filter(submitted_on__range=(since, period.end), alike=None).order_by("pk")
    known: dict[int, tuple[int, str, date]] = {}

    def texts() -> Iterator[tuple[int, str]]:
        for pk, writer, title, day, text in rows.values_list(
            "pk", "writer", "title", "submitted_on", "text"
        ).iterator(500):
            assert day is not None
            known[pk] = writer, title, day
            yield pk, text

    for group in groups(texts(), REWORDED.on(period.end)):
        if any(known[pk][2] >= period.start for pk in group):
            yield _same_words(group, known)


def _same_words(group: Sequence[int], known: dict[int, tuple[int, str, date]]) -> Finding:
    days = [known[pk][2] for pk in group]
    writers: Iterable[int] = dict.fromkeys(known[pk][0] for pk in group)
    key = "-".join(map(str, group[:15]))
    return Finding(
        Pattern.REWORDED, f"{Pattern.REWORDED}:{key}", tuple(writers), len(group),
        _midnight(min(days)), _midnight(max(days)), max(group),
        _("낱말이 같은 지식 %(count)d건: %(title)s") % {"count": len(group), "title": known[group[0]][1]},
    )  # fmt: skip
