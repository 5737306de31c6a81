"""Texts of files: found once a job has read them, with a word on what could not be read."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from basis.reading import texts
from core import attachments, jobs
from core.actors import SYSTEM
from core.finding import files, index
from core.finding.files import unreadable
from core.finding.index import FOUND, Findable, Told, read_left
from core.models import Attachment, Job, Passage, Place, Reading
from tests.basis.written import MADE, docx
from tests.core.test_finding import DAY
from tests.threads import at_once
from tests.throwaway.models import Slip

pytestmark = [pytest.mark.dialect, pytest.mark.django_db]

WEIGHT = {"now": 100}
SLIPS = Findable(Slip, lambda slip: Told(slip.title, DAY, weight=WEIGHT["now"]))


@pytest.fixture(autouse=True)
def _plugged() -> Iterator[None]:
    WEIGHT["now"] = 100
    with FOUND.only(SLIPS):
        yield


def post(*given: tuple[str, bytes], title: str = "글") -> Slip:
    slip = Slip.objects.create(title=title)
    attachments.attach(slip, [ContentFile(content, name) for name, content in given], actor=SYSTEM)
    SLIPS.index([slip])
    return slip


def found(words: str) -> list[tuple[int, Place, str]]:
    result = SLIPS.find(words, Slip.objects.all())
    assert result.total == len(result.found)
    names = dict(Attachment.objects.values_list("pk", "name"))
    return [(one.pk, one.place, names[one.file] if one.file else "") for one in result.found]


@pytest.mark.parametrize("ending", MADE)
def test_a_word_that_stands_only_in_a_file_is_found_once_the_job_has_read_it(ending: str) -> None:
    slip = post((f"보고.{ending}", MADE[ending]("앞 " * 50 + "거주자우선주차구역 배정", "둘째 쪽")))
    post(("다른.docx", docx("다른 말")))
    assert found("주차") == []
    assert jobs.run_pending() == 2
    assert found("거주자 우선 주차") == [(slip.pk, Place.FILE, f"보고.{ending}")]
    (one,) = SLIPS.find("우선주차", Slip.objects.all()).found
    assert (
        "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in one.pieces).count("[우선주차]")
        == 1
    )


def test_its_name_is_found_at_once() -> None:
    slip = post(("주차 계획.docx", docx("다른 말")))
    assert found("주차계획") == [(slip.pk, Place.FILE_NAME, "주차 계획.docx")]


def test_what_cannot_be_read_says_why_and_keeps_nothing_else_from_being_found() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    slip = post(("깨짐.docx", docx("가")[:-30]), ("옛것.hwp", old), ("글.docx", docx("주차")))
    gone = post(("없음.docx", docx("가")))
    attachments.files_of(gone).get().file.delete(save=False)
    assert jobs.run_pending() == 2
    reasons = {
        Attachment.objects.get(pk=pk).name: text for pk, text in unreadable(Attachment.objects.all()).items()
    }
    assert reasons["깨짐.docx"] == str(texts.BROKEN)
    assert reasons["옛것.hwp"] == str(texts.OLD_HWP)
    assert "찾지 못하여" in reasons["없음.docx"]
    assert len(reasons) == 3
    assert found("주차") == [(slip.pk, Place.FILE, "글.docx")]
    SLIPS.index([slip, gone])
    assert not jobs.pending(), "what could not be read is not tried again for each change"


def test_what_a_failed_job_left_is_read_the_next_night() -> None:
    slip = post(("글.docx", docx("주차")))
    with FOUND.only(Findable(Slip, SLIPS.tell, files=False)):
        assert read_left() == 0, "files of this kind are not looked into"
    Job.objects.all().delete()  # it gave up
    assert [read_left(), jobs.run_pending(), read_left()] == [1, 1, 0]
    assert found("주차") == [(slip.pk, Place.FILE, "글.docx")]
    post(("깨짐.docx", docx("가")[:-30]))
    jobs.run_pending()
    assert read_left() == 0, "what cannot be read is not tried each night"


def test_many_pictures_keep_no_night_from_what_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "A_NIGHT", 1)
    slip = Slip.objects.create(title="글")
    attachments.store(slip, ContentFile(b"1", "a.png"), name="a.png", mime="image/png", actor=SYSTEM)  # type: ignore[arg-type]
    attachments.attach(slip, [ContentFile(docx("주차"), "글.docx")], actor=SYSTEM)
    SLIPS.index([slip])
    Job.objects.all().delete()
    assert read_left() == 1


def test_pictures_are_not_read_and_nothing_is_said_of_them() -> None:
    slip = Slip.objects.create(title="글")
    attachments.store(slip, ContentFile(b"1", "a.png"), name="a.png", mime="image/png", actor=SYSTEM)  # type: ignore[arg-type]
    SLIPS.index([slip])
    assert not Job.objects.exists()
    assert not Reading.objects.exists()


def test_a_change_of_the_thing_reads_no_file_again_and_keeps_its_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slip = post(("글.docx", docx("주차")))
    jobs.run_pending()
    monkeypatch.setattr(files, "read", None)
    slip.title, WEIGHT["now"] = "여권", 30
    slip.save()
    SLIPS.index([slip])
    assert not jobs.pending()
    assert [pk for pk, *_rest in found("주차 여권")] == [slip.pk]
    assert set(Passage.objects.values_list("weight", flat=True)) == {30}


def test_a_file_that_is_gone_is_found_no_more() -> None:
    slip = post(("글.docx", docx("주차")), ("주차장.docx", docx("여권")))
    jobs.run_pending()
    for file in attachments.files_of(slip):
        attachments.remove(file, actor=SYSTEM)
    SLIPS.index([slip])
    assert [found(words) for words in ("주차", "주차장", "여권")] == [[], [], []]
    waiting = post(("글.docx", docx("주차")))
    attachments.remove(attachments.files_of(waiting).get(), actor=SYSTEM)
    jobs.run_pending()
    assert found("주차") == []


def test_a_file_that_goes_to_another_thing_is_found_there() -> None:
    first, second = post(("글.docx", docx("주차"))), post()
    jobs.run_pending()
    attachments.hand_on(first, second)
    SLIPS.index([first, second])
    jobs.run_pending()
    assert [pk for pk, *_rest in found("주차")] == [second.pk]


def test_a_thing_that_is_gone_before_its_file_was_read_leaves_nothing() -> None:
    slip = post(("글.docx", docx("주차")))
    SLIPS.forget([slip.pk])
    jobs.run_pending()
    assert not Passage.objects.exists()
    assert Job.objects.get().state == Job.State.DONE


def test_a_worker_that_dies_is_followed_by_one_that_reads_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    slip = post(("하나.docx", docx("주차")), ("둘.docx", docx("여권")))
    tried: list[str] = []

    class Died(BaseException):
        pass

    def dying(file: Any, name: str) -> Any:
        tried.append(name)
        if len(tried) == 2:
            raise Died
        return texts.read(file, name)

    monkeypatch.setattr(files, "read", dying)
    with pytest.raises(Died):
        jobs.run_pending()
    assert found("주차")
    assert not found("여권")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.run_pending() == 1
    assert found("여권") == [(slip.pk, Place.FILE, "둘.docx")]
    assert tried == ["하나.docx", "둘.docx", "둘.docx"]


def test_all_files_are_read_again_when_asked_for() -> None:
    slip = post(("글.docx", docx("주차")), ("깨짐.docx", docx("가")[:-30]))
    jobs.run_pending()
    Passage.objects.filter(place=Place.FILE).update(text="옛것", dense="옛것")
    call_command("index_texts", "throwaway.slip", stdout=StringIO())
    assert not jobs.pending()
    assert not found("주차")
    call_command("index_texts", "throwaway.slip", "--files", stdout=StringIO())
    assert jobs.run_pending() == 1
    assert [pk for pk, *_rest in found("주차")] == [slip.pk]
    assert len(unreadable(Attachment.objects.all())) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_file_read_while_its_thing_is_changed_stands_in_the_index_once_and_with_the_weight_of_now() -> None:
    def change(weight: int) -> None:
        with transaction.atomic():
            slip = Slip.objects.select_for_update().get()
            WEIGHT["now"] = weight
            SLIPS.index([slip])

    post(("글.docx", docx("주차")), title="여권")
    for weight in (90, 70, 50, 30):
        Passage.objects.filter(place=Place.FILE).delete()
        Reading.objects.all().delete()
        at_once(lambda weight=weight: change(weight), jobs.run_pending, jobs.run_pending)
        jobs.run_pending()
        assert list(Passage.objects.order_by("place").values_list("place", "weight")) == [
            (Place.TITLE, weight),
            (Place.FILE_NAME, weight),
            (Place.FILE, weight),
        ]
        assert len(found("주차 여권")) == 1
