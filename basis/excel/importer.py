"""Excel intake (B2): every row checked, every error with row, column, reason; all rows saved or none."""

from collections.abc import Callable, Hashable, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.columns import ImportColumn, display
from basis.excel.reader import RawRow, SheetReader
from basis.excel.safety import ExcelRefused, Upload
from basis.sockets import Socket

PROGRESS_EVERY = 1_000  # rows
MAX_ERRORS = 2_000  # kept for showing; the rest is counted
_SHOWN = 100  # characters of a faulty value

Progress = Callable[[int], None]


class RowError(NamedTuple):
    """One error. `column_label` and `column_letter` are empty where the whole row is meant."""

    row: int
    column_label: str
    column_letter: str
    value: str
    message: str

    def __str__(self) -> str:
        if not self.column_label:
            return _("%(row)s행: %(message)s") % self._asdict()
        return _("%(row)s행 %(column_letter)s열(%(column_label)s): %(message)s") % self._asdict()


@dataclass
class ImportResult:
    """`total` rows read, `saved` rows saved. `errors` in row order; `error_count` counts all of them."""

    total: int = 0
    saved: int = 0
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    ignored_columns: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return self.error_count == 0


class Importer:
    """One kind of Excel intake. A new instance for every run, so `prepare` may keep lookups on it.

    Subclasses give kind, label, columns and `save`, and override the hooks they need.
    """

    kind: ClassVar[str]
    label: ClassVar[Any]
    columns: ClassVar[Sequence[ImportColumn]]
    duplicate_column: ClassVar[str] = ""  # the key of the column a duplicate is shown at

    def prepare(self) -> None:
        """Load what `clean_row` looks up, once before the first row."""

    def clean_row(self, row: RawRow) -> Any:
        """What `save` gets for this row; something compact, as all rows are held until the last is checked.

        Raise Rejected(message, field=key), or ValidationError({key: messages}), with keys of columns.
        """
        return tuple(row.values.values())

    def row_key(self, cleaned: Any) -> Hashable | None:
        """What makes two rows the same; None: never the same."""
        return None

    def existing(self, keys: Set[Hashable]) -> Set[Hashable]:
        """Which of the keys the database has already. Called once, with all of them."""
        return set()

    def save(self, rows: list[Any], actor: Any) -> int:
        """Save all rows through the services; the number saved. One transaction: Rejected undoes all."""
        raise LookupError(f"{type(self).__name__} does not save")

    def run(
        self, file: Upload, actor: Any, dry_run: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Check all rows and, if there is no error and this is no trial, save them.

        `progress(rows)` is called every 1,000 rows, outside the transaction. ExcelRefused or Rejected
        when the file as a whole cannot be taken.
        """
        check = _Check(self)
        with SheetReader(file, self.columns) as reader:
            check.read(reader, progress)
        result = check.result
        if not result.total:
            raise ExcelRefused(_("입력된 행이 없습니다. 제목 아래에 내용을 입력한 뒤 다시 올려 주세요."))
        if result.ok and not dry_run:
            try:
                with transaction.atomic():
                    result.saved = self.save(check.rows, actor)
            except IntegrityError as error:  # checked before, so somebody was faster
                raise ExcelRefused(
                    _("확인하는 사이에 같은 자료가 먼저 등록되었습니다. 파일을 다시 올려 주세요.")
                ) from error
        return result


class _Check:
    """The checking of one file: gathers the clean rows and the errors."""

    def __init__(self, importer: Importer) -> None:
        self.importer = importer
        self.labels = {column.key: str(column.label) for column in importer.columns}
        self.letters: dict[str, str] = {}
        self.rows: list[Any] = []
        self.keys: dict[Hashable, int] = {}
        self.result = ImportResult()

    def read(self, reader: SheetReader, progress: Progress | None) -> None:
        self.importer.prepare()
        self.letters = reader.letters
        self.result.ignored_columns = reader.ignored
        for row in reader:
            self.result.total += 1
            self._check(row)
            if progress and self.result.total % PROGRESS_EVERY == 0:
                progress(self.result.total)
        self._against_database()
        self.result.errors.sort(key=lambda error: (error.row, len(error.column_letter), error.column_letter))
        if progress:
            progress(self.result.total)

    def _check(self, row: RawRow) -> None:
        for fault in row.faults:
            self._error(row.number, fault.key, fault.value, fault.message)
        if row.faults:
            return
        try:
            cleaned = self.importer.clean_row(row)
        except Rejected as error:
            self._error(row.number, error.field or "", row.values.get(error.field or ""), error.message)
            return
        except ValidationError as error:
            for key, messages in _by_field(error):
                for message in messages:
                    self._error(row.number, key, row.values.get(key), message)
            return
        identity = self.importer.row_key(cleaned)
        if identity is not None:
            first = self.keys.setdefault(identity, row.number)
            if first != row.number:
                message = _("%(first)s행과 중복됩니다. 한 행만 남기고 지워 주세요.") % {"first": first}
                self._duplicate(row.number, identity, message)
        if self.result.ok:
            self.rows.append(cleaned)

    def _against_database(self) -> None:
        for key in self.importer.existing(self.keys.keys()) if self.keys else ():
            message = _("이미 등록된 자료입니다. 이 행을 지워 주세요.")
            self._duplicate(self.keys[key], key, message)

    def _duplicate(self, number: int, key: Hashable, message: str) -> None:
        shown = " · ".join(display(part) for part in (key if isinstance(key, tuple) else (key,)))
        self._error(number, self.importer.duplicate_column, shown, message)

    def _error(self, number: int, key: str, value: Any, message: str) -> None:
        self.result.error_count += 1
        if len(self.result.errors) < MAX_ERRORS:
            label, letter = self.labels.get(key, ""), self.letters.get(key, "")
            self.result.errors.append(RowError(number, label, letter, display(value)[:_SHOWN], str(message)))


def _by_field(error: ValidationError) -> list[tuple[str, list[str]]]:
    if not hasattr(error, "error_dict"):
        return [("", list(error.messages))]
    return [("" if key == NON_FIELD_ERRORS else key, found) for key, found in error.message_dict.items()]


class UnknownKind(Rejected):
    """No such import or export; the message lists those there are."""

    def __init__(self, kind: str, known: Sequence[str]) -> None:
        names = {"kind": kind, "known": ", ".join(sorted(known))}
        super().__init__(_("‘%(kind)s’은(는) 없는 종류입니다. 사용할 수 있는 종류: %(known)s") % names)


IMPORTERS: Socket[type[Importer]] = Socket("importers", key=lambda importer: importer.kind)


def get_importer(kind: str) -> Importer:
    """A fresh importer. UnknownKind if there is none."""
    importer = IMPORTERS.get(kind)
    if importer is None:
        raise UnknownKind(kind, [known.kind for known in IMPORTERS])
    return importer()
