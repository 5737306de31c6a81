"""Files of things: what may be kept, where it lies, who gets it and how (B1)."""

import hashlib
import io
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from basis.errors import Rejected
from benchmarking.models import Case
from core import attachments, drafts, pictures
from core.models import Attachment
from organization.models import User
from tests.drawn import bomb, picture
from tests.factories import CaseFactory, ReviewFactory, UserFactory, answered, head, planner

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"
PNG = pictures.plain(io.BytesIO(picture()))
ZIP = b"PK\x03\x04" + bytes(60)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(60)
SVG = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(case: Case, *files: SimpleUploadedFile) -> list[Attachment]:
    return attachments.attach(case, files, actor=planner())


def fetch(client: Client, attachment: Attachment, user: User | None = None) -> Any:
    if user:
        client.force_login(user)
    answer = client.get(reverse("attachment", args=[attachment.pk]))
    answer.body = b"".join(answer)  # read to the end, which closes the file
    return answer


# ------------------------------------------------------------------------------------ what may be kept


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("계획.pdf", PDF),
        ("계획.PDF", PDF),
        ("보고서.hwpx", ZIP),
        ("보고서.hwp", OLE),
        ("옛 보고서.hwp", b"HWP Document File V3.00 \x1a\1\2\3\4\5" + bytes(40)),
        ("표.xlsx", ZIP),
        ("표.xls", OLE),
        ("그림.png", PNG),
        ("명단.csv", "이름,부서\n가,나".encode("cp949")),
        ("메모.txt", "회의 자료 " * 400),
        ("안내.txt", "<안내> 회의는 3시입니다."),
        ("꺾쇠.csv", "<3,부서\n가,나".encode("cp949")),
        ("메모장.txt", ("\ufeff회의 자료 " * 400).encode("utf-16-le")),
        ("메모장.csv", "\ufeff이름,부서\n<가>,나😀".encode("utf-16-be")),
    ],
)
def test_b1_what_is_what_its_ending_says_is_kept(name: str, content: bytes | str) -> None:
    data = content.encode() if isinstance(content, str) else content
    (kept,) = attach(CaseFactory(), upload(name, data))
    assert (kept.name, kept.size, kept.sha256) == (name, len(data), hashlib.sha256(data).hexdigest())
    with kept.file.open("rb") as file:
        assert file.read() == data


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (unicodedata.normalize("NFD", "한빛구 계획.pdf"), "한빛구 계획.pdf"),
        ("가" * 230 + ".hwpx", "가" * 195 + ".hwpx"),
        (unicodedata.normalize("NFD", "각" * 70) + ".pdf", "각" * 70 + ".pdf"),
        ("줄\n바꿈\ud800.pdf", "줄바꿈.pdf"),
    ],
)
def test_names_are_composed_and_long_ones_keep_their_ending(given: str, name: str) -> None:
    (kept,) = attach(CaseFactory(), upload(given, ZIP if given.endswith("hwpx") else PDF))
    kept.refresh_from_db()
    assert kept.name == name


@pytest.mark.parametrize(
    "content",
    [
        HTML,
        b"\n  " + HTML,
        ("\ufeff" + HTML.decode()).encode("utf-16-le"),
        b"\xff\xfe\x00\xd8" + bytes(60),
        b"\x7fELF\2\1\1" + bytes(50),
    ],
)
@pytest.mark.parametrize("name", ["계획.pdf", "그림.png", "사진.jpg", "표.xlsx", "보고서.hwp", "메모.txt"])
def test_b1_what_is_something_else_is_refused_by_its_content(name: str, content: bytes) -> None:
    case = CaseFactory()
    with pytest.raises(Rejected, match=f"‘{name}’의 내용이 확장자와 다릅니다") as rejected:
        attach(case, upload(name, content))
    assert rejected.value.field == "attachments"
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "pair", [("그림.png", PDF), ("계획.pdf", PNG), ("표.xlsx", OLE), ("보고서.hwp", ZIP)]
)
def test_b1_one_harmless_kind_is_not_passed_off_as_another(pair: tuple[str, bytes]) -> None:
    with pytest.raises(Rejected, match="확장자와 다릅니다"):
        attach(CaseFactory(), upload(*pair))


@pytest.mark.parametrize(
    "name", ["page.html", "run.exe", "그림.svg", "표.xlsm", "pdf", "a.pdf.js", "끝없음."]
)
def test_b1_other_endings_are_refused_with_what_is_taken(name: str) -> None:
    with pytest.raises(Rejected, match="hwpx, hwp, pdf") as rejected:
        attach(CaseFactory(), upload(name, PDF))
    assert name in rejected.value.message


def test_b1_empty_and_too_big_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    case = CaseFactory()
    with pytest.raises(Rejected, match="빈 파일"):
        attach(case, upload("계획.pdf", b""))
    monkeypatch.setattr(attachments, "MAX_BYTES", len(PDF))
    attach(case, upload("계획.pdf", PDF))
    with pytest.raises(Rejected, match="20MB를 넘습니다"):
        attach(case, upload("계획.pdf", PDF + b" "))


def test_b1_all_files_are_kept_or_none() -> None:
    case = CaseFactory()
    with pytest.raises(Rejected):
        attach(case, upload("계획.pdf"), upload("그림.png", EXE))
    assert not Attachment.objects.exists()
    attach(case, upload("계획.pdf"), upload("그림.png", PNG))
    assert [file.name for file in attachments.files_of(case)] == ["계획.pdf", "그림.png"]


def test_b1_files_lie_under_random_names_outside_the_web_root() -> None:
    case = CaseFactory()
    kept = attach(case, upload("../../계획.pdf"), upload("/etc/passwd.pdf"), upload("계획.pdf"))
    assert [file.name for file in kept] == ["계획.pdf", "passwd.pdf", "계획.pdf"]
    root = Path(settings.DATA_DIR, "attachments")
    for file in kept:
        assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", file.file.name)
        assert Path(file.file.path).is_relative_to(root)
    assert not root.is_relative_to(settings.STATIC_ROOT)
    assert len({file.file.name for file in kept}) == 3


def test_b1_names_from_a_browser_lose_their_folders(client: Client) -> None:
    case = CaseFactory()
    client.force_login(planner())
    page = client.get(reverse("benchmarking:case_edit", args=[case.pk]))
    values = {k: v for k, v in page.context["form"].initial.items() if v not in (None, [])}
    body = {**values, "attachments": upload("C:\\Users\\kim\\계획.pdf")}
    assert client.post(reverse("benchmarking:case_edit", args=[case.pk]), body).status_code == 302
    assert [file.name for file in attachments.files_of(case)] == ["계획.pdf"]


# ------------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("사진.jpg", picture("JPEG")),
        ("휴대전화 사진.JPEG", picture("JPEG", exif=Image.Exif())),
        ("그림.gif", picture("GIF", mode="P", color=0)),
        ("그림.webp", picture("WEBP")),
    ],
)
def test_p17_a_picture_is_kept_as_it_is_drawn_anew(name: str, content: bytes) -> None:
    (kept,) = attach(CaseFactory(), upload(name, content))
    with kept.file.open("rb") as file:
        data = file.read()
    drawn = pictures.plain(io.BytesIO(content))
    assert (kept.name, data, kept.size) == (name, drawn, len(drawn))


HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)


@pytest.mark.parametrize(
    ("name", "content", "way"),
    [
        ("사진.heic", HEIC, "높은 호환성"),
        ("사진.jpg", HEIC, "높은 호환성"),
        ("사진.dng", b"II*\0" + bytes(60), "높은 호환성"),
        ("사진.jpg", picture("JPEG")[:200], "다시 저장"),
        ("큰 그림.png", bomb(), "크기를 줄여서"),
    ],
)
def test_p17_a_picture_that_cannot_be_drawn_is_refused_with_the_way(
    name: str, content: bytes, way: str
) -> None:
    with pytest.raises(Rejected, match=way):
        attach(CaseFactory(), upload(name, content))


def test_p17_a_picture_put_to_a_draft_is_drawn_once() -> None:
    user, photo = planner(), picture("JPEG", exif=Image.Exif())
    first = drafts.hold(user, "k", [upload("가.jpg", photo)])
    assert drafts.hold(user, "k", [upload("가.jpg", photo)]) == first
    with drafts.opened(user, "k") as held:
        (kept,) = attachments.attach(CaseFactory(), held.values(), actor=user)
    assert kept.sha256 == first[0].sha256


# ------------------------------------------------------------------------------------- who gets it, how


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("계획.pdf", PDF, "application/pdf"),
        ("그림.png", PNG, "image/png"),
        ("메모.txt", b"memo", "text/plain; charset=utf-8"),
        ("명단.csv", b"a,b", "application/octet-stream"),
        ("보고서.hwpx", ZIP, "application/octet-stream"),
    ],
)
def test_b1_a_file_is_served_as_download_and_never_sniffed(
    client: Client, name: str, content: bytes, mime: str
) -> None:
    (kept,) = attach(CaseFactory(), upload(name, content))
    answer = fetch(client, kept, planner())
    assert (answer.status_code, answer.body) == (200, content)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", mime)
    assert int(answer["Content-Length"]) == len(content)


def test_b1_files_go_to_whoever_may_see_the_thing(client: Client) -> None:
    review = ReviewFactory()
    (of_case,) = attach(review.case, upload("계획.pdf"))
    (of_review,) = attachments.attach(review, [upload("검토.pdf")], actor=head(review))
    stranger, colleague = UserFactory(), UserFactory(department=review.department)
    outsider = UserFactory(department=None)
    for file in (of_case, of_review):
        assert fetch(client, file, colleague).status_code == 200
        assert fetch(client, file, planner()).status_code == 200
        assert fetch(client, file, stranger).status_code == 404
        assert fetch(client, file, outsider).status_code == 404
    answered(review)
    assert fetch(client, of_case, stranger).status_code == 200  # decided cases are shared (B8)
    assert fetch(client, of_review, stranger).status_code == 404
    client.logout()
    assert fetch(client, of_case)["Location"].startswith(reverse("login"))


def test_b1_files_of_things_nobody_has_declared_go_to_nobody(client: Client) -> None:
    (kept,) = attach(CaseFactory(), upload("계획.pdf"))
    with attachments.FILES.only(*(files for files in attachments.FILES if files.model is not Case)):
        assert fetch(client, kept, planner()).status_code == 404


def test_d5_a_removed_file_is_gone_from_view_and_stays_for_the_record(client: Client) -> None:
    case = CaseFactory()
    (kept,) = attach(case, upload("계획.pdf"))
    attachments.remove(kept, actor=planner())
    assert list(attachments.files_of(case)) == []
    assert fetch(client, kept, planner()).status_code == 404
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert (kept.removed_by, Path(kept.file.path).exists()) == (planner(), True)


# ------------------------------------------------------------------------------------ what carries programs


def archive(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "flagged"),
    [
        ("표.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), True),
        ("표.xlsx", archive("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), True),
        ("표.xlsx", archive("xl/workbook.xml"), False),
        ("보고.hwpx", archive("mimetype", "Scripts/headerScripts", "Scripts/sourceScripts.js"), False),
        ("묶음.zip", archive("안내.txt", "invoice.pdf.exe"), True),
        ("묶음.zip", archive("표.xlsm"), True),
        ("보고.doc", OLE + bytes(70_000) + "_VBA_PROJECT".encode("utf-16-le"), True),
        ("보고.doc", OLE, False),
        ("계획.pdf", PDF + b" << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>", True),
        ("계획.pdf", PDF, False),
    ],
)
def test_b1_files_that_carry_programs_are_flagged(
    client: Client, name: str, content: bytes, flagged: bool
) -> None:
    case = CaseFactory()
    [kept] = attach(case, upload(name, content))
    assert kept.carries_code is flagged
    client.force_login(planner())
    assert ("매크로·프로그램 포함" in client.get(case.get_absolute_url()).content.decode()) is flagged
