"""Small pictures of attached ones: nothing of the file but what it shows (P17)."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from core import attachments, pictures
from tests import factories as make
from tests.drawn import picture


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


def bomb() -> bytes:
    """A PNG of a few bytes that says it is 30,000 pixels square."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", picture()[:60], bomb(), b"%PDF-1.4 x", picture("TIFF"), b"GIF89a" + b"\xff" * 40],
)
def test_what_cannot_or_may_not_be_drawn_is_none(data: bytes) -> None:
    assert pictures.small(io.BytesIO(data)) is None


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
