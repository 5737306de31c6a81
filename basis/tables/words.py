"""Their words and ours: heads to columns, and values to choices, by what is the same, remembered, or like it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import override
from rapidfuzz import fuzz, process

from basis.excel.columns import ImportColumn, display, head_key, languages, spellings
from basis.tables.finding import Heading
from basis.tables.heads import GROUP

How = Literal["same", "synonym", "remembered", "similar", "none"]
_LIKE = 72  # of 100; what is less alike is not even proposed
_SURE = ("same", "synonym", "remembered")
_RANK = {how: rank for rank, how in enumerate(("none", "similar", "remembered", "synonym", "same"))}
_ENDS = re.compile(r"(?:명|명칭|이름)$")
_DAYS = re.compile(r"(?:일자|날짜|일시)$")
_MARKS = re.compile(r"[·.,/()\-~_]")
_BRACKETS = re.compile(r"[(\[（].*?[)\]）]")
_YES, _NO = frozenset("○ ◯ o ㅇ v ✓ √ y 예".split()), frozenset("× x n 아니오 ✕".split())
CHOICE = ":"  # between column and code, where a column of ○ stands for one choice


@dataclass(frozen=True)
class Match:
    """A head and the column it means: `key`, or `key:code` where a ○ under it means that choice; "" is none."""

    heading: Heading
    key: str
    how: How

    @property
    def sure(self) -> bool:
        """Whether it may be taken without asking."""
        return self.how in _SURE

    @property
    def column(self) -> str:
        return self.key.partition(CHOICE)[0]

    @property
    def code(self) -> str:
        return self.key.partition(CHOICE)[2]


class Dictionary:
    """The words of some columns, made once per file."""

    def __init__(self, columns: Sequence[ImportColumn]) -> None:
        self.columns = columns
        self._heads: dict[str, tuple[str, How]] = {}
        for column in columns:
            for word in column.synonyms:
                self._heads.setdefault(head_key(word), (column.key, "synonym"))
        for column in columns:
            self._heads.update((word, (column.key, "same")) for word in spellings(column.label))
        self._bare = {_bare(word): self._heads[word][0] for word in reversed(self._heads)}
        self._choices = {c.key: choice_words(c) for c in columns if c.kind == "choice"}

    @property
    def heads(self) -> frozenset[str]:
        """What tells a head from other rows."""
        return frozenset(self._heads)

    def match(self, headings: Sequence[Heading], remembered: Mapping[str, str]) -> list[Match]:
        found = [self._one(heading, remembered) for heading in headings]
        best: dict[str, int] = {}
        for match in found:
            if match.key:
                best[match.key] = max(best.get(match.key, 0), _RANK[match.how])
        return [
            match
            if not match.key or _RANK[match.how] == best[match.key]
            else Match(match.heading, "", "none")
            for match in found
        ]

    def _one(self, heading: Heading, remembered: Mapping[str, str]) -> Match:
        whole = head_key(heading.text)
        if whole in remembered:
            return Match(heading, remembered[whole], "remembered")
        parts = heading.text.split(GROUP)
        for text in (heading.text, _BRACKETS.sub("", heading.text)):
            if found := self._heads.get(head_key(text)):
                return Match(heading, *found)
        if (bare := _bare(head_key(_BRACKETS.sub("", heading.text)))) in self._bare:
            return Match(heading, self._bare[bare], "synonym")
        if len(parts) > 1:
            return self._grouped(heading, parts)
        return self._similar(heading, whole)

    def _grouped(self, heading: Heading, parts: Sequence[str]) -> Match:
        """Under a group: one of its column's choices, or a head that says enough without its group, or with it."""
        groups = [self._heads.get(head_key(_BRACKETS.sub("", part))) for part in parts[:-1]]
        own = head_key(_BRACKETS.sub("", parts[-1]))
        for key in [group[0] for group in groups if group] + list(self._choices):
            code = self._choices.get(key, {}).get(own)
            if code is not None:
                return Match(heading, f"{key}{CHOICE}{code}", "synonym")
        for text in ("".join(parts), parts[-1], *parts[-2::-1]):
            if found := self._heads.get(head_key(_BRACKETS.sub("", text))):
                return Match(heading, found[0], "synonym")
        return self._similar(heading, own)

    def _similar(self, heading: Heading, key: str) -> Match:
        found = (
            process.extractOne(key, list(self._heads), scorer=fuzz.ratio, score_cutoff=_LIKE) if key else None
        )
        return Match(heading, self._heads[found[0]][0], "similar") if found else Match(heading, "", "none")


def _bare(key: str) -> str:
    """A head without the words that say only that it is a name or a day."""
    return _MARKS.sub("", _DAYS.sub("일", _ENDS.sub("", key))) or key


def unmarked(key: str) -> str:
    """A folded word without dots, strokes and brackets: `시·군·구` and `시군구` are one."""
    return _MARKS.sub("", key)


def match(
    headings: Sequence[Heading], columns: Sequence[ImportColumn], remembered: Mapping[str, str] | None = None
) -> list[Match]:
    """`remembered`: folded head → key of the column ("" for none)."""
    return Dictionary(columns).match(headings, remembered or {})


def choice_words(column: ImportColumn) -> dict[str, Any]:
    """Folded labels, in every language of the system, and codes → code."""
    words = {head_key(code): code for code, _label in column.options()}
    for language in languages():
        with override(language):
            words.update((head_key(label), code) for code, label in column.options())
    return words


def propose(written: Any, words: Mapping[str, Any], heading: str = "") -> Any:
    """The code of the choice that is most like what is written; None if none is. A ○ or × means what the head asks:
    `도입여부`."""
    key = head_key(display(written))
    if not key:
        return None
    if key in _YES or key in _NO:
        asked = head_key(heading)
        said = [word if key in _YES else f"미{word}" for word in words if len(word) > 1 and word in asked]
        return next((words[word] for word in said if word in words), None)
    parts = {code for word, code in words.items() if key in _MARKS.split(word)}
    if len(parts) == 1:  # `과` of `과·담당관`
        return parts.pop()
    inside = [word for word in words if len(word) >= 2 and (word in key or (len(key) >= 2 and key in word))]
    if len({words[word] for word in inside}) == 1:
        return words[inside[0]]
    found = process.extractOne(key, list(words), scorer=fuzz.ratio, score_cutoff=_LIKE - 12)
    return words[found[0]] if found else None
