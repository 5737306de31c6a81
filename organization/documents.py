"""Files the organisation hands out."""

import tempfile
from collections.abc import Sequence

from django.http import FileResponse
from django.utils.translation import gettext as _

from basis.excel.writer import ExportColumn, Sheet, write_workbook
from core.exports import XLSX, file_name
from organization.models import User


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
