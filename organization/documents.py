"""Files the organisation hands out."""

import tempfile
from collections.abc import Sequence
from datetime import date
from itertools import groupby

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from basis.documents.model import (
    Block,
    Column,
    Document,
    Entry,
    Heading,
    KeyValues,
    PageBreak,
    Paragraph,
    Table,
    row,
)
from basis.excel.writer import ExportColumn, Sheet, write_workbook
from basis.formats import date_ko, datetime_ko
from basis.official import in_office_language
from core.exports import XLSX, file_name
from core.now import today
from core.office import office_name
from organization.models import AccessCheck, User

Issued = Sequence[tuple[User, str]]


@in_office_language
def password_slips(issued: Issued, day: date) -> Document:
    """First passwords for handing out: a sheet for each department, a slip for each person to be cut off."""
    blocks: list[Block] = []
    for department, people in groupby(issued, key=lambda one: str(one[0].department or _("소속 없음"))):
        blocks += [PageBreak()] if blocks else []
        blocks.append(Heading(department, 2))
        blocks += [_slip(user, password, day) for user, password in people]
    return Document(
        title=_("처음 비밀번호"),
        office=office_name(),
        made_on=today(),
        blocks=(
            Paragraph(_("※ 한 사람씩 잘라서 본인에게만 전해 주세요."), "note"),
            *blocks,
        ),
    )


def _slip(user: User, password: str, day: date) -> KeyValues:
    return KeyValues(
        (
            (
                Entry(_("이름"), f"{user.get_position_display()} {user.name}"),
                Entry(_("직원번호"), user.employee_number),
            ),
            (Entry(_("처음 비밀번호"), password), Entry(_("로그인 기한"), date_ko(day))),
            (Entry(_("접속 주소"), settings.SITE_URL),),
        )
    )


@in_office_language
def password_book(issued: Issued) -> FileResponse:
    """The same as a workbook with a sheet for each department; written into the answer alone."""
    title = _("처음 비밀번호")
    columns = [
        ExportColumn(_("직위")),
        ExportColumn(_("이름")),
        ExportColumn(_("직원번호")),
        ExportColumn(title, width=20),
    ]
    sheets = [
        Sheet(department, columns, [_line(user, password) for user, password in people])
        for department, people in groupby(issued, key=lambda one: str(one[0].department or _("소속 없음")))
    ]
    target = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response
    write_workbook(target, sheets)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=file_name(title), content_type=XLSX)


def _line(user: User, password: str) -> tuple[str, ...]:
    return str(user.get_position_display()), user.name, user.employee_number, password


@in_office_language
def check_report(check: AccessCheck) -> Document:
    """The monthly check of the access log, for the files."""
    columns = (Column(_("열람자"), width=2.4), Column(_("내용"), width=3), Column(_("건수"), "int", width=1))
    rows = tuple(row(one["who"], one["what"], one["count"]) for one in check.unusual)
    found = Table(columns, rows, row_header=False) if rows else Paragraph(_("특이 사항이 없습니다."))
    return Document(
        title=str(check),
        office=office_name(),
        made_on=today(),
        blocks=(
            KeyValues(
                (
                    (
                        Entry(_("열람 건수"), check.looks, "int"),
                        Entry(_("점검자"), str(check.checked_by or "")),
                    ),
                    (Entry(_("점검 일시"), datetime_ko(check.checked_at) if check.checked_at else ""),),
                    (Entry(_("점검 결과"), check.result),),
                )
            ),
            Heading(_("특이 사항")),
            found,
        ),
    )
