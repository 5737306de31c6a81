"""Nobody fills the machine: what one person may leave behind is bounded by policies, with words that say so (R2)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from basis.errors import Rejected
from core import attachments, drafts, exports, jobs
from core.limits import LIMITS, Limit
from core.models import Attachment, Draft, Job
from core.now import pretend
from imports.models import Intake
from imports.services import intake
from organization.enums import Role
from organization.models import User
from tests.factories import CaseFactory, UserFactory, planner

pytestmark = [pytest.mark.django_db, pytest.mark.dialect]
PDF = b"%PDF-1.7\n"


@pytest.fixture
def at_most(request: pytest.FixtureRequest) -> Any:
    """`at_most(drafts=2)`: as if the policies said so."""

    def set_to(**values: int) -> None:
        limits = [
            Limit(one.name, lambda n=values[one.name]: n) if one.name in values else one for one in LIMITS
        ]
        only = LIMITS.only(*limits)
        only.__enter__()
        request.addfinalizer(lambda: only.__exit__(None, None, None))

    return set_to


def save(client: Client, key: str, **typed: str) -> Any:
    return client.post(reverse("draft", args=[drafts.signed(key)]), typed)


# ------------------------------------------------------------------------------------------------ drafts


def test_no_draft_is_kept_that_no_page_has_offered(client: Client) -> None:
    client.force_login(planner())
    for key in ("benchmarking.case.new", "x", drafts.signed("benchmarking.case.new")[:-1] + "_"):
        assert client.post(reverse("draft", args=[key]), {"title": "쓰던 글"}).status_code == 404
        assert client.delete(reverse("draft", args=[key])).status_code == 404
    assert not Draft.objects.exists()
    page = client.get(reverse("benchmarking:case_new"))
    assert client.post(page.context["draft_url"], {"title": "쓰던 글"}).status_code == 200
    assert Draft.objects.get().key == "benchmarking.case.new"


def test_a_draft_that_is_too_large_is_not_kept_and_says_so(
    client: Client, at_most: Callable[..., None]
) -> None:
    client.force_login(planner())
    at_most(draft_kb=16)
    assert save(client, "benchmarking.case.new", title="가" * 5_000).status_code == 200
    answer = save(client, "benchmarking.case.new", title="가" * 5_000, summary="나" * 5_000)
    assert (answer.status_code, "16KB를 넘어" in answer.json()["message"]) == (413, True)
    assert "summary" not in Draft.objects.get().data


def test_a_person_has_so_many_drafts_and_may_go_on_with_each(
    client: Client, at_most: Callable[..., None]
) -> None:
    client.force_login(planner())
    at_most(drafts=2)
    assert [save(client, key, title="글").status_code for key in ("a.1", "a.2", "a.1", "a.3")] == [
        200,
        200,
        200,
        413,
    ]
    client.force_login(UserFactory())
    assert save(client, "a.3", title="글").status_code == 200


# ----------------------------------------------------------------------------------------------- files


def files(count: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(count)]


def test_a_thing_has_so_many_files(at_most: Callable[..., None]) -> None:
    at_most(files_each=3)
    case = CaseFactory()
    kept = attachments.attach(case, files(3), actor=planner())
    with pytest.raises(Rejected, match="파일을 3개까지 첨부") as rejected:
        attachments.attach(case, files(1), actor=planner())
    assert rejected.value.field == "attachments"
    attachments.remove(kept[0], actor=planner())
    attachments.attach(case, files(1), actor=planner())
    attachments.attach(CaseFactory(), files(3), actor=planner())


def test_a_person_puts_so_many_files_a_day(at_most: Callable[..., None]) -> None:
    at_most(files_day=3)
    first, second = CaseFactory(), CaseFactory()
    attachments.attach(first, files(2), actor=planner())
    with pytest.raises(Rejected, match="하루에 파일을 3개까지"):
        attachments.attach(second, files(2), actor=planner())
    assert not attachments.files_of(second).exists()
    attachments.attach(second, files(2), actor=UserFactory())
    with pretend(dt.date.today() + dt.timedelta(days=1)):  # noqa: DTZ011  any next day
        attachments.attach(second, files(2), actor=planner())


# ---------------------------------------------------------------------------------------------- exports


@pytest.fixture
def long_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    CaseFactory()


def export(client: Client, user: User, name: str = "benchmarking:cases", **conditions: str) -> Any:
    client.force_login(user)
    return client.get(reverse(name), {"export": "xlsx", **conditions})


def test_one_export_at_a_time_for_each_person_and_list(client: Client, long_lists: None) -> None:
    first = export(client, planner())
    again = export(client, planner(), year="2026")
    assert again.url == first.url
    assert "이미 만들고 있습니다" in client.get(again.url).content.decode()
    other = UserFactory(roles=[Role.PLANNING])
    assert export(client, other).url != first.url
    assert Job.objects.filter(created_by=planner(), payload__list__endswith="CaseList").count() == 1
    jobs.run_pending()
    assert export(client, planner()).url != first.url


def test_files_of_jobs_are_deleted_after_their_days_and_their_page_says_so(
    client: Client, long_lists: None, django_capture_on_commit_callbacks: Any
) -> None:
    url = export(client, planner()).url
    jobs.run_pending()
    made = Attachment.objects.get()
    path = made.file.path
    ended = Job.objects.get().finished_at
    assert ended is not None
    assert exports.purge(ended.date() + dt.timedelta(days=7)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert exports.purge(ended.date() + dt.timedelta(days=9)) == 1
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: SIM115
    assert "파일을 지웠습니다" in client.get(url).content.decode()


def test_an_upload_whose_file_was_deleted_is_asked_for_again() -> None:
    with pytest.raises(Rejected, match="다시 올려 주세요"):
        intake.file_of(Intake.objects.create(kind="staff", person=UserFactory()))
