"""Small pictures of attached ones: nothing of the file but what it shows (P17)."""

import io
import struct
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core import attachments, pictures
from tests import factories as make
from tests.drawn import bomb, picture


def drawn(data: bytes) -> Any:
    small = pictures.small(io.BytesIO(data))
    assert small is not None
    return Image.open(io.BytesIO(small))


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK")],
)
def test_every_kind_becomes_a_small_jpeg(kind: str, mode: str) -> None:
    color = 0 if mode in ("P",) else (0,) * len(mode)
    found = drawn(picture(kind, (1600, 800), mode, color=color))
    assert (found.format, found.size, found.mode) == ("JPEG", (320, 160), "RGB")


def test_p17_nothing_that_a_camera_wrote_is_left_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held on its side
    exif[0x8825] = {1: "N", 2: (37.0, 33.0, 0.0)}  # the place
    found = drawn(picture("JPEG", (800, 600), exif=exif))
    assert (found.size, dict(found.getexif())) == ((240, 320), {})


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", picture()[:60], bomb(), b"%PDF-1.4 x", picture("TIFF"), b"GIF89a" + b"\xff" * 40],
)
def test_what_cannot_or_may_not_be_drawn_is_none(data: bytes) -> None:
    assert pictures.small(io.BytesIO(data)) is None


# ------------------------------------------------------------------------------------- whole, as it is kept

SECRET = b"SEOUL-37.5665-HONG-900101"


def laden(kind: str) -> bytes:
    """A picture with SECRET wherever cameras and programs write."""
    exif, text = Image.Exif(), SECRET.decode()
    exif[0x010E] = exif[0x013B] = text  # description, artist
    exif[0x8825] = {1: "N", 2: (37.0, 33.0, 0.0), 29: text}
    more: dict[str, Any] = {"exif": exif, "icc_profile": SECRET * 4}
    if kind == "PNG":
        notes = PngInfo()
        notes.add_text("Comment", text)
        notes.add_text("Packed", text, zip=True)
        notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{text}</x:xmpmeta>")
        more["pnginfo"] = notes
    elif kind == "GIF":
        more = {"comment": SECRET}
    else:
        more["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if kind == "JPEG":
        more["comment"] = SECRET
    data = picture(kind, (64, 48), **more)
    if kind == "JPEG":
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET
        data = data[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + data[2:]
    return data + SECRET  # and behind its end


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_p17_no_byte_that_was_planted_survives(kind: str) -> None:
    before = laden(kind)
    assert before.count(SECRET) >= (2 if kind == "GIF" else 5)
    after = pictures.plain(io.BytesIO(before))
    found = Image.open(io.BytesIO(after))
    found.load()
    assert (found.format, found.size, dict(found.getexif())) == (kind, (64, 48), {})
    assert not {"exif", "xmp", "comment", "icc_profile", "photoshop", "Comment"} & set(found.info)
    assert not [at for at in range(len(SECRET) - 5) if SECRET[at : at + 6] in after]
    for name in (b"Exif", b"http", b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"8BIM", b"\xff\xfe"):
        assert name not in after


def test_p17_it_stands_upright_and_large_ones_shrink(monkeypatch: pytest.MonkeyPatch) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    monkeypatch.setattr(pictures, "MOST_KEPT", 120_000)
    for kind in ("JPEG", "PNG", "WEBP"):
        kept = Image.open(io.BytesIO(pictures.plain(io.BytesIO(picture(kind, (800, 600), exif=exif)))))
        assert kept.size == (300, 400)


def test_of_several_pictures_the_first_is_kept() -> None:
    pages, data = [Image.new("RGB", (8, 8), color) for color in ("red", "blue", "white")], io.BytesIO()
    for kind in ("GIF", "WEBP", "PNG"):
        data = io.BytesIO()
        pages[0].save(data, kind, save_all=True, append_images=pages[1:])
        kept: Any = Image.open(io.BytesIO(pictures.plain(data)))
        red = kept.convert("RGB").getpixel((4, 4))
        assert getattr(kept, "n_frames", 1) == 1
        assert red[0] > 230
        assert max(red[1:]) < 30


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_keeps_what_it_shows(mode: str) -> None:
    grey = {"I;16": 32768, "1": 1, "P": 1, "LA": (128, 255), "RGBA": (128, 128, 128, 255)}.get(mode, 128)
    before = picture("PNG", (8, 8), mode, color=grey)
    shown: Any = Image.open(io.BytesIO(pictures.plain(io.BytesIO(before)))).convert("L").getpixel((4, 4))
    expected: Any = Image.open(io.BytesIO(before)).convert("L").getpixel((4, 4)) if mode != "I;16" else 128
    assert shown == expected


@pytest.mark.parametrize(
    ("data", "error"),
    [(bomb(), pictures.TooLarge), (b"", ValueError), (picture()[:60], ValueError), (b"%PDF-1.4", ValueError)],
)
def test_what_cannot_be_drawn_is_said(data: bytes, error: type[ValueError]) -> None:
    with pytest.raises(error):
        pictures.plain(io.BytesIO(data))


@pytest.mark.django_db
def test_a_list_of_files_shows_pictures_small(client: Client) -> None:
    case = make.CaseFactory()
    files = [ContentFile(picture(), name="현장.png"), ContentFile(b"%PDF-1.4 x", name="a.pdf")]
    file, paper = attachments.attach(case, files, actor=make.planner())
    client.force_login(make.planner())
    page = client.get(case.get_absolute_url()).content.decode()
    url = reverse("small_picture", args=[file.pk])
    assert page.count('class="small-picture"') == page.count(url) == 1
    answer = client.get(url)
    assert answer["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(answer.content)).size == (320, 240)
    assert client.get(reverse("small_picture", args=[paper.pk])).status_code == 404
