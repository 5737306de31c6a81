"""First passwords for many: slips and invitations (D4)."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.test import Client
from post_office.models import Email

from basis.errors import Rejected
from core import jobs
from core.models import AccessLog, Job
from core.now import pretend, today
from notifications.models import Mail
from organization.enums import IssueWay, Role
from organization.models import PasswordIssue, User
from organization.services import accounts, passwords
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make.UserFactory(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def staff() -> list[User]:
    """Two departments, nobody with a password."""
    departments = [make.DepartmentFactory(name="총무과"), make.DepartmentFactory(name="기획과")]
    return [
        make.UserFactory(department=one, must_change_password=True) for one in [*departments, departments[0]]
    ]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def issued(people: list[User], admin: User, way: IssueWay = IssueWay.PAPER) -> PasswordIssue:
    issue = passwords.ask(people, way, actor=admin)
    jobs.run_pending()
    return PasswordIssue.objects.get(pk=issue.pk)


def test_d4_slips_open_the_accounts_and_nothing_keeps_the_passwords(admin: User, staff: list[User]) -> None:
    issue = issued(staff, admin)
    slips = passwords.slips(issue)
    assert [user.department.name for user, _password in slips if user.department] == [
        "총무과",
        "총무과",
        "기획과",
    ]
    for user, password in slips:
        assert re.fullmatch(r"(?:[a-z2-9]{4}-){2}[a-z2-9]{4}", password)
        assert make.fresh(user).check_password(password)
        assert make.fresh(user).must_change_password
        kept = [
            *Job.objects.values_list("payload", "result"),
            *PasswordIssue.objects.values_list("seed", "people"),
        ]
        assert password not in str(kept)
    assert len({password for _user, password in slips}) == 3


def test_d4_a_job_whose_worker_died_gives_the_same_passwords_again(admin: User, staff: list[User]) -> None:
    issue = passwords.ask(staff, IssueWay.PAPER, actor=admin)
    before = [passwords.password_of(issue, user) for user in staff]
    Job.objects.update(state=Job.State.RUNNING, lease_until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    jobs.run_pending()
    assert all(make.fresh(user).check_password(word) for user, word in zip(staff, before, strict=True))


def test_d4_slips_are_for_the_issuer_alone_and_looks_are_logged(admin: User, staff: list[User]) -> None:
    issue = issued(staff, admin)
    page = signed_in(admin).get(f"{issue.get_absolute_url()}slips/")
    assert all(password in page.content.decode() for _user, password in passwords.slips(issue))
    assert page.headers["Cache-Control"] == "no-store"
    assert AccessLog.objects.filter(actor=admin, subject_label__contains="인쇄물 3명").count() == 1
    other = make.UserFactory(roles=[Role.ADMINISTRATOR])
    assert signed_in(other).get(f"{issue.get_absolute_url()}slips/").status_code == 404


def test_d4_a_sheet_for_each_department_as_page_hwpx_and_excel(admin: User, staff: list[User]) -> None:
    issue = issued(staff, admin)
    client, address = signed_in(admin), f"{issue.get_absolute_url()}slips/"
    one = client.get(address, {"department": staff[1].department_id}).content.decode()
    assert staff[1].employee_number in one
    assert staff[0].employee_number not in one
    assert client.get(address, {"format": "hwpx"}).content[:2] == b"PK"
    book = openpyxl.load_workbook(BytesIO(b"".join(client.get(address, {"format": "xlsx"}))))  # type: ignore[arg-type]  # a file's answer is a stream
    assert book.sheetnames == ["총무과", "기획과"]


def test_d4_who_has_changed_it_or_got_another_is_on_no_slip(admin: User, staff: list[User]) -> None:
    issue = issued(staff, admin)
    accounts.change_password(make.fresh(staff[0]), "창의로운 새 비밀번호 하나")
    accounts.reset_password(staff[1], actor=admin)
    assert [user for user, _password in passwords.slips(issue)] == [staff[2]]


def test_d4_seeds_are_destroyed_by_policy(admin: User, staff: list[User]) -> None:
    issue = issued(staff, admin)
    assert passwords.forget_seeds(today()) == 0
    with pretend(today() + dt.timedelta(days=2)):
        assert passwords.forget_seeds(today()) == 1
    issue.refresh_from_db()
    assert passwords.slips(issue) == []
    assert signed_in(admin).get(issue.get_absolute_url()).status_code == 200


def test_d4_issuer_and_closed_accounts_are_left_out(admin: User) -> None:
    closed = make.UserFactory(is_active=False)
    with pytest.raises(Rejected, match="없습니다"):
        passwords.ask([admin, closed], IssueWay.PAPER, actor=admin)


def test_first_passwords_are_hashed_quickly_and_anew_at_log_in(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    hashed = passwords._hashed("k7mp-x3qa-9wtz")
    assert hashed.startswith(f"pbkdf2_sha256${passwords.ROUNDS}$")
    renewed: list[str] = []
    assert check_password("k7mp-x3qa-9wtz", hashed, renewed.append)
    assert renewed
    assert PBKDF2PasswordHasher().must_update(hashed)


def test_d4_the_page_gives_them_to_all_who_have_none(admin: User, staff: list[User]) -> None:
    client = signed_in(admin)
    typed = {"who": "none", "department": "", "way": "paper"}
    shown = client.post("/manage/staff/passwords/", typed)
    assert "3명의 비밀번호가 새로 정해지고" in shown.content.decode()
    preview = re.search(r'name="preview" value="(\w+)"', shown.content.decode())
    assert preview
    answer = client.post("/manage/staff/passwords/", {**typed, "preview": preview[1]})
    assert answer.headers["Location"] == PasswordIssue.objects.get().get_absolute_url()
    assert "부서별" not in client.get(answer.headers["Location"]).content.decode()
    jobs.run_pending()
    assert "부서별" in client.get(answer.headers["Location"]).content.decode()


def invitation(user: User) -> str:
    found = re.search(r"/p/[\w-]+/", Mail.objects.get(recipient=user).email.message)
    assert found
    return found[0]


def test_d4_an_invitation_opens_once_and_looking_changes_nothing(admin: User, staff: list[User]) -> None:
    issued(staff[:1], admin, IssueWay.MAIL)
    link, client = invitation(staff[0]), Client()
    for _look in range(3):
        assert client.get(link, follow=True).status_code == 200
    assert make.fresh(staff[0]).must_change_password
    words = {"new_password1": "푸른 바다 위 갈매기 7", "new_password2": "푸른 바다 위 갈매기 7"}
    page = f"/welcome/{staff[0].pk}/"
    assert client.post(page, {"new_password1": "1", "new_password2": "1"}).status_code == 422
    assert client.post(page, words).headers["Location"] == "/login/"
    assert make.fresh(staff[0]).check_password("푸른 바다 위 갈매기 7")
    assert not make.fresh(staff[0]).must_change_password
    assert client.get(link).status_code == 404
    assert client.post(page, {**words, "new_password1": "x"}).status_code == 404


def test_d4_an_invitation_is_of_one_person_and_shown_to_nobody_else(admin: User, staff: list[User]) -> None:
    issued(staff[:1], admin, IssueWay.MAIL)
    client = Client()
    client.get(invitation(staff[0]))
    assert client.get(f"/welcome/{staff[1].pk}/").status_code == 404
    mail = Mail.objects.get(recipient=staff[0])
    assert invitation(staff[0]) not in signed_in(make.planner()).get(f"/outbox/{mail.pk}/").content.decode()


def test_d4_a_new_invitation_closes_the_one_before(admin: User, staff: list[User]) -> None:
    issued(staff[:1], admin, IssueWay.MAIL)
    first = invitation(staff[0])
    Mail.objects.all().delete()
    Email.objects.all().delete()
    with pretend(today() + dt.timedelta(days=1)):
        issued(staff[:1], admin, IssueWay.MAIL)
        assert Client().get(first).status_code == 404
        assert Client().get(invitation(staff[0])).status_code == 302
