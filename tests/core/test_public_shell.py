"""What public pages stand on: fonts in parts, a small style sheet, a shell of their own."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from scripts.public_style import USED

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
SOURCE = ROOT / "node_modules" / "krds-uiux" / "resources" / "fonts"
WHOLE, PUBLIC = (f"krds/css/component/{name}.css" for name in ("output", "public"))
# What public pages are made of: all that extends their shell, and the components and fields they may hold.
PARTS = ("krds", "registration", "components")
LISTS = re.compile(
    r"list|pagination|progress|tabs|heat|timeline|steps\.html|table|tree|people"
)  # of staff pages
OURS = {"drop-list"}  # KRDS has another of this name
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")


def built(name: str) -> Path:
    found = finders.find(name)
    assert found, f"{name} is missing: run scripts/assets.py"
    return Path(found)


def classes(file: Path) -> set[str]:
    return set(CLASS.findall(re.sub(r"url\([^)]*\)", "", file.read_text())))


def is_public(path: Path) -> bool:
    place = path.relative_to(TEMPLATES)
    if place.parts[0] in PARTS and not LISTS.search(place.name):
        return True
    return place.name in ("header_public.html", "plain.html") or "base_public.html" in path.read_text()


def test_public_style_has_the_classes_of_public_pages() -> None:
    """Else add them to USED in scripts/public_style.py."""
    missing = classes(built(WHOLE)) - USED - OURS
    found = {}
    for path in filter(is_public, TEMPLATES.rglob("*.html")):
        named = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', path.read_text()))))
        if lost := named & missing:
            found[path.relative_to(TEMPLATES).as_posix()] = lost
    assert not found


def test_public_style_is_a_part_of_the_whole() -> None:
    public = built(PUBLIC).read_text()
    assert "krds-modal" not in public
    assert public.count("{") == public.count("}") > 100
    assert len(public) < len(built(WHOLE).read_text()) / 3


def faces() -> list[tuple[int, Path, set[int]]]:
    """Weight, file and claimed letters; all are readable in another font until they are there."""
    sheet, found = built("krds/fonts/fonts.css"), []
    pattern = r'weight: (\d+); font-display: swap; src: url\("(.+?)"\) .*?unicode-range: (.+?);'
    for face in sheet.read_text().split("@font-face")[1:]:
        read = re.search(pattern, face)
        assert read, face
        ends = [claim.removeprefix("U+").split("-") for claim in read[3].split(", ")]
        claimed = {letter for end in ends for letter in range(int(end[0], 16), int(end[-1], 16) + 1)}
        found.append((int(read[1]), sheet.parent / read[2], claimed))
    return found


@pytest.mark.parametrize(("weight", "style"), [(400, "Regular"), (700, "Bold")])
def test_every_letter_is_in_the_part_that_a_browser_asks_for(weight: int, style: str) -> None:
    """Of parts that claim a letter it takes the one declared last."""
    asked: dict[int, Path] = {}
    for _weight, file, claimed in (face for face in faces() if face[0] == weight):
        asked |= dict.fromkeys(claimed, file)
    held = {file: {*TTFont(file).getBestCmap()} for file in {*asked.values()}}
    lost = [
        chr(letter)
        for letter in TTFont(SOURCE / f"PretendardGOV-{style}.subset.woff2").getBestCmap()
        if letter not in asked or letter not in held[asked[letter]]
    ]
    assert not lost


def test_built_again_a_part_is_the_same_file() -> None:
    """Else browsers fetch all of them anew with each release."""
    made = {
        weight: TTFont(SOURCE / f"PretendardGOV-{style}.subset.woff2")["head"].modified
        for style, weight in (("Regular", 400), ("Bold", 700))
    }
    assert {(weight, TTFont(file)["head"].modified) for weight, file, _claimed in faces()} == {*made.items()}


def test_parts_keep_the_licence_and_give_up_the_reserved_name() -> None:
    for _weight, file, _claimed in faces():
        names = {record.nameID: record.toUnicode() for record in TTFont(file)["name"].names}
        assert "Kil Hyung-jin" in names[0]
        assert "Open Font License" in names[13]
        assert not any("Pretendard" in names[number] for number in names if number not in (0, 13))
