"""Files the organisation hands out."""

import tempfile
from collections.abc import Sequence

from django.conf import settings
from django.http import FileResponse
from django.utils.translation import gettext as _

from basis.documents.model import Column, Document, Entry, Heading, KeyValues, Paragraph, Table, row
from basis.excel.writer import ExportColumn, Sheet, write_workbook
from basis.formats import datetime_ko
from basis.official import in_office_language
from core.exports import XLSX, file_name
from core.now import today
from organization.models import AccessCheck, User


def password_sheet(issued: Sequence[tuple[User, str]]) -> FileResponse:
    """First passwords for handing out; written into the answer alone."""
    title = _("처음 비밀번호")
    columns = [
        ExportColumn(_("부서"), width=24),
        ExportColumn(_("직위")),
        ExportColumn(_("이름")),
        ExportColumn(_("직원번호")),
        ExportColumn(title, width=20),
    ]
    rows = [
        (
            user.department.name if user.department else "",
            str(user.get_position_display()),
            user.name,
            user.employee_number,
            password,
        )
        for user, password in issued
    ]
    target = tempfile.TemporaryFile()  # noqa: SIM115  closed by the response
    write_workbook(target, [Sheet(title, columns, rows)])
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=file_name(title), content_type=XLSX)
    response["Cache-Control"] = "no-store"
    return response


@in_office_language
def check_report(check: AccessCheck) -> Document:
    """The monthly check of the access log, for the files."""
    columns = (Column(_("열람자"), width=2.4), Column(_("내용"), width=3), Column(_("건수"), "int", width=1))
    rows = tuple(row(one["who"], one["what"], one["count"]) for one in check.unusual)
    found = Table(columns, rows, row_header=False) if rows else Paragraph(_("특이 사항이 없습니다."))
    return Document(
        title=str(check),
        office=settings.OFFICE_NAME,
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
