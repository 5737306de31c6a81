"""What a row of a sheet is when it is no data: titles, units and dates above; totals, notes and numbers below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from basis.days import whole_year
from basis.folding import fold
from basis.tables.grids import Grid

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=\s*(?:년|년도|학년|\.|-|/|~|$|\D))")
_SHORT_YEAR = re.compile(r"['’‘`](\d{2})(?=\s*(?:년|\.|$|\D))")
_UNIT = re.compile(r"단\s*위\s*[:：]?\s*([^)\]）>]{1,20})")
_TOTAL = re.compile(
    r"(?:총|누|소|월|연|합|중)?계|합산|총합|평균|총합계|[가-힣0-9·]*(?:소계|합계|총계|누계)|(?:sub|grand)?total"
)
_NOTE = re.compile(
    r"[※□■◆◇▶▷☞★☆]|\*+\s|\*{2}|주\s*\d*\s*[):：.]|비\s*고\s*[:：]|참\s*고\s*[:：]|출\s*처|자료\s*[:：]|작성|끝\s*\.?$|-\s*끝"
    r"|-?\s*이하\s*(?:여백|빈\s*칸)|붙\s*임|[【「]|[Ⅰ-Ⅻ]\s*\.?|[(（]?\s*단\s*위|-\s*\d+\s*-$|\d+\s*/\s*\d+\s*(?:쪽|페이지)|[①-⑳]"
)
_COUNT_OF = re.compile(
    r"\d[\d,]*\s*(?:개|건|종|곳)\s*[가-힣]{0,6}\s*(?:\(.*\))?", re.DOTALL
)  # 13개 사업 (12, 1)
_BAND = 20  # characters
_RUNNING = {"연번", "번호", "순번", "no", "no.", "순", "일련번호", "#", "연 번", "순 번", "번 호"}


@dataclass(frozen=True)
class Above:
    """What the rows above a head say."""

    title: str = ""
    year: int | None = None
    unit: str = ""
    lines: int = 0


def year_in(text: str) -> int | None:
    """The only year that a title or a sheet's name speaks of."""
    found = {int(year) for year in _YEAR.findall(text)}
    found |= {whole_year(int(year)) for year in _SHORT_YEAR.findall(text)}
    return found.pop() if len(found) == 1 else None


def look_above(grid: Grid, start: int, head: int) -> Above:
    """Title, year and unit from the rows above the head; the year from the sheet's name before the rest."""
    lines = [line for line in grid.lines[grid.place(start) :] if line.number < head]
    title, unit, year = "", "", None
    for line in lines:
        texts = [" ".join(value.split()) for value in line.values if type(value) is str]
        for text in texts:
            if found := _UNIT.search(text):
                unit = unit or found[1].strip()
        if len(texts) == 1 and not title and not _UNIT.search(texts[0]):
            title = texts[0]
    year = year_in(title) or year_in(grid.name)
    return Above(title, year, unit, len(lines))


def is_running_number(heading: str) -> bool:
    return fold(heading) in _RUNNING


def is_total(texts: Sequence[str], cells: Sequence[tuple[int, object]]) -> bool:
    """A word of sums in one of the first cells, and nothing but numbers after it."""
    for i, text in enumerate(texts[:3]):
        word = re.sub(r"\s+|\(.*\)|[:：]", "", fold(text))
        if type(cells[i][1]) is str and word and _TOTAL.fullmatch(word):
            return not any(_is_prose(text) for text in texts[i + 1 :])
    return False


def _is_prose(text: str) -> bool:
    if text.startswith("=") or _COUNT_OF.fullmatch(
        text
    ):  # a sum that was never worked out; how many there are
        return False
    return not re.fullmatch(r"[-\d.,%\s건명원천백만억회개년월일△▲()~/:]*", text) and not _TOTAL.fullmatch(
        fold(text)
    )


def is_numbering(values: Sequence[object]) -> bool:
    """`①②③`, `(1)(2)(3)`: the numbers of the columns under a head."""
    numbers = [_ordinal(value) for value in values]
    return len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1))


def _ordinal(value: object) -> int | None:
    if isinstance(value, int):
        return value
    text = re.sub(r"[()\[\]]", "", fold(value))  # folding makes 1 of ①
    return int(text) if text.isdecimal() and len(text) < 3 else None


def is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,()-]+", text))


def band_year(values: Sequence[object]) -> int | None:
    """The year that a row says and nothing else: `2014년`, `□ 2014년도 추진`."""
    text = values[0]
    return year_in(text) if len(values) == 1 and type(text) is str and len(text) <= _BAND else None


def is_note(texts: Sequence[str], width: int, columns: int) -> bool:
    """Something said under or between the rows: a sign of it, or one text across most of the table."""
    if len(texts) <= 2 and _NOTE.match(texts[0]):
        return True
    return len(texts) == 1 and columns >= 3 and width * 2 >= columns
