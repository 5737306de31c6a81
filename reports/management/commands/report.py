"""manage.py report SLUG --period P [--format json|html|xlsx|hwpx] [--output FILE]: a report of this moment."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from basis.documents.model import Document
from basis.documents.response import FORMATS
from basis.errors import Rejected
from basis.periods import Period, parse
from core.now import today
from reports.definitions import Definition, definition_of
from reports.plain import report_json


class Command(BaseCommand):
    help = "보고서를 지금 자료로 계산하여 보여 줍니다. 보관하거나 보내지 않습니다."
    missing_args_message = "보고서를 입력해 주세요. 예: report benchmarking-analysis --period 2015"

    def add_arguments(self, parser: ArgumentParser) -> None:
        # Read as text: refusals are then ours to word, in Korean.
        parser.add_argument("slug", metavar="SLUG", help="보고서 이름")
        parser.add_argument("--period", default="", help="2015, 2015-H1, 2015-Q3, 2015-M11, 2015-W07")
        parser.add_argument("--format", default="json", help=", ".join(FORMATS))
        parser.add_argument("--output", type=Path, help="저장할 파일")

    def handle(self, *, slug: str, period: str, format: str, output: Path | None, **options: Any) -> None:
        if format not in FORMATS:
            formats = ", ".join(FORMATS)
            raise CommandError(_("형식은 %(formats)s 가운데 하나입니다.") % {"formats": formats})
        try:
            definition, span = definition_of(slug), parse(period)
            content = _content(definition, span, definition.document(span, today()), format)
        except Rejected as error:
            raise CommandError(error.message) from error
        if output is not None:
            output.write_bytes(content)
            self.stdout.write(_("저장했습니다: %(path)s") % {"path": output})
        elif format in ("json", "html"):
            self.stdout.write(content.decode())
        else:
            raise CommandError(_("--output으로 저장할 파일을 알려 주세요."))


def _content(definition: Definition, period: Period, document: Document, fmt: str) -> bytes:
    if fmt == "json":
        return report_json(definition.slug, period, today(), document).encode()
    return FORMATS[fmt].render(document)
