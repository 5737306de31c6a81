"""Cuts the fonts into parts that a browser fetches only when a page has their letters (used by scripts/assets.py).

Pretendard GOV may not be changed under its name (SIL OFL, reserved font name): what is cut here is called otherwise.
See docs/adr/0020-fonts-in-parts.md.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Changui Sans"
# Weight (one of 500 is drawn by the first), syllables in the part that every page needs: headings are short.
STYLES = {"Regular": (400, 480), "Bold": (700, 240)}
SYLLABLES = Path(__file__).with_name("syllables.txt")  # what Korean texts use, commonest first
OTHERS = 60  # syllables in each of the other parts
HANGUL = range(0xAC00, 0xD7A4)
BASIC = {*range(0x20, 0x7F), 0xA0, 0x2060, *map(ord, "·…–—‘’“”←→×°※○●①②③④⑤⑥⑦⑧⑨⑩「」✓㎡₩")}
COPYRIGHT_AND_LICENCE = (0, 13, 14)
NAMES = (1, 3, 4, 6, 16)
FACE = (
    '@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
    'src: url("{file}") format("woff2"); unicode-range: {range}; }}\n'
)


def write_fonts(source: Path, target: Path) -> int:
    """The parts and their style sheet fonts.css; returns how many parts there are."""
    target.mkdir(parents=True, exist_ok=True)
    faces = []
    for style, (weight, first) in STYLES.items():
        font = BytesIO(unpacked(source / f"PretendardGOV-{style}.subset.woff2"))
        for number, (letters, covered) in enumerate(parts({*TTFont(font).getBestCmap()}, first)):
            name = f"{style.lower()}-{number}.woff2"
            # Built again, a part is the same file: browsers keep it over releases.
            cut(TTFont(font, recalcTimestamp=False), letters, target / name)
            faces.append(FACE.format(family=FAMILY, weight=weight, file=name, range=ranges(covered)))
    (target / "fonts.css").write_text("".join(faces), encoding="utf-8")
    return len(faces)


def parts(letters: set[int], first: int) -> Iterator[tuple[list[int], set[int]]]:
    """The letters of each part, and those for which it is asked. Of two parts that claim a letter a browser takes the
    later one: rare ones claim all that lies between their letters, which keeps the style sheet short."""
    common = [
        ord(letter) for letter in SYLLABLES.read_text(encoding="utf-8") if ord(letter) in letters & {*HANGUL}
    ]
    rare = sorted(letters & {*HANGUL} - {*common})
    for part in batched(rare, OTHERS):
        yield part, {*range(part[0], part[-1] + 1)}
    basic = sorted(BASIC & letters)
    signs = sorted(letters - {*HANGUL, *basic})
    for part in [signs, *batched(common[first:], OTHERS), [*basic, *common[:first]]]:
        yield part, {*part}


def batched(letters: list[int], size: int) -> list[list[int]]:
    return [letters[start : start + size] for start in range(0, len(letters), size)]


def unpacked(file: Path) -> bytes:
    """The font without compression: it is read once for each part."""
    font, target = TTFont(file, recalcTimestamp=False), BytesIO()
    font.flavor = None
    font.save(target)
    return target.getvalue()


def cut(font: TTFont, letters: list[int], target: Path) -> None:
    options = Options(
        layout_features=["ccmp", "kern", "mark"],
        name_IDs=[*COPYRIGHT_AND_LICENCE, *NAMES],
        notdef_outline=True,
    )
    options.drop_tables += ["vhea", "vmtx"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in NAMES:
            record.string = FAMILY.replace(" ", "") if record.nameID == 6 else FAMILY
    font.flavor = "woff2"
    font.save(target)


def ranges(letters: set[int]) -> str:
    """`U+20-7e, U+b7` …"""
    runs: list[list[int]] = []
    for letter in sorted(letters):
        if runs and letter == runs[-1][1] + 1:
            runs[-1][1] = letter
        else:
            runs.append([letter, letter])
    return ", ".join(f"U+{a:x}" if a == b else f"U+{a:x}-{b:x}" for a, b in runs)
