"""V3: files of a report that could not be sent are kept with its draft: nobody has to choose them again."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import drafts
from core.attachments import files_of
from core.models import Attachment, Draft
from core.now import pretend
from tests import factories as make
from tests import visiting as v
from tests.visiting import DAY, LATER, client, people
from visits.enums import VisitState
from visits.models import FieldVisit

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit() -> Iterator[FieldVisit]:
    """A visit to be reported; the day after it."""
    with pretend(DAY):
        v.fund()
        found = v.visit(VisitState.TRAVELLED)
    with pretend(LATER):
        yield found


def address(visit: FieldVisit) -> str:
    return reverse("visits:report", args=[visit.pk])


def pdf(name: str, content: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, f"%PDF-1.4 {content or name}".encode())


def chosen(**more: Any) -> dict[str, Any]:
    """A picture, a receipt for either row, and what makes the report be refused."""
    files = {
        "attachments": [pdf("seen.pdf")],
        "expense-0-file": pdf("bus.pdf"),
        "expense-1-file": pdf("lunch.pdf"),
    }
    return {**files, "taken_over": "", **more}


def boxes(page: Any) -> dict[str, dict[str, str]]:
    """Name of the field → names and ids of the files kept there, as long as they are ticked."""
    html, found = page.content.decode(), dict[str, dict[str, str]]()
    for tag, label in re.findall(r"(<input[^>]*>)<label[^>]*>([^<]*)</label>", html):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and value and name[1].endswith("held") and " checked" in tag:
            found.setdefault(name[1], {})[label] = value[1]
    return found


def put(page: Any) -> dict[str, list[str]]:
    """The hidden fields that say to which row a file belongs, and the choices that stand."""
    rows = re.findall(r'<input type="hidden" name="(expense-\d+-put)" value="([^"]*)"', page.content.decode())
    kept: dict[str, list[str]] = {name: list(files.values()) for name, files in boxes(page).items()}
    for name, value in rows:
        kept.setdefault(name, []).append(value)
    return kept


def sent(visit: FieldVisit) -> tuple[list[str], list[list[str]]]:
    """Names of the report's files and of the receipts of each expense."""
    visit = v.again(visit)
    assert visit.state == VisitState.REPORTED
    rows = [sorted(file.name for file in files_of(row)) for row in visit.expenses.all()]
    return sorted(file.name for file in files_of(visit.report)), rows


def test_v3_files_of_a_refused_report_need_not_be_chosen_again(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    page = browser.post(address(visit), v.report_form(visit, **chosen()))
    assert page.status_code == 422
    assert {name: list(files) for name, files in boxes(page).items()} == {
        "held": ["seen.pdf"],
        "expense-0-held": ["bus.pdf"],
        "expense-1-held": ["lunch.pdf"],
    }
    for name in ("seen.pdf", "bus.pdf", "lunch.pdf"):
        assert page.content.decode().count(f"{name}</label>") == 1, "offered where it belongs only"
    assert browser.post(address(visit), v.report_form(visit, **put(page))).status_code == 302
    assert sent(visit) == (["seen.pdf"], [["bus.pdf"], ["lunch.pdf"]])
    assert (Draft.objects.count(), Attachment.objects.count()) == (0, 3)


def test_v3_what_the_service_refuses_keeps_the_files_too(visit: FieldVisit) -> None:
    """Somebody who did not go spent something: known only to the service."""
    browser, (one, _two) = client(people(visit)[0]), people(visit)
    refused = v.report_form(visit, **chosen(taken_over="두 곳에서 해 봅니다.", took_part=[one.pk]))
    page = browser.post(address(visit), refused)
    assert (page.status_code, len(boxes(page))) == (422, 3)
    more = {**put(page), "expense-0-file": pdf("train.pdf")}
    assert browser.post(address(visit), v.report_form(visit, **more)).status_code == 302
    assert sent(visit) == (["seen.pdf"], [["bus.pdf", "train.pdf"], ["lunch.pdf"]])


def test_v3_kept_files_wait_for_who_comes_back_later(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    first = browser.post(
        address(visit), v.report_form(visit, **chosen(findings="", **{"expense-1-note": "김밥"}))
    )
    page = browser.get(address(visit))
    assert boxes(page) == boxes(first)
    assert put(page) == put(first)
    assert "김밥" in page.content.decode()
    rows = len(page.context["form"].expenses.forms)
    browser.post(
        reverse("draft", args=[drafts.signed(Draft.objects.get().key)]), v.report_form(visit, **put(page))
    )
    page = browser.get(address(visit))
    assert (boxes(page), len(page.context["form"].expenses.forms)) == (boxes(first), rows)


def test_v3_a_kept_file_is_dropped_by_its_box_and_goes_for_good(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    page = browser.post(address(visit), v.report_form(visit, **chosen()))
    kept = put(page)
    del kept["held"], kept["expense-1-held"]
    page = browser.post(address(visit), v.report_form(visit, findings="", **kept))
    assert boxes(page) == {"expense-0-held": {"bus.pdf": kept["expense-0-held"][0]}}
    offered = page.context["form"].expenses.forms[1].fields["held"].choices
    assert [name for _pk, name in offered] == ["lunch.pdf"], "may be taken in again, there only"
    assert page.content.decode().count("lunch.pdf</label>") == 1
    assert browser.post(address(visit), v.report_form(visit, **kept)).status_code == 302
    assert sent(visit) == ([], [["bus.pdf"], []])
    assert Attachment.objects.count() == 1


def test_v3_kept_files_are_ones_own(visit: FieldVisit) -> None:
    one, two = people(visit)
    page = client(one).post(address(visit), v.report_form(visit, **chosen()))
    other = client(two)
    for name in ("seen.pdf", "bus.pdf"):
        assert name not in other.get(address(visit)).content.decode()
    for file in Attachment.objects.all():
        assert other.get(reverse("attachment", args=[file.pk])).status_code == 404
        assert client(make.planner()).get(reverse("attachment", args=[file.pk])).status_code == 404
    answer = other.post(address(visit), v.report_form(visit, **put(page), **{"expense-0-receipt": "7"}))
    assert (answer.status_code, boxes(answer)) == (422, {})
    assert v.again(visit).state == VisitState.TRAVELLED


def test_v3_a_file_that_will_not_do_is_named_in_its_row_and_the_others_are_kept(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    bad = SimpleUploadedFile("bad.pdf", b"<html>")
    picture = SimpleUploadedFile("worse.exe", b"MZ")
    files = {"expense-0-file": bad, "attachments": [pdf("seen.pdf"), picture]}
    page = browser.post(address(visit), v.report_form(visit, **chosen(**files)))
    form = page.context["form"]
    assert "내용이 확장자와 다릅니다" in form.expenses.forms[0].errors["file"][0]
    (said,) = form.errors["attachments"]
    assert "worse.exe" in said
    assert "집행 경비에서 표시된 곳을 고쳐 주세요." in form.non_field_errors()
    assert {name: list(kept) for name, kept in boxes(page).items()} == {
        "held": ["seen.pdf"],
        "expense-1-held": ["lunch.pdf"],
    }


def test_v3_the_same_file_may_be_a_picture_and_a_receipt(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    both = {"attachments": [pdf("both.pdf", "x")], "expense-0-file": pdf("both.pdf", "x")}
    page = browser.post(address(visit), v.report_form(visit, taken_over="", **both))
    assert Attachment.objects.count() == 1
    assert browser.post(address(visit), v.report_form(visit, **put(page))).status_code == 302
    assert sent(visit) == (["both.pdf"], [["both.pdf"], []])


def test_v3_a_receipt_without_its_amount_is_not_lost_in_silence(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    nothing = {"expense-1-amount": "", "expense-0-receipt": "7"}
    page = browser.post(
        address(visit), v.report_form(visit, **nothing, **{"expense-1-file": pdf("lunch.pdf")})
    )
    assert page.status_code == 422
    assert "영수증을 올린 줄에는 금액을 입력해 주세요." in page.content.decode()
    page = browser.post(address(visit), v.report_form(visit, **nothing, **put(page)))
    assert page.status_code == 422, "kept from before it counts as well"


def test_v3_the_draft_of_a_full_table_keeps_its_last_row(visit: FieldVisit) -> None:
    browser, rows = client(people(visit)[0]), 22
    typed = v.report_form(visit, **{"expense-TOTAL_FORMS": rows})
    names = ("pk", "kind", "user", "amount", "receipt", "note")
    typed |= {f"expense-{n}-{name}": "" for n in range(2, rows) for name in names}
    browser.post(
        reverse("draft", args=[drafts.signed(f"visits.visit.{visit.pk}.report")]),
        {**typed, f"expense-{rows - 1}-note": "마지막 줄"},
    )
    assert "마지막 줄" in browser.get(address(visit)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_v3_a_discarded_draft_takes_pictures_and_receipts_along(visit: FieldVisit) -> None:
    browser = client(people(visit)[0])
    browser.post(address(visit), v.report_form(visit, **chosen()))
    files = [(file.file.storage, file.file.name) for file in Attachment.objects.all()]
    assert [storage.exists(name) for storage, name in files] == [True] * 3
    browser.delete(reverse("draft", args=[drafts.signed(Draft.objects.get().key)]))
    assert (Attachment.objects.count(), [storage.exists(name) for storage, name in files]) == (0, [False] * 3)
