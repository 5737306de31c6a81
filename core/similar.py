"""Things whose texts resemble a text that is being written.

Candidates come from an index of character bigrams (`core.models.Gram`), which works alike on SQLite and PostgreSQL;
they are ranked in Python by the letters (자모) they share, which forgives a mistyped syllable.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Count, QuerySet

from basis.sockets import Socket
from core.models import Gram
from core.rows import insert_plain

QUOTES = str.maketrans("‘’′＇`", "'''''")
WORD = re.compile(r"[^\W_]+")
NOTHING = re.compile(r"(?!)")

MAX_POSTINGS = 2000  # index entries read for one look-up; the rarest bigrams come first
MAX_CANDIDATES = 100  # texts ranked
FIRST = 2 * MAX_CANDIDATES  # of what was found looked up at once: mostly enough
BATCH = 500  # things indexed at a time
MARK = "·"  # before the beginnings of words of the text beside
BESIDE = 300  # characters read of that
SHARED = 2  # beginnings of words that related things have in common, at least


class Similar(NamedTuple):
    """A thing and how much its text resembles the one asked for: 0 (nothing) to 1 (the same)."""

    pk: int
    score: float


@dataclass(frozen=True)
class Texts:
    """The texts of one kind of thing.

    `fillers` are words that a text may carry whatever it is about, `noise` matches other parts that tell nothing.
    `beside`: a longer text of the thing, in which `related` finds the words of a short one. `cover` makes stars of what
    nobody may find it by.
    """

    model: type[models.Model]
    field: str
    fillers: frozenset[str] = frozenset()
    noise: re.Pattern[str] = NOTHING
    beside: str = ""
    cover: Callable[[str], str] = str

    def normalize(self, text: str) -> str:
        """What of a text tells the thing: without spaces, marks, noise and fillers, unless there is nothing else."""
        return "".join(self._words(text))

    def _words(self, text: str) -> list[str]:
        text = unicodedata.normalize("NFC", self.cover(text)).translate(QUOTES).lower()
        words = WORD.findall(self.noise.sub(" ", text))
        return [word for word in words if word not in self.fillers] or words

    def grams(self, text: str) -> frozenset[str]:
        """Character bigrams of the normalised text; of a single character, that character."""
        return _pieces(self.normalize(text), 2)

    def entries_of(self, thing: Any) -> frozenset[str]:
        """All that the index has of a thing."""
        beside = self._words(getattr(thing, self.beside)[:BESIDE]) if self.beside else []
        return self.grams(getattr(thing, self.field)) | {MARK + word[:2] for word in beside if len(word) > 1}

    def score(self, a: str, b: str) -> float:
        """How alike two texts are, 0 to 1: Dice coefficient of their letter trigrams."""
        return _dice(self._letters(a), self._letters(b))

    def find(
        self, text: str, among: QuerySet[Any], limit: int = 5, *, rarity: Mapping[str, int] | None = None
    ) -> list[Similar]:
        """The `limit` things of `among` (what the reader may see) whose texts resemble `text` most, best first.

        Three queries, four where much is hidden. What counts as similar enough is the caller's to say. Rarity is
        counted over all things, and only what was found is looked up in `among`: the other way about, SQLite goes
        through everything visible. `rarity`: what `rarity_of` has counted for many texts together.
        """
        found = [pk for pk, _n in self._sharing(self.grams(text), rarity)]
        texts: dict[int, str] = {}
        for part in (found[:FIRST], found[FIRST:]):
            if part and len(texts) < MAX_CANDIDATES:
                texts |= among.order_by().filter(pk__in=part).values_list("pk", self.field)
        letters, candidates = self._letters(text), islice((pk for pk in found if pk in texts), MAX_CANDIDATES)
        ranked = [Similar(pk, _dice(letters, self._letters(texts[pk]))) for pk in candidates]
        return sorted(ranked, key=lambda similar: (-similar.score, -similar.pk))[:limit]

    def related(self, text: str, among: QuerySet[Any], limit: int = 5) -> list[int]:
        """Keys of the things of `among` in whose text beside most words begin as parts of `text` do, at least two."""
        marked = frozenset(MARK + gram for gram in self.grams(text))
        found = [pk for pk, n in self._sharing(marked) if n >= SHARED][:FIRST]
        seen = set(among.order_by().filter(pk__in=found).values_list("pk", flat=True)) if found else set()
        return [pk for pk in found if pk in seen][:limit]

    def rarity_of(self, texts: Iterable[str]) -> dict[str, int]:
        """How many things have each bigram of these texts, in one question."""
        grams = {gram for text in texts for gram in self.grams(text)}
        return dict(
            self._entries().filter(gram__in=grams).values_list("gram").annotate(n=Count("*")).order_by()
        )

    def _sharing(
        self, grams: frozenset[str], rarity: Mapping[str, int] | None = None
    ) -> list[tuple[int, int]]:
        """Keys of the things that have the rarest of these, and how many of them; most first."""
        entries = self._entries()
        if rarity is None:
            counted = entries.filter(gram__in=grams).values_list("gram").annotate(n=Count("*"))
            rarity = dict(counted.order_by())
        known = sorted((rarity[gram], gram) for gram in grams if gram in rarity)
        chosen = _rarest({gram: n for n, gram in known})
        matches = entries.filter(gram__in=chosen).values_list("object_id").annotate(n=Count("*"))
        return list(matches.order_by("-n", "-object_id"))

    @transaction.atomic
    def index(self, things: Iterable[Any]) -> None:
        """Write the bigrams of these things' texts in place of the earlier ones."""
        kind, waiting = self._kind(), iter(things)
        while batch := list(islice(waiting, BATCH)):
            self._entries().filter(object_id__in=[thing.pk for thing in batch]).delete()
            grams = [(kind.pk, thing.pk, gram) for thing in batch for gram in self.entries_of(thing)]
            insert_plain(Gram, ("content_type", "object_id", "gram"), grams)

    def rebuild(self) -> int:
        """Index all there is anew, while others work, and forget what is gone. Returns how many there are.

        Locks: a batch of things at a time, as everyone does who changes their texts.
        """
        done, last, everything = 0, 0, self.model._base_manager
        while True:
            with transaction.atomic():
                rows = everything.select_for_update(of=("self",)).filter(pk__gt=last).order_by("pk")
                if not (batch := list(rows.only(self.field, *filter(None, [self.beside]))[:BATCH])):
                    break
                self.index(batch)
            done, last = done + len(batch), batch[-1].pk
        self._entries().exclude(object_id__in=everything.values("pk")).delete()
        return done

    def _kind(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    def _entries(self) -> QuerySet[Gram]:
        return Gram.objects.filter(content_type=self._kind())

    def _letters(self, text: str) -> frozenset[str]:
        return _pieces(unicodedata.normalize("NFD", self.normalize(text)), 3)


TEXTS: Socket[Texts] = Socket("similar texts", key=lambda texts: texts.model._meta.label_lower)


def _rarest(frequency: dict[str, int]) -> list[str]:
    """The rarest bigrams whose index entries together stay under MAX_POSTINGS, at least one."""
    chosen: list[str] = []
    postings = 0
    for gram, count in frequency.items():
        postings += count
        if chosen and postings > MAX_POSTINGS:
            break
        chosen.append(gram)
    return chosen


def _pieces(text: str, size: int) -> frozenset[str]:
    return frozenset(text[i : i + size] for i in range(max(len(text) - size, 0) + 1)) if text else frozenset()


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
