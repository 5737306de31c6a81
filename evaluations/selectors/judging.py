"""What a judge reads: the own sheets, and an entry as the kind tells it. No figure depends on anybody else (E3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from evaluations.enums import Ground, SheetState
from evaluations.kinds import Content, kind_of
from evaluations.models import Entry, Judge, Sheet
from evaluations.selectors.entries import entries_of, parties_of, said_of

SALT = "evaluations.party"
ANSWERED = (SheetState.DONE, SheetState.ABSTAINED)


@dataclass(frozen=True)
class Progress:
    done: int
    all: int

    @property
    def left(self) -> int:
        return self.all - self.done


def own_sheets(judge: Judge) -> QuerySet[Sheet]:
    rows = Sheet.objects.filter(judge=judge, entry__out=False).exclude(state=SheetState.VOID)
    return rows.select_related("entry__division").order_by("entry__number")


def progress_of(judge: Judge) -> Progress:
    found = (
        own_sheets(judge)
        .order_by()
        .aggregate(all=Count("pk"), done=Count("pk", filter=Q(state__in=ANSWERED)))
    )
    return Progress(found["done"], found["all"])


def states_of(judge: Judge) -> list[tuple[int, str]]:
    """The own sheets with their states, in order: places and progress are read from these alone."""
    return list(own_sheets(judge).values_list("pk", "state"))


def progress_in(states: Sequence[tuple[int, str]]) -> Progress:
    return Progress(sum(state in ANSWERED for _pk, state in states), len(states))


@dataclass(frozen=True)
class Place:
    """A sheet among the own ones."""

    number: int
    before: int | None
    after: int | None
    next_open: int | None


def place_of(sheet: Sheet, rows: Sequence[tuple[int, str]]) -> Place:
    """`rows`: of `states_of`."""
    pks = [pk for pk, _state in rows]
    at = pks.index(sheet.pk)
    next_open = first_open([*rows[at + 1 :], *rows[:at]])
    return Place(at + 1, pks[at - 1] if at else None, pks[at + 1] if at + 1 < len(pks) else None, next_open)


def first_open(rows: Sequence[tuple[int, str]]) -> int | None:
    return next((pk for pk, state in rows if state == SheetState.OPEN), None)


def content_of(entry: Entry) -> Content:
    """Without names where the round is blind."""
    return contents_of([entry])[entry.pk]


def contents_of(entries: Sequence[Entry]) -> Mapping[int, Content]:
    """Of several of one round at once."""
    round = entries[0].round
    found = kind_of(round).contents(entries)
    if not round.blind:
        return found
    return {pk: Content(one.parts, (), one.files) for pk, one in found.items()}


def named_files(content: Content, *, blind: bool) -> list[tuple[str, Any]]:
    """Files with the names they go by: blind, their own may say whose they are."""
    return [
        (
            _("첨부 %(number)d%(kind)s") % {"number": n, "kind": PurePath(file.name).suffix}
            if blind
            else file.name,
            file,
        )
        for n, file in enumerate(content.files, start=1)
    ]


@dataclass(frozen=True)
class Named:
    """An entrant as somebody reads it who has not signed: names and departments alone. `token` leads nowhere."""

    token: str
    names: str
    department: str
    known: str


def token_of(judge: Judge, entry: Entry) -> str:
    """Stands for an entry on the page of signing: its key would tell whose it is once the content opens."""
    return salted_hmac(SALT, f"{judge.pk}:{entry.pk}", algorithm="sha256").hexdigest()[:24]


def named(judge: Judge) -> list[Named]:
    """In the order of names, so that nothing tells which number is whose."""
    entries = list(entries_of(judge.stage).select_related("department"))
    parties = parties_of(judge.stage.round, entries)
    known = dict(judge.conflicts.values_list("entry", "ground"))
    labels = dict(Ground.choices)
    found = [
        Named(
            token_of(judge, entry),
            said_of(parties.get(entry.pk, ())),
            str(entry.department or ""),
            str(labels[known[entry.pk]]) if entry.pk in known else "",
        )
        for entry in entries
    ]
    return sorted(found, key=lambda one: (one.names, one.department, one.token))


def by_token(judge: Judge) -> dict[str, int]:
    return {token_of(judge, entry): entry.pk for entry in entries_of(judge.stage)}
