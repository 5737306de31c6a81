"""The first set-up of an office: begun with its first administrator, left and taken up again, ended once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from core import attachments
from core.now import now, today
from organization import office
from organization.models import Department, Office, User
from organization.services import authorise, departments, roles

PICTURES = ("png", "jpg", "jpeg", "gif", "webp")


@transaction.atomic
def begin() -> Office:
    """From this day on; asked again it goes on. Called by: `manage.py create_admin`, `setup`."""
    found = Office.objects.first() or Office.objects.create(name=settings.OFFICE_NAME, begun_on=today())
    _changed()
    return found


@transaction.atomic
def name_office(*, name: str, address: str, logo: UploadedFile | None, actor: Any) -> Office:
    """What pages and papers call the office; a new logo takes the old one's place.

    Locks: the office. Raises: Rejected for what is no picture.
    """
    authorise(actor, "organization.manage")
    found = _locked() or Office(begun_on=today(), ended_at=now())  # an installation of before
    found.name, found.address = name, address
    found.version += 1
    found.save()
    if logo is not None:
        if not (logo.name or "").lower().endswith(PICTURES):
            raise Rejected(_("그림 파일(PNG, JPG, GIF, WEBP)을 올려 주세요."), field="logo")
        for old in attachments.files_of(found):
            attachments.remove(old, actor=actor)
        attachments.attach(found, [logo], actor=actor)
    _changed()
    return found


@transaction.atomic
def give_functions(chosen: Mapping[str, Department | None], *, actor: Any) -> None:
    """Which department plans, which looks after general affairs, which after IT.

    Locks: the departments.
    """
    authorise(actor, "organization.manage")
    wanted = {role: department for role, department in chosen.items() if department is not None}
    for one in Department.objects.filter(role__in=wanted, valid_to=None):
        if wanted[one.role].pk != one.pk:
            departments.edit(one, {"role": ""}, actor=actor, version=None)
    for role, department in wanted.items():
        departments.edit(department, {"role": role}, actor=actor, version=None)


@transaction.atomic
def give_roles(chosen: Mapping[str, Iterable[User]], *, actor: Any) -> int:
    """Grant these roles from today to who has them not; how many."""
    count = 0
    for role, people in chosen.items():
        for user in people:
            if role not in user.roles and user.pk != actor.pk:
                roles.grant(user, role, actor=actor, reason=_("처음 설정"))
                count += 1
    return count


@transaction.atomic
def passed(key: str, *, done: bool, actor: Any) -> None:
    """Say that a step is done, or that it is not.

    Locks: the office.
    """
    authorise(actor, "organization.manage")
    found = _need_open()
    kept = {one for one in found.passed if one != key}
    found.passed = sorted(kept | {key} if done else kept)
    found.save(update_fields=["passed"])


@transaction.atomic
def end(*, actor: Any) -> None:
    """The office works from now on.

    Locks: the office. Raises: Rejected once ended.
    """
    authorise(actor, "organization.manage")
    found = _need_open()
    found.ended_at = now()
    found.version += 1
    found.save()
    _changed()


def _locked() -> Office | None:
    return Office.objects.select_for_update().first()


def _need_open() -> Office:
    found = _locked()
    if found is None or found.ended_at:
        raise Rejected(_("처음 설정은 이미 마쳤습니다."))
    return found


def _changed() -> None:
    office.forget()
    transaction.on_commit(office.forget)
