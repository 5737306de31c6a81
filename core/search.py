"""Search: the words one looks for, folded (D3) and bounded, in lists and over everything one may see."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.models import CharField, Lookup, Q, QuerySet, TextField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from basis.folding import DOTS, fold, folded
from basis.sockets import Socket
from core.rows import Text, statement

MOST_WORDS = 10
LONGEST = 100
FIRST = 5  # hits of a kind that are shown; its list has the others
TOO_MANY = _("낱말 10개, 100자까지 찾을 수 있습니다.")
Rows = TypeVar("Rows", bound=QuerySet)


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """`title__holds="점자·음성"`: the folded word stands somewhere in the folded text."""

    lookup_name = "holds"

    def get_prep_lookup(self) -> str:
        return fold(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self._in(compiler, connection, "instr(fold({}), {}) > 0")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        dots = f"translate({{}}, '{DOTS}', '{'·' * len(DOTS)}')"
        return self._in(compiler, connection, f"strpos(lower(normalize({dots}, NFKC)), {{}}) > 0")

    def _in(self, compiler: Any, connection: Any, sql: str) -> tuple[str, tuple[Any, ...]]:
        text, of_text = self.process_lhs(compiler, connection)
        word, of_word = self.process_rhs(compiler, connection)
        return sql.format(text, word), (*of_text, *of_word)


class SoughtField(TextField):
    """What a row may be found by: what its `told_words` gives, folded whenever it is saved, so that no search folds it
    again (a hundred thousand long texts take seconds to fold)."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        found = fold(model_instance.told_words())
        setattr(model_instance, self.attname, found)
        return found


@SoughtField.register_lookup
class HoldsFolded(Holds):
    """Of a text that is folded already."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self._in(compiler, connection, "instr({}, {}) > 0")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self._in(compiler, connection, "strpos({}, {}) > 0")


def teach(connection: Any, **_more: Any) -> None:
    """SQLite folds by our own function."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("fold", 1, folded, deterministic=True)


connection_created.connect(teach, dispatch_uid="core.search")


def words_of(text: str) -> list[str]:
    """The words to look for, no more than a search takes."""
    return fold(text[:LONGEST]).split()[:MOST_WORDS]


def found(rows: Rows, text: str, *places: str, whole: Sequence[str] = ()) -> Rows:
    """The rows that hold every word in one of these places, or have it as the `whole` of others (numbers, codes)."""
    for word in words_of(text):
        rows = rows.filter(anywhere(word, *places, whole=whole))
    return rows


def anywhere(word: str, *places: str, whole: Sequence[str] = ()) -> Q:
    held = ((f"{place}__holds", word) for place in places)
    return Q(*held, *((f"{place}__iexact", word) for place in whole), _connector=Q.OR)


class WordsField(forms.CharField):
    """What one looks for; more than a search takes is refused beside the field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST, "error_messages": {"max_length": TOO_MANY}, **options})

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value.split()) > MOST_WORDS:
            raise forms.ValidationError(TOO_MANY)


class WordsFilter(django_filters.CharFilter):
    """The search of a list: every word in one of `places`, unless it has a method of its own."""

    field_class = WordsField

    def __init__(self, *places: str, **options: Any) -> None:
        super().__init__(**options)
        self.places = places

    def filter(self, qs: Rows, value: str) -> Rows:
        return found(qs, value, *self.places)


@dataclass(frozen=True)
class Hit:
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """Hits of one kind; `more_url` leads to the list with the same words."""

    label: Any
    hits: Sequence[Hit]
    total: int
    more_url: str


@dataclass(frozen=True)
class Sought:
    """What of one kind holds the words and may be seen: `rows`, those to show first in front, each told by `hit`."""

    label: Any
    rows: QuerySet[Any]
    hit: Callable[[Any], Hit]
    more_url: str


@dataclass(frozen=True)
class Ranked:
    """The same of a kind that the index of words knows; `find` gives so many hits at most, and how many there are."""

    label: Any
    find: Callable[[int], tuple[Sequence[Hit], int]]
    more_url: str


Provider = Callable[[Any, str], Sought | Ranked]  # user, words
PROVIDERS: Socket[Provider] = Socket("search")


def listed(url_name: str, words: str) -> str:
    """Where the list stands, with the same words in its filter."""
    return f"{reverse(url_name)}?{urlencode({'q': words})}"


def search(user: Any, words: str, limit: int = FIRST) -> list[Group]:
    """The kinds with hits. One question counts those of all kinds; the first are fetched where there are any."""
    asked = [provider(user, words) for provider in PROVIDERS]
    totals = _totals({n: one.rows for n, one in enumerate(asked) if isinstance(one, Sought)})
    groups = []
    for number, one in enumerate(asked):
        if isinstance(one, Ranked):
            hits, total = one.find(limit)
        elif total := totals.get(number, 0):
            hits = [one.hit(row) for row in one.rows[:limit]]
        if total:
            groups.append(Group(one.label, hits, total, one.more_url))
    return groups


def _totals(asked: Mapping[int, QuerySet[Any]]) -> dict[int, int]:
    parts = []
    for number, rows in asked.items():
        with suppress(EmptyResultSet):  # what one may see nothing of
            counted = {"number": Text(str(number)), "rows": rows.order_by().values("pk")}
            parts.append(statement(_COUNTED, **counted))
    if not parts:
        return {}
    with connection.cursor() as cursor:  # not prepared: what is looked for decides how
        sql = " UNION ALL ".join(sql for sql, _values in parts)
        cursor.execute(sql, [value for _sql, values in parts for value in values])
        return dict(cursor.fetchall())


_COUNTED = "SELECT {number}, count(*) FROM ({rows}) AS found"
