"""No picture, file name or text tells everybody where somebody was or who somebody is (P17)."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin

from core import attachments, gate
from core.models import Attachment
from core.now import today
from proposals.enums import Notice as Consent
from proposals.models import Proposal
from proposals.services import following, handling, interims
from tests import factories as make
from tests.proposals.asked import ADOPTED, fresh
from tests.proposals.made import CONTENT, adopted, browser_of, entered, mine, proposer_of, sent

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
PLACE, CAMERA = "37.5665,126.9780", "GALAXY-OF-KIM"
# As they are typed, each with what of it must not be read: of Korean numerals, digits of other kinds, or apart.
NUMBERS = {
    "resident": ("900101-1234567", "1234567"),
    "card": ("4111-1111-1111-1111", "1111-1111-1111"),
    "account": ("국민은행 계좌 123456-78-901234", "901234"),
    "mobile": ("010-9876-5432", "9876"),
    "wide": ("０１０－９８７６－５４３２", "９８７６"),
    "spelled": ("공일공 구팔칠육 오사삼이", "구팔칠육"),
    "apart": ("0 1 0 9 8 7 6 5 4 3 2", "9 8 7 6"),
}


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "judge", lambda *_sent: gate.Verdict(gate.Answer.ALLOWED))


def taken_by_phone(kind: str) -> bytes:
    """A picture with place, camera and comment in every room that its kind has for them."""
    exif = Image.Exif()
    exif[0x010F], exif[0x010E], exif[0x9286] = CAMERA, PLACE, PLACE
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.4), 3: "E", 4: (126.0, 58.0, 40.8)})
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{PLACE} {CAMERA}</x:xmpmeta>".encode()
    more: dict[str, Any] = {"exif": exif.tobytes()}
    if kind == "PNG":
        more["pnginfo"] = notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", PLACE)
        notes.add_itxt("XML:com.adobe.xmp", xmp.decode(), zip=False)
    else:
        more["xmp"] = xmp
    if kind == "JPEG":
        more["comment"] = CAMERA.encode()
    drawn = io.BytesIO()
    Image.new("RGB", (900, 600), "green").save(drawn, kind, **more)
    return drawn.getvalue()


def tells(data: bytes) -> list[str]:
    """What of place and camera is in there."""
    found = [mark for mark in (PLACE, CAMERA, "adobe", "Exif") if mark.encode() in data]
    with Image.open(io.BytesIO(data)) as picture:
        exif = picture.getexif()
        found += [str(tag) for tag in exif] + [f"gps {tag}" for tag in exif.get_ifd(0x8825)]
        found += [name for name, value in picture.info.items() if PLACE in str(value) or CAMERA in str(value)]
    return found


def stored(file: Attachment) -> bytes:
    with file.file.open("rb") as kept:
        return bytes(kept.read())


def read(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "b.png"), ("WEBP", "c.webp")])
def test_p17_no_picture_tells_where_or_with_what_it_was_taken(kind: str, name: str) -> None:
    """Sent by a citizen, fetched by the proposer and the office, whole and small, and as it lies in the store."""
    data = taken_by_phone(kind)
    assert tells(data)
    browser = Client()
    place = browser.post(reverse("proposals:start"))["Location"]
    browser.post(place, {key: CONTENT[key] for key in ("title", "field", "problem")})
    # Refused first, so that it lies with the draft, and then sent from there.
    browser.post(f"{place}2/", {"improvement": "", "attachments": [SimpleUploadedFile(name, data)]})
    assert all(not tells(stored(file)) for file in Attachment.objects.all())
    browser.post(f"{place}2/", {"improvement": "벨", "attachments": [SimpleUploadedFile(name, data)]})
    browser.post(f"{place}3/", {})
    sent_on = browser.post(
        f"{place}4/", {"name": "김구민", "phone": "010-1234-5678", "consents": Consent.values}
    )
    proposal, office = Proposal.objects.get(), Client()
    office.force_login(make.planner())
    files = Attachment.objects.filter(object_id=proposal.pk, content_type__model="proposal")
    assert files
    for file in files:
        ways = [
            read(browser.get(f"{mine(proposal)}files/{file.pk}/")),
            read(office.get(reverse("attachment", args=[file.pk]))),
            read(office.get(reverse("small_picture", args=[file.pk]))),
            stored(file),
        ]
        assert [tells(way) for way in ways] == [[]] * 4
    assert sent_on.status_code == 302


def test_p17_a_picture_of_a_supplement_tells_nothing_either() -> None:
    proposal, token = sent()
    handling.ask_supplement(proposal, reason="사진을 보내 주세요.", actor=make.planner())
    file = SimpleUploadedFile("e.jpg", taken_by_phone("JPEG"))
    browser_of(token).post(mine(proposal, "supplement"), {"answer": "여기입니다.", "attachments": [file]})
    (kept,) = Attachment.objects.filter(object_id=proposal.pk)
    assert not tells(stored(kept))


# ------------------------------------------------------------------------------------------------- file names


def test_p17_file_names_lose_numbers_and_are_told_nobody_else() -> None:
    proposal, token = sent()
    handling.ask_supplement(proposal, reason="사진을 보내 주세요.", actor=make.planner())
    file = SimpleUploadedFile("김구민 010-9876-5432 벤치.jpg", taken_by_phone("JPEG"))
    browser = browser_of(token)
    browser.post(mine(proposal, "supplement"), {"answer": "여기입니다.", "attachments": [file]})
    (kept,) = Attachment.objects.filter(object_id=proposal.pk)
    assert kept.name == "김구민 ***-****-**** 벤치.jpg"
    assert "김구민" not in str(kept.file.name)  # nor in the store
    assert kept.name in browser.get(mine(proposal)).content.decode()
    for page in public_pages(proposal):
        assert "벤치.jpg" not in page
        assert str(kept.pk) not in page
    with pytest.raises(AssertionError):
        read(Client().get(reverse("attachment", args=[kept.pk])))


def test_files_of_the_office_keep_their_names() -> None:
    planner = make.planner()
    made = entered(planner)
    (file,) = attachments.attach(made, [SimpleUploadedFile("02-120-0000 문의.txt", b"text")], actor=planner)
    assert file.name == "02-120-0000 문의.txt"


# ------------------------------------------------------------------------------------------------- texts


def public_pages(proposal: Proposal, words: str = "") -> Iterator[str]:
    """All that everybody may read of it, without what the reader has typed."""
    anybody = Client()
    places: list[tuple[str, dict[str, str]]] = [
        (reverse("proposals:home"), {}),
        (reverse("proposals:find"), {}),
        (reverse("proposals:find"), {"q": "공원"}),
        (reverse("proposals:find"), {"state": "adopted", "sort": "support"}),
        (reverse("proposals:calls"), {}),
        (proposal.public_url, {}),
        (reverse("proposals:alike"), {"title": re.sub(r"[\d０-９]", "", proposal.title)}),
        (f"{proposal.public_url}report/", {}),
    ]
    for place, params in places:
        answer = anybody.get(place, params)
        assert answer.status_code == 200, place
        yield answer.content.decode()


@pytest.mark.parametrize("kind", NUMBERS)
def test_p17_no_public_page_tells_a_persons_number(kind: str) -> None:
    """In every part of a proposal, and where the office repeats it; head, title and meta of the page among them."""
    typed, part = NUMBERS[kind]
    said = f"연락은 {typed} 부탁"
    proposal, token = sent(
        title=f"공원 {said}", problem=said, improvement=said, effect=said, difference=said, awarded=said
    )
    handling.ask_supplement(proposal, reason=f"{said} 맞습니까?", actor=make.planner())
    handling.supplement(proposal, answer=said, actor=proposer_of(proposal))
    due = fresh(proposal).clock.due
    assert interims.draft_due(due) == 1
    interims.send(proposal.interims.get(), reason=said, answer_on=due, actor=make.planner())
    pages = list(public_pages(proposal))
    department = make.DepartmentFactory()
    plan = {**ADOPTED, "present": said, "feasibility": said, "effect": said, "taken": said, "reason": said}
    plan |= {"department": department, "carry_out_on": due}
    handling.decide(fresh(proposal), plan.pop("outcome"), plan, actor=make.planner())
    pages += public_pages(fresh(proposal))
    for page in pages:
        assert part not in page, page[max(0, page.index(part) - 300) : page.index(part) + 50]
    assert any("연락은" in page for page in pages)
    own = browser_of(token).get(mine(proposal)).content.decode()
    assert part in own  # the proposer reads what was written


@pytest.mark.parametrize("kind", NUMBERS)
def test_p17_nobody_finds_by_a_number_what_is_covered(kind: str) -> None:
    """Neither by searching, by likeness while writing, nor as staff whom it does not concern."""
    typed, part = NUMBERS[kind]
    proposal = entered(title=f"{typed} 벤치", problem=typed, improvement=typed)
    anybody, clerk = Client(), Client()
    clerk.force_login(make.UserFactory())
    number = re.sub(r"^국민은행 계좌 ", "", typed)
    for words in (number, part):
        assert proposal.code not in anybody.get(reverse("proposals:find"), {"q": words}).content.decode()
        assert f"/{proposal.pk}/" not in main(clerk.get(reverse("proposals:desk"), {"q": words}))
        assert f"/{proposal.pk}/" not in main(clerk.get(reverse("search"), {"q": words}))
        assert proposal.code not in main(anybody.get(reverse("proposals:alike"), {"title": words}))
        assert part not in main(clerk.get(proposal.get_absolute_url()))
    assert proposal.code in anybody.get(reverse("proposals:find"), {"q": "벤치"}).content.decode()


def main(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode().partition("<main")[2])


def test_p17_telephones_and_addresses_of_the_office_are_there_to_be_read() -> None:
    proposal = entered()
    contact = "공원녹지과 02-123-4567, park@hanbit.example"
    plan = {"ground": "in_force", "reason": f"{contact}로 물어보세요. 010-9876-5432"}
    handling.decide(proposal, "no_proposal", plan, actor=make.planner())
    page = Client().get(proposal.public_url).content.decode()
    assert contact in page
    assert "9876" not in page


def test_p17_nor_does_what_comes_after_the_decision() -> None:
    undertaking = adopted(entered())
    clerk = make.UserFactory(department=undertaking.department)
    said = "010-9876-5432로 연락 온 분과 02-123-4567에서 정함"
    later = undertaking.milestones.latest("planned_on")
    following.move(
        undertaking, later.kind, later.planned_on + dt.timedelta(days=30), reason=said, actor=clerk
    )
    following.report(undertaking, day=today(), result=said, actor=clerk)
    following.confirm(undertaking, actor=make.planner())
    proposal = fresh(undertaking.proposal)
    for page in public_pages(proposal):
        assert "9876" not in page
    page = Client().get(proposal.public_url).content.decode()
    assert page.count("***-****-****로 연락 온 분과 02-123-4567에서 정함") == 2
