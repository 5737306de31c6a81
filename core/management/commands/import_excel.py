"""manage.py import_excel KIND FILE [--dry-run]: exit 1 and the errors on bad input, nothing saved."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.importer import ImportResult, get_importer
from basis.tables.containers import open_book
from basis.tables.grids import Book
from basis.tables.source import TableSource
from core.actors import SYSTEM


class Command(BaseCommand):
    help = "엑셀 파일의 자료를 한꺼번에 등록합니다. 한 행이라도 잘못되면 아무것도 등록하지 않습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="자료의 종류")
        parser.add_argument("file", type=Path, help="엑셀 등 표 파일(.xlsx, .xls, .ods, .csv, .html)")
        parser.add_argument("--dry-run", action="store_true", help="확인만 하고 등록하지 않습니다")

    def handle(self, *_args: Any, kind: str, file: Path, dry_run: bool, **_options: Any) -> None:
        try:
            importer = get_importer(kind)
            with file.open("rb") as stream:
                book = open_book(stream, file.name)
                source = TableSource(book, importer.columns)
                result = importer.take(source, actor=SYSTEM, dry_run=dry_run)
        except Rejected as error:
            raise CommandError(error.message) from error
        except OSError as error:
            raise CommandError(
                _("파일을 열 수 없습니다: %(file)s. 경로를 확인해 주세요.") % {"file": file}
            ) from error
        self._tell(book, source)
        if result.ignored_columns:
            names = ", ".join(result.ignored_columns)
            self.stdout.write(_("사용하지 않는 열은 건너뛰었습니다: %(names)s") % {"names": names})
        if not result.ok:
            self._refuse(result)
        if dry_run:
            self.stdout.write(_("%(count)s건을 등록할 수 있습니다.") % {"count": f"{result.total:,}"})
        else:
            self.stdout.write(_("%(count)s건을 등록했습니다.") % {"count": f"{result.saved:,}"})

    def _tell(self, book: Book, source: TableSource) -> None:
        """What the file is and what was taken of it, where that is not plain."""
        for remark in book.remarks:
            self.stdout.write(remark)
        if len(source.tables) > 1 or any(len(source.says(found).split(", ")) > 2 for found in source.tables):
            taken = {table.found.key for table in source.taken}
            for found in source.tables:
                self.stdout.write(f"{'○' if found.key in taken else '-'} {found.key}: {source.says(found)}")

    def _refuse(self, result: ImportResult) -> None:
        for error in result.errors:
            self.stderr.write(f"{error} [{error.value}]" if error.value else str(error))
        raise CommandError(
            _("%(count)s곳이 잘못되어 아무것도 등록하지 않았습니다. 고친 뒤 다시 실행해 주세요.")
            % {"count": f"{result.error_count:,}"}
        )
