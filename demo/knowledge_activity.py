"""Who read, rated and commented on posts in the last full quarter of the demonstration and since (K2, K3, K5)."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice
from typing import Any

from core.now import now, pretend
from demo.days import workday_before, workday_from
from demo.files import read
from demo.knowledge import quarter_before
from demo.organization import person
from demo.timeline import Timeline, do
from knowledge.enums import Area
from knowledge.models import Opinion, Post, Reading
from knowledge.services import opinions, ratings, readings
from organization.models import User

VISITS = 6  # days of each person in the quarter on which they look at the board
BEFORE_END = 8  # days before the quarter's end on which they do so last
SELDOM = 21  # days between two looks since
HASTY_BEFORE = 7  # days ago somebody was in a hurry
READING = timedelta(minutes=2)
STARS = (5, 4, 5, 3, 4)
Row = dict[str, Any]


def add(timeline: Timeline, today: date) -> None:
    said = read("knowledge")["activity"]
    timeline.grow(Reading, Opinion)
    quarter = quarter_before(today)
    first = quarter.start + timedelta(days=3)
    gap = ((quarter.end - first).days - BEFORE_END) // (VISITS - 1)
    for place, row in enumerate(said["people"]):
        one = Reader(row, place, said["sayings"])
        for visit in range(VISITS):
            day = workday_from(first + timedelta(days=visit * gap + place % 3))
            timeline.add(day, partial(one.look, visit))
        since = workday_from(quarter.end + timedelta(days=SELDOM + place))
        while since < today - timedelta(days=HASTY_BEFORE):
            timeline.add(since, partial(one.look, 0))
            since = workday_from(since + timedelta(days=SELDOM))
    timeline.add(workday_before(today - timedelta(days=HASTY_BEFORE)), partial(_hurry, said["hasty"]))


def _hurry(row: Row) -> None:
    """Everything opened at once, then clicked through; the same words under the first of it."""
    who = person(row["by"])
    opened = [(post, readings.opening(post, who)) for post in _unread(who, row["readings"])]
    for place, (post, opening) in enumerate(opened):
        with pretend(now() + READING + timedelta(seconds=5 * place)):
            do(readings.read, post, opening, actor=who)
            if place < row["opinions"]:
                do(opinions.say, post, row["says"], actor=who)


def _unread(who: User, many: int) -> Sequence[Post]:
    """What others wrote and this person has not read yet, the newest first."""
    rows = Post.objects.standing().filter(area=Area.WORK, source_mark="").exclude(tags="")
    rows = rows.exclude(writer=who).exclude(owner=who).exclude(readings__user=who)
    return list(rows.order_by("-approved_on", "-pk")[:many])


class Reader:
    """Somebody who looks at the board now and then, as their row has it."""

    def __init__(self, row: Row, place: int, sayings: list[str]) -> None:
        self.row, self.place = row, place
        self.sayings = islice(cycle(sayings), place, None)

    def look(self, visit: int) -> None:
        """Reads, comments on some of what was read, rates every second."""
        who = person(self.row["by"])
        read_now, said_now = (self._share(name, visit) for name in ("readings", "opinions"))
        for number, post in enumerate(_unread(who, read_now)):
            self._read(post, who)
            if number % 2:
                do(ratings.rate, post, STARS[(number + self.place) % len(STARS)], actor=who)
            if number < said_now:
                text = next(self.sayings).format(tag=post.tag_list[0])
                do(opinions.say, post, text, actor=who)

    def _share(self, name: str, visit: int) -> int:
        """Of all in the quarter, those of this day."""
        whole: int = self.row[name]
        return whole * (visit + 1) // VISITS - whole * visit // VISITS

    def _read(self, post: Post, who: User) -> None:
        opened = readings.opening(post, who)
        with pretend(now() + READING):
            do(readings.read, post, opened, actor=who)
