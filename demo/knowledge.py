"""The knowledge board of the demonstration (K1–K6): what stood there before, taken in as it is, and the last full
quarter with what came since, each step through its service."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from basis.documents.hwpx import render_hwpx
from basis.documents.model import Column, Document, Paragraph, Table, row
from basis.documents.xlsx import render_xlsx
from basis.periods import Period, PeriodKind, containing
from core.now import today as now_day
from demo.days import ONE_DAY, workday_after, workday_before, workday_from, workday_until
from demo.files import FOLDER, read
from demo.organization import department, person, planner
from demo.timeline import Timeline, Turn, do, logged
from knowledge.models import Field, Post
from knowledge.policies import REGISTRATION_AHEAD, REGISTRATION_MONTHS
from knowledge.services import campaigns, fields, looking, posts
from knowledge.services.past import PastPost, enter_past
from organization.enums import Position
from organization.models import User
from organization.selectors import heads_of, staff_of
from organization.services import staff

SECOND = "100014"  # the head of planning, who approves what the planner has written
VALID = (20, 340)  # days until a past post is to be looked at again, from the first to the last
LATE = 9  # days ago, at most, that those to be looked at have come due
APPROVED = 14  # days after which what was written stands, even if it was sent back once
LAST_DAYS = 4  # in which was written what waits
Row = dict[str, Any]


@dataclass(frozen=True)
class Board:
    """The data files, read once."""

    about: Row
    rows: list[Row] = field(default_factory=list)

    @property
    def past(self) -> list[Row]:
        return [one for one in self.rows if not one.get("played")]

    @property
    def played(self) -> list[Row]:
        return [one for one in self.rows if one.get("played")]


def board() -> Board:
    found = Board(read("knowledge"))
    for file in sorted((FOLDER / "knowledge").glob("*.toml")):
        said = read(f"knowledge/{file.stem}")
        common = {"department": said["about"]["department"], "field": said["about"]["field"]}
        found.rows.extend({**common, **one} for one in said["posts"])
    return found


def quarter_before(today: date) -> Period:
    return containing(today, PeriodKind.QUARTER).previous()


def add(timeline: Timeline, today: date) -> None:
    found, first = board(), quarter_before(today).start
    timeline.grow(Post)
    begun = workday_before(first)
    timeline.add(begun, partial(_found_fields, found))
    timeline.add(begun, partial(enter, found, today))
    _campaigns(timeline, first, today)
    _play(timeline, found, first, today)
    _move(timeline, found.about["moved"], first)
    for said in found.about["edited"]:
        timeline.add(once_it_stands(said, found, today), partial(_edit, said))


# -- what stood before
def _found_fields(found: Board) -> None:
    names = dict.fromkeys(one["field"] for one in found.rows)
    for order, name in enumerate(names, start=1):
        number = found.about["keepers"].get(name)
        values = {"name": name, "order": order, "keeper": number and person(number)}
        do(fields.save, None, values, actor=planner())


def enter(found: Board, today: date) -> None:
    """As it stands on `today`, which may be later: what is to be looked at comes due by itself."""
    do(enter_past, list(_past(found, today)), actor=planner())


def _past(found: Board, today: date) -> Iterator[PastPost]:
    rows, people, known = found.past, _Writers(found), {one.name: one for one in Field.objects.all()}
    first, last = VALID
    for place, one in enumerate(rows):
        ahead = first + (last - first) * place // len(rows)
        due = -(place % LATE) if one.get("check") else ahead
        yield PastPost(
            title=one["title"],
            text=one["text"].strip(),
            day=workday_until(today + timedelta(days=one["day"])),
            writer=people.of(one),
            department=department(one["department"]),
            area=one.get("area", "work"),
            type=one.get("type", "work"),
            field=known[one["field"]],
            tags=one["tags"],
            review_on=today + timedelta(days=due),
            old_reason=one.get("old", ""),
            files=files_of(found, one["title"]),
        )


class _Writers:
    """Who writes for a department: its officers by turns, else its head."""

    def __init__(self, found: Board) -> None:
        self.named: dict[str, str] = found.about["writers"]
        self.turns: dict[str, Iterator[int]] = {}
        self.staff: dict[str, Sequence[User]] = {}

    def of(self, one: Row) -> User:
        if number := self.named.get(one["title"]):
            return person(number)
        code = one["department"]
        if code not in self.staff:
            place = department(code).pk
            officers = staff_of(place).filter(position__in=(Position.OFFICER, Position.TEAM_LEADER))
            self.staff[code] = list(officers.order_by("employee_number")) or heads_of(place)
            self.turns[code] = count()
        return self.staff[code][next(self.turns[code]) % len(self.staff[code])]


def files_of(found: Board, title: str) -> list[ContentFile]:
    """Small documents whose words stand in no post."""
    return [
        ContentFile(_document(one), name=one["name"]) for one in found.about["files"] if one["title"] == title
    ]


def _document(said: Row) -> bytes:
    name, _dot, kind = said["name"].rpartition(".")
    lines: Sequence[str] = said["lines"]
    if kind == "hwpx":
        blocks: Any = tuple(Paragraph(line, "bullet") for line in lines)
    else:
        rows = tuple(row(number, line) for number, line in enumerate(lines, start=1))
        blocks = (Table((Column("번호", kind="int"), Column("내용", width=6)), rows),)
    document = Document(name, "한빛구청", now_day(), blocks)
    return render_hwpx(document) if kind == "hwpx" else render_xlsx(document)


# -- the quarter
def campaign_month(first: date, today: date) -> date | None:
    """The first day of the last registration days that are over by today and began in the quarter or since."""
    month = today.replace(day=1)
    while month > first:
        month = (month - ONE_DAY).replace(day=1)
        if month.month in REGISTRATION_MONTHS.on(month):
            return month
    return None


def _campaigns(timeline: Timeline, first: date, today: date) -> None:
    if begins := campaign_month(first, today):
        after = (begins + timedelta(days=31)).replace(day=1)
        for day in (begins - timedelta(days=REGISTRATION_AHEAD.on(begins)), begins, after):
            timeline.add(day, partial(_move_campaigns, day), Turn.DUTIES)


def _move_campaigns(day: date) -> None:
    with logged():
        campaigns.move(day)


def written_on(place: int, many: int, first: date, today: date) -> date:
    """Every second post in the registration days, the others evenly since the quarter's beginning."""
    days = (today - first).days - LAST_DAYS
    begins = campaign_month(first, today)
    if begins and place % 2:
        return workday_from(begins + timedelta(days=27 * place // many))
    return workday_from(first + timedelta(days=days * place // many))


def once_it_stands(said: Row, found: Board, today: date) -> date:
    """The day of what is said of a post; early in a quarter many were written later than that."""
    day, first = workday_until(today + timedelta(days=said["day"])), quarter_before(today).start
    played = [one["title"] for one in found.played]
    if said["title"] not in played:
        return max(day, workday_from(first))
    written = written_on(played.index(said["title"]), len(played), first, today)
    return max(day, workday_from(written + timedelta(days=APPROVED)))


def _play(timeline: Timeline, found: Board, first: date, today: date) -> None:
    said, people, rows = found.about, _Writers(found), found.played
    recent = [*said["now"]["waiting"], *said["now"]["drafts"]]
    for place, one in enumerate(rows):
        story = Story(one, found, people)
        written = written_on(place, len(rows), first, today)
        if one["title"] in recent:
            written = workday_until(today - timedelta(days=place % LAST_DAYS))
        timeline.add(written, story.write)
        if one["title"] in said["now"]["drafts"]:
            continue
        timeline.add(written, story.submit)
        if one["title"] in recent:
            continue
        looked = workday_after(written)
        if reason := said["returned"].get(one["title"]):
            timeline.add(looked, partial(story.send_back, reason))
            timeline.add(workday_after(looked), story.mend)
            looked = workday_after(workday_after(looked))
        if reason := said["rejected"].get(one["title"]):
            timeline.add(looked, partial(story.reject, reason))
            continue
        timeline.add(looked, story.approve)
        if one["title"] == said["about"]["pinned"]:
            timeline.add(workday_after(looked), story.pin)


class Story:
    """One post, as its row has it."""

    def __init__(self, one: Row, found: Board, people: _Writers) -> None:
        self.one, self.found, self.people = one, found, people

    @property
    def post(self) -> Post:
        return Post.objects.select_related("writer", "field").get(title=self.one["title"])

    @property
    def planner(self) -> User:
        """Nobody of planning approves their own."""
        who = planner()
        return person(SECOND) if who == self.post.writer else who

    def write(self) -> None:
        one = self.one
        values = {
            "title": one["title"],
            "text": one["text"].strip(),
            "area": one.get("area", "work"),
            "type": one.get("type", "work"),
            "field": Field.objects.get(name=one["field"]),
            "tags": one["tags"],
        }
        writer = person(self.people.of(one).employee_number)
        do(posts.write, values, files=files_of(self.found, one["title"]), actor=writer)

    def submit(self) -> None:
        do(posts.submit, self.post, actor=self.post.writer)

    def send_back(self, reason: str) -> None:
        do(posts.send_back, self.post, reason=reason, actor=self.planner)

    def mend(self) -> None:
        post = self.post
        text = f"{post.text}\n확인한 곳과 날짜를 글 끝에 적어 둡니다."
        do(posts.edit, post, {"text": text}, actor=post.writer)
        self.submit()

    def reject(self, reason: str) -> None:
        do(posts.reject, self.post, reason=reason, actor=self.planner)

    def approve(self) -> None:
        """By the field's keeper, where there is one who did not write it."""
        post = self.post
        keeper = post.field.keeper
        fits = keeper is not None and keeper != post.writer
        who = person(keeper.employee_number) if fits else self.planner
        do(posts.approve, post, actor=who)

    def pin(self) -> None:
        do(posts.pin, self.post, actor=planner())


def _edit(said: Row) -> None:
    post = Post.objects.select_related("writer").get(title=said["title"])
    text = f"{post.text}\n{said['text']}"
    do(posts.edit, post, {"text": text}, note=said["note"], actor=post.writer)


# -- somebody moves
def _move(timeline: Timeline, said: Row, first: date) -> None:
    day = workday_from(first + timedelta(days=said["after"]))
    timeline.add(day, partial(_transfer, said, day), Turn.ORGANISATION)
    timeline.add(workday_after(day), partial(_hand_over, said))


def _transfer(said: Row, day: date) -> None:
    who = person(said["by"])
    place = {"department": department(said["to"]), "position": who.position, "rank": who.rank}
    do(staff.transfer, who, **place, valid_from=day)


def _hand_over(said: Row) -> None:
    """All but the last few."""
    mover = person(said["by"])
    own: Iterable[Post] = Post.objects.standing().filter(owner=mover).exclude(department=mover.department)
    given = list(own)[: -said["left"]]
    if given:
        do(looking.hand_over, given, person(said["to_whom"]), actor=mover)
