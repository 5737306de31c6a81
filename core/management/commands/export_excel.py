"""manage.py export_excel KIND FILE [--filter k=v …]: the rows of a kind as a workbook."""

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.exports import get_export
from basis.excel.writer import Sheet, write_workbook
from core import access


class Command(BaseCommand):
    help = "자료를 엑셀 파일로 저장합니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="자료의 종류")
        parser.add_argument("file", type=Path, help="저장할 엑셀 파일(.xlsx)")
        parser.add_argument(
            "--filter",
            nargs="+",
            action="extend",
            default=[],
            metavar="조건=값",
            help="조건에 맞는 자료만 저장합니다",
        )

    def handle(self, *_args: Any, kind: str, file: Path, **options: Any) -> None:
        try:
            export = get_export(kind)
            columns, rows = export.build(_parsed(options["filter"]))
            count = _write(file, Sheet(str(export.label), columns, rows))
            access.write_file(kind, f"{export.label}: {file.name}")
        except Rejected as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(
                _("파일을 쓸 수 없습니다: %(file)s. 경로와 권한을 확인해 주세요.") % {"file": file}
            ) from error
        self.stdout.write(_("%(count)s건을 %(file)s에 저장했습니다.") % {"count": f"{count:,}", "file": file})


def _parsed(pairs: list[str]) -> dict[str, str]:
    filters: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise Rejected(_("조건은 ‘이름=값’으로 적어 주세요: %(pair)s") % {"pair": pair})
        filters[name.strip()] = value.strip()
    return filters


def _write(file: Path, sheet: Sheet) -> int:
    """Write beside the file and rename: what was there stays whole if the writing is broken off."""
    written = 0

    def count(rows: int) -> None:
        nonlocal written
        written = rows

    handle, name = tempfile.mkstemp(dir=file.absolute().parent, suffix=".xlsx")
    try:
        with os.fdopen(handle, "wb") as target:
            write_workbook(target, [sheet], progress=count)
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
    return written
