"""Finding by words: what holds every word, counted exactly, the best of it first.

In two steps, as no database can look closely at thirty thousand texts for one page. One statement finds and counts all
of `among` that have every word, and puts them in order by where the words stand, by weight and by day, without reading
any text. Then the texts of a block of that order, which holds the page, are looked at: how near they come to what was
typed decides within the block.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from core.finding.database import COVER, INDEX, SHORT, keys, phrase
from core.finding.words import Piece, Words
from core.models import Passage, Place
from core.now import today
from core.rows import Statement, Text, by_index, statement

BLOCK = 100  # of one order looked at closely
POINTS = {Place.TITLE: 100, Place.TAGS: 60, Place.BODY: 30, Place.FILE_NAME: 25, Place.FILE: 12}
YEARS = 10 * 365  # days after which a thing is no older
AGING = 20  # of a hundred taken from it by then


class Found(NamedTuple):
    """A thing, where the best of what was looked for stands (in which file of it), and the text around that."""

    pk: int
    score: float
    place: Place
    file: UUID | None
    pieces: Sequence[Piece]


class Result(NamedTuple):
    """`total` counts all that was found, `found` is the part asked for."""

    total: int
    found: Sequence[Found]


NOTHING = Result(0, ())


class _Text(NamedTuple):
    place: Place
    file: UUID | None
    text: str


def find(kind: ContentType, words: str, among: QuerySet[Any], limit: int, offset: int) -> Result:
    """Two questions to the database, whatever is found."""
    sought = Words.of(words)
    if not sought or limit <= 0:
        return NOTHING
    first, last = offset // BLOCK, (offset + limit - 1) // BLOCK
    try:
        ranked = _ranked(kind, sought, among, BLOCK * (last - first + 1), BLOCK * first)
        if not ranked and offset:
            return Result(next((total for *_rest, total in _ranked(kind, sought, among, 1, 0)), 0), ())
    except EmptyResultSet:
        return NOTHING
    if not ranked:
        return NOTHING
    texts = _texts(kind, sought, [pk for pk, *_rest in ranked])
    scored = [(pk, _score(sought, texts[pk]) * factor, day) for pk, factor, day, _total in ranked]
    ordered: list[tuple[int, float, int]] = []
    for begin in range(0, len(scored), BLOCK):
        ordered += sorted(scored[begin : begin + BLOCK], key=lambda one: (-one[1], -one[2], -one[0]))
    begin = offset - BLOCK * first
    page = [_found(sought, pk, score, texts[pk]) for pk, score, _day in ordered[begin : begin + limit]]
    return Result(ranked[0][-1], page)


def _found(sought: Words, pk: int, score: float, texts: Sequence[_Text]) -> Found:
    best = max(texts, key=lambda text: (_points(sought, text), -text.place))
    return Found(pk, score, best.place, best.file, sought.pieces(best.text))


def _score(sought: Words, texts: Sequence[_Text]) -> float:
    """For each word what the best of its places gives; more where all stand together, most where they do as typed."""
    best: dict[str, float] = defaultdict(float)
    for text in texts:
        for word, near in sought.nearness(text.text).items():
            best[word] = max(best[word], POINTS[text.place] * near / 100)
    each = sum(best[word] for word in sought.each) / len(sought.each)
    return each + best[sought.whole] * bool(sought.whole) + best[""] / 2


def _points(sought: Words, text: _Text) -> float:
    near = sought.nearness(text.text)
    return POINTS[text.place] * (sum(near.values()) + 100 * sum(word in near for word in sought.each))


def _ranked(
    kind: ContentType, sought: Words, among: QuerySet[Any], limit: int, offset: int
) -> list[tuple[int, float, int, int]]:
    """Key, factor of weight and age, day, and how many there are in all."""
    aged = Text(f"CASE WHEN age > {YEARS} THEN {AGING} ELSE age * {AGING} / {YEARS} END")
    columns = range(len(sought.sought))
    every = " AND ".join(f"max(w{n}) > 0" for n in columns[: len(sought.each)])
    whole = f" OR max(w{columns[-1]}) > 0" if sought.whole else ""
    hits, values = _hits(kind, sought)
    sql, more = statement(
        _RANKED,
        hits=Text(hits),
        points=Text(" + ".join(f"max(w{n}) * {_share(sought, n)}" for n in columns)),
        every=Text(every + whole),
        today=Text(str(today().toordinal())),
        aged=aged,
        among=among.order_by().values("pk"),
        limit=limit,
        offset=offset,
    )
    rows = _ask((sql, [*values, *more]))
    return [(pk, weight * (100 - aged) / 10_000, day, total) for pk, weight, aged, day, total in rows]


def _share(sought: Words, number: int) -> int:
    """Of a word among several; the whole counts as much as all of them."""
    return len(sought.each) if number == len(sought.each) else 1


def _hits(kind: ContentType, sought: Words) -> Statement:
    """For each word the passages that hold it."""
    parts, values = [], []
    gives = "CASE place " + " ".join(f"WHEN {place:d} THEN {n}" for place, n in POINTS.items()) + " END"
    for number, word in enumerate(sought.sought):
        columns = ", ".join(f"{gives if n == number else 0} AS w{n}" for n in range(len(sought.sought)))
        sql, more = statement(
            _HITS,
            columns=Text(columns),
            source=Text(_source()),
            kind=kind.pk,
        )
        held, of_word = _held(word)
        parts.append(f"{sql} AND {held}")
        values += [*more, *of_word]
    return " UNION ALL ".join(parts), values


def _source() -> str:
    table = Passage._meta.db_table
    if connection.vendor == "sqlite":
        return f"{INDEX} CROSS JOIN {table} {by_index(COVER)} ON {table}.id = {INDEX}.rowid"
    return table


def _held(word: str) -> Statement:
    """The condition that a passage holds the word. Of a word of two letters the index says all there is to say."""
    if connection.vendor == "sqlite":
        return f"{INDEX} MATCH %s", [phrase(word)]
    if len(word) < 3:
        return f"{INDEX}(dense, place) @> %s::bigint[]", [keys(word)]
    return f"{INDEX}(dense, place) @> %s::bigint[] AND strpos(dense, %s) > 0", [keys(word), word]


def _texts(kind: ContentType, sought: Words, keys: Sequence[int]) -> dict[int, list[_Text]]:
    """Of each thing the text of each place that holds most of what is looked for."""
    holds = "instr" if connection.vendor == "sqlite" else "strpos"
    parts, values = [], []
    for word in sought.sought:
        only = f"place <= {SHORT:d} AND " if len(word) == 1 else ""
        parts.append(f"CASE WHEN {only}{holds}(dense, %s) > 0 THEN 1 ELSE 0 END")
        values.append(word)
    sql, more = statement(_TEXTS, table=Passage, kind=kind.pk, keys=list(keys))
    rows = _ask((sql.replace("/* held */", " + ".join(parts)), [*values, *more]))
    found: dict[int, list[_Text]] = defaultdict(list)
    for pk, place, file, text in rows:
        found[pk].append(_Text(Place(place), UUID(str(file)) if file else None, text))
    return found


def _ask(question: Statement) -> list[tuple[Any, ...]]:
    """Not prepared, as `rows.fetch` does: how common a word is decides how it is looked for."""
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return cursor.fetchall()


_HITS = "SELECT object_id, weight, day, {columns} FROM {source} WHERE content_type_id = {kind}"
_RANKED = """
SELECT object_id, weight, aged, day, count(*) OVER () FROM (
  SELECT object_id, weight, day, points, {aged} AS aged FROM (
    SELECT object_id, max(weight) AS weight, max(day) AS day, {today} - max(day) AS age, {points} AS points
    FROM ({hits}) AS hits GROUP BY object_id HAVING {every}
  ) AS things WHERE object_id IN ({among})
) AS ranked ORDER BY points * weight * (100 - aged) DESC, day DESC, object_id DESC LIMIT {limit} OFFSET {offset}
"""
_TEXTS = """
SELECT object_id, place, file_id, text FROM (
  SELECT object_id, place, file_id, text, held, id, row_number() OVER (
    PARTITION BY object_id, place ORDER BY held DESC, number, id
  ) AS rank FROM (
    SELECT id, object_id, place, file_id, text, number, /* held */ AS held FROM {table}
    WHERE content_type_id = {kind} AND object_id IN ({keys})
  ) AS passages WHERE held > 0
) AS best WHERE rank = 1 ORDER BY id
"""
