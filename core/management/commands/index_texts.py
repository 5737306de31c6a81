"""manage.py index_texts [KIND]: similar texts and what is found by words are indexed anew, of one kind or of all."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db.models import Model
from django.utils.translation import gettext as _

from core.finding import database
from core.finding.index import FOUND
from core.similar import TEXTS


class Command(BaseCommand):
    help = (
        "Index the texts of all things anew: after they were changed past the services, or how they are read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", choices=sorted({*TEXTS.keys(), *FOUND.keys()}))
        parser.add_argument("--files", action="store_true", help="read all attached files again, as jobs")

    def handle(self, *, kind: str | None, files: bool, **options: object) -> None:
        if kind is None:
            database.fill()
        for texts in TEXTS:
            if kind in (None, texts.model._meta.label_lower):
                self._tell(texts.model, texts.rebuild())
        for found in FOUND:
            if kind in (None, found.model._meta.label_lower):
                self._tell(found.model, found.rebuild(files=files))

    def _tell(self, model: type[Model], count: int) -> None:
        values = {"name": model._meta.verbose_name, "count": f"{count:,}"}
        self.stdout.write(_("%(name)s %(count)s건의 색인을 다시 만들었습니다.") % values)
