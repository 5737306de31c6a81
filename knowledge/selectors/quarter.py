"""What the board was like in some days: what was brought, read and said, what is still true (R1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, FloatField, Q, QuerySet
from django.utils import timezone

from knowledge.enums import SHOWN, CampaignState, Counted, PostState, Validity
from knowledge.models import Campaign, Opinion, Post, Reading
from knowledge.selectors.campaigns import posts_of

TOP, FEWEST_RATERS = 10, 3
Days = tuple[date, date]
COUNTED: dict[str, Q] = {
    Counted.BROUGHT.value: Q(source_mark=""),
    Counted.STANDING.value: Q(source_mark="", state__in=SHOWN),
    Counted.WAITING.value: Q(source_mark="", state=PostState.WAITING),
    Counted.REJECTED.value: Q(source_mark="", state=PostState.REJECTED),
    Counted.RESULTS.value: ~Q(source_mark=""),
}
COUNTS: dict[str, Any] = {name: Count("pk", filter=which) for name, which in COUNTED.items()}


def counted(rows: QuerySet[Post]) -> QuerySet[Post]:
    """Those that reports count: drafts are none yet, past ones none of the days in which they were taken in."""
    return rows.filter(is_past=False).exclude(state__in=(PostState.DRAFT, PostState.DROPPED))


def brought(days: Days) -> Any:
    """Posts asked for in these days, with results of other work that came to stand in them."""
    return counted(Post.objects.filter(submitted_on__range=days)).order_by()


def list_filter(days: Days, what: str, **more: Any) -> dict[str, Any]:
    """What the list of posts is asked for, to show those behind a figure."""
    first, last = days
    return {"counted": what, "submitted_from": first, "submitted_to": last, **more}


def _moments(days: Days) -> tuple[datetime, datetime]:
    first, last = days
    at = [timezone.make_aware(datetime.combine(day, time())) for day in (first, last + timedelta(days=1))]
    return at[0], at[1]


def _read(days: Days) -> Any:
    begin, end = _moments(days)
    return Reading.objects.filter(at__gte=begin, at__lt=end).order_by()


def _said(days: Days) -> Any:
    begin, end = _moments(days)
    return Opinion.objects.standing().filter(at__gte=begin, at__lt=end).order_by()


@dataclass(frozen=True)
class Activity:
    """Of some days. `readers`: people who read anything."""

    brought: int
    standing: int
    waiting: int
    rejected: int
    results: int
    views: int
    readers: int
    opinions: int


def activity(days: Days) -> Activity:
    """Three questions."""
    posts = brought(days).aggregate(**COUNTS)
    read = _read(days).aggregate(views=Count("pk"), readers=Count("user", distinct=True))
    return Activity(**posts, **read, opinions=_said(days).count())


def by_kind(days: Days) -> dict[tuple[str, str], dict[str, int]]:
    """By area and type."""
    rows = brought(days).values("area", "type").annotate(**COUNTS)
    return {(row.pop("area"), row.pop("type")): row for row in rows}


@dataclass(frozen=True)
class OfDepartment:
    """`views` and `opinions` are those its posts had, whoever wrote them."""

    pk: int
    name: str
    brought: int = 0
    standing: int = 0
    waiting: int = 0
    rejected: int = 0
    views: int = 0
    opinions: int = 0


def by_department(days: Days) -> list[OfDepartment]:
    """As departments are called today, the most first. Three questions."""
    found: dict[tuple[int, str], dict[str, int]] = {}
    names = ("department", "department__name")
    posts = brought(days).values(*names).annotate(**COUNTS).filter(brought__gt=0)
    for row in posts:
        found[row.pop(names[0]), row.pop(names[1])] = row
    for what, rows in (("views", _read(days)), ("opinions", _said(days))):
        of = [f"post__{name}" for name in names]
        for pk, name, n in rows.values(*of).annotate(n=Count("pk")).values_list(*of, "n"):
            found.setdefault((pk, name), {})[what] = n
    lines = [
        OfDepartment(pk, name, **{key: n for key, n in row.items() if key != "results"})
        for (pk, name), row in found.items()
    ]
    return sorted(lines, key=lambda one: (-one.brought, -one.views, one.name))


def validity() -> dict[tuple[str, str], int]:
    """What stands today, by type and whether one may go by it."""
    rows = Post.objects.standing().order_by().values_list("type", "validity").annotate(n=Count("pk"))
    return {(type_, valid): n for type_, valid, n in rows}


def overdue(day: date) -> int:
    """Posts whose owners should have looked by now."""
    return Post.objects.standing().filter(validity=Validity.CHECK, due_on__lt=day).count()


def most_read(days: Days) -> list[tuple[Post, int]]:
    top = _read(days).values("post").annotate(n=Count("pk")).order_by("-n", "post")[:TOP]
    counts = dict(top.values_list("post", "n"))
    posts = Post.objects.in_bulk(counts)
    return [(posts[pk], n) for pk, n in counts.items()]


def best_rated() -> Sequence[Post]:
    """Standing ones that several have rated, each with `mean`."""
    mean = ExpressionWrapper(F("stars") * 1.0 / F("raters"), output_field=FloatField())
    rows = Post.objects.standing().filter(raters__gte=FEWEST_RATERS).annotate(mean=mean)
    return list(rows.order_by("-mean", "-raters", "pk")[:TOP])


def campaigns(days: Days) -> list[tuple[Campaign, int, int]]:
    """Registration days that ended or ran in these days: posts brought, and how many of them stand."""
    first, last = days
    rows = Campaign.objects.filter(begins_on__lte=last, ends_on__gte=first)
    rows = rows.exclude(state__in=(CampaignState.WITHDRAWN, CampaignState.PLANNED)).order_by("begins_on")
    found = []
    for one in rows:  # one or two
        posts = posts_of(one)
        found.append((one, posts.count(), posts.filter(state__in=SHOWN).count()))
    return found
