"""Excel intake (B2, N3): every row looked at by every check, all errors at once with row, column, reason; all rows
saved or none."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Protocol, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.excel.columns import ImportColumn, display
from basis.excel.rows import Place, RawRow
from basis.excel.safety import ExcelRefused
from basis.folding import folded
from basis.sockets import Socket

PROGRESS_EVERY = 1_000  # rows
MAX_ERRORS = 2_000  # kept for showing; the rest is counted
_SHOWN = 100  # characters of a faulty value

Progress = Callable[[int], None]
F = TypeVar("F", bound=Callable[..., None])


class Source(Protocol):
    """Where rows come from (basis.tables.source). `letters` gives the column letter by
    key, of the table whose rows are being read; `ignored` the heads nobody asked for."""

    @property
    def letters(self) -> Mapping[str, str]: ...

    @property
    def ignored(self) -> list[str]: ...

    def __iter__(self) -> Iterator[RawRow]: ...


def check(*keys: str) -> Callable[[F], F]:
    """A method of an importer that looks at these columns of every row in which they could be read, whatever else is
    wrong with the row. It raises Rejected, shown beside the first column unless it names another."""

    def mark(method: F) -> F:
        method.columns = keys  # type: ignore[attr-defined]  # a function carries what its mark says
        return method

    return mark


class RowError(NamedTuple):
    """One error. `column_label`, `column_letter` and `key` (of the column) are empty where the whole row is meant;
    `sheet` where only one is read."""

    row: int
    column_label: str
    column_letter: str
    value: str
    message: str
    key: str = ""
    sheet: str = ""

    @property
    def place(self) -> Place:
        return (self.sheet, self.row)

    def __str__(self) -> str:
        at = _("%(row)s행 %(column_letter)s열(%(column_label)s): %(message)s")
        said = (at if self.column_label else _("%(row)s행: %(message)s")) % self._asdict()
        return f"[{self.sheet}] {said}" if self.sheet else said


@dataclass
class ImportResult:
    """`total` rows read, `saved` rows saved. `errors` in row order; `error_count` counts all of them.
    `remarks` stop nothing."""

    total: int = 0
    saved: int = 0
    errors: list[RowError] = field(default_factory=list)
    error_count: int = 0
    ignored_columns: list[str] = field(default_factory=list)
    remarks: list[RowError] = field(default_factory=list)
    proof: Any = None  # of a trial

    @property
    def ok(self) -> bool:
        return self.error_count == 0


@dataclass(frozen=True)
class Wish:
    """What saving does besides, if somebody wishes it of this file."""

    key: str
    label: Any
    help: Any = ""


class Importer:
    """One kind of Excel intake. A new instance for every run, so `prepare` may keep lookups on it.

    Subclasses give kind, label, columns and `save`, mark their checks with `check`, and override the hooks they need.
    `unique`: the columns that make two rows the same (none: never); a duplicate is shown at the first of them.
    `wishes`: what may be wished of a file, and `wished` the keys of what was.
    `made`: what `save` has made in this order, as rows or as (model, key), for who undoes the import; what hangs on it
    by a key need not be named.
    """

    kind: ClassVar[str]
    label: ClassVar[Any]
    columns: ClassVar[Sequence[ImportColumn]]
    unique: ClassVar[Sequence[str]] = ()
    wishes: ClassVar[Sequence[Wish]] = ()
    checks: ClassVar[Sequence[str]] = ()

    def __init__(self) -> None:
        self.actor: Any = None  # who takes the file in, known before the first row
        self.source: Any = None  # what is being read
        self.made: list[Any] = []
        self.wished: frozenset[str] = frozenset()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        own = [name for name, value in vars(cls).items() if hasattr(value, "columns")]
        cls.checks = (*cls.checks, *(name for name in own if name not in cls.checks))

    def prepare(self) -> None:
        """Load what the checks look up, once before the first row."""

    def clean_row(self, row: RawRow) -> Any:
        """What `save` gets for a row that passed all checks; something compact, as all rows are held until the last
        is checked. May refuse the row still: Rejected(message, field=key) or ValidationError({key: messages})."""
        return tuple(row.values.values())

    def row_key(self, values: Mapping[str, Any]) -> Hashable | None:
        """What makes two rows the same, folded, from values that could be read; None: never the same."""
        if not self.unique:
            return None
        key = tuple(folded(values[key]) for key in self.unique)
        return key[0] if len(key) == 1 else key

    def existing(self, keys: Set[Any]) -> Set[Hashable]:
        """Which of the keys the database has already, folded as they are. Called with all of them."""
        return set()

    def afterwards(self) -> Iterator[tuple[Any, str, str]]:
        """Key, column and words for what shows only once all rows are read. Called once, before anything is saved."""
        yield from ()

    def disproved(self, source: Any) -> Iterator[tuple[Place, str, Any, str]]:
        """Place, column, value and words for what the file says of itself and its rows do not bear out: a total that is
        not their sum. Called once with all rows read, before anything is saved."""
        yield from ()

    def remarks(self, keys: Sequence[Any]) -> Iterator[tuple[Any, str]]:
        """Key and words for rows that will do but deserve a look. Called once, with the keys of all rows."""
        yield from ()

    def save(self, rows: list[Any], actor: Any) -> int:
        """Save all rows through the services; the number saved. One transaction: Rejected undoes all."""
        raise LookupError(f"{type(self).__name__} does not save")

    def unmake(self, made: list[Any], actor: Any) -> list[Any]:
        """Take back what was made, the rows in their order; gives those to be deleted with all that hangs on them. What
        cannot be deleted (lines of a ledger) is reversed here and left out."""
        return made

    def exported(self) -> Iterable[Mapping[str, Any]]:
        """What the office has of this kind: values by column, as a row of a file has them (basis.excel.shape)."""
        raise LookupError(f"{type(self).__name__} does not say what there is")

    def proof(self, rows: list[Any], source: Source) -> Any:
        """What will result, beside what the workbook itself says of it: a paper of basis.documents; None: nothing to
        compare."""
        return None

    def take(
        self, source: Source, actor: Any, dry_run: bool = False, progress: Progress | None = None
    ) -> ImportResult:
        """Check all rows and, if there is no error and this is no trial, save them.

        `progress(rows)` is called every 1,000 rows, outside the transaction. ExcelRefused or Rejected
        when the file as a whole cannot be taken.
        """
        self.actor, self.source = actor, source
        check = _Check(self)
        check.read(source, progress)
        result = check.result
        if not result.total:
            raise ExcelRefused(_("입력된 행이 없습니다. 제목 아래에 내용을 입력한 뒤 다시 올려 주세요."))
        if result.ok and dry_run:
            check.remark()
            result.proof = self.proof(check.rows, source)
        if result.ok:
            try:
                with transaction.atomic():
                    result.saved = self.save(check.rows, actor)
                    if dry_run:  # a check does what saving does
                        result.saved = 0
                        transaction.set_rollback(True)
            except IntegrityError:
                result.saved = 0
                check.blame(actor)
        return result

    def would_save(self, rows: list[Any], actor: Any) -> bool:
        """Whether these rows can be saved; nothing is."""
        try:
            with transaction.atomic():
                type(self).save(self, rows, actor)
                transaction.set_rollback(True)
        except IntegrityError:
            return False
        return True


class _Check:
    """The checking of one file: gathers the clean rows and the errors."""

    def __init__(self, importer: Importer) -> None:
        self.importer = importer
        self.labels = {column.key: str(column.label) for column in importer.columns}
        self.checks = [(method, method.columns) for method in (getattr(importer, n) for n in importer.checks)]
        self.letters: Mapping[str, str] = {}
        self.sheets: dict[str, int] = {}  # in their order
        self.rows: list[Any] = []
        self.places: list[Place] = []  # of the rows
        self.keys: dict[
            Hashable, tuple[Place, str]
        ] = {}  # the first row with it, and how it is spelled there
        self.result = ImportResult()

    def read(self, source: Source, progress: Progress | None) -> None:
        self.importer.prepare()
        for row in source:
            self.letters = source.letters
            self.sheets.setdefault(row.sheet, len(self.sheets))
            self.result.total += 1
            self._check(row)
            if progress and self.result.total % PROGRESS_EVERY == 0:
                progress(self.result.total)
        self.result.ignored_columns = source.ignored
        self._against_database()
        for key, column, message in self.importer.afterwards():
            self._error(self.keys[key][0], column, None, message)
        for place, column, value, message in self.importer.disproved(source):
            self._error(place, column, value, message)
        self.result.errors.sort(
            key=lambda e: (self.sheets[e.sheet], e.row, len(e.column_letter), e.column_letter)
        )
        if progress:
            progress(self.result.total)

    def _check(self, row: RawRow) -> None:
        before = self.result.error_count
        for fault in row.faults:
            self._error(row.place, fault.key, fault.value, fault.message)
        faulty = {fault.key for fault in row.faults}
        for method, keys in self.checks:
            if faulty.isdisjoint(keys):
                with self._noting(row, keys[0]):
                    method(*(row.values[key] for key in keys))
        if faulty.isdisjoint(self.importer.unique):
            self._compare(row)
        if self.result.error_count == before:
            with self._noting(row):
                cleaned = self.importer.clean_row(row)
                if self.result.ok:
                    self.rows.append(cleaned)
                    self.places.append(row.place)

    @contextmanager
    def _noting(self, row: RawRow, key: str = "") -> Iterator[None]:
        """What is refused inside is wrong with this row, at `key` unless the refusal names another column."""
        try:
            yield
        except Rejected as error:
            at = error.field or key
            self._error(row.place, at, row.values.get(at), error.message)
        except ValidationError as error:
            for at, messages in _by_field(error):
                for message in messages:
                    self._error(row.place, at or key, row.values.get(at or key), message)

    def _compare(self, row: RawRow) -> None:
        """With the rows before it."""
        identity = self.importer.row_key(row.values)
        if identity is None:
            return
        spelled = " · ".join(display(row.values[key]) for key in self.importer.unique)
        (sheet, first), _spelled = self.keys.setdefault(identity, (row.place, spelled))
        if (sheet, first) == row.place:
            return
        message = _("%(first)s행과 중복됩니다. 한 행만 남기고 지워 주세요.") % {"first": first}
        if sheet != row.sheet:
            message = _("‘%(sheet)s’ 시트 %(first)s행과 중복됩니다. 한 행만 남기고 지워 주세요.") % {
                "sheet": sheet,
                "first": first,
            }
        self._duplicate(row.place, spelled, message)

    def _against_database(self) -> None:
        for key in self.importer.existing(self.keys.keys()) if self.keys else ():
            message = _("이미 등록된 자료입니다. 이 행을 지워 주세요.")
            self._duplicate(*self.keys[key], message)

    def remark(self) -> None:
        """What deserves a look though nothing is wrong; of a trial."""
        first = next(iter(self.importer.unique), "")
        label, letter = self.labels.get(first, ""), self.letters.get(first, "")
        for key, message in self.importer.remarks(list(self.keys)):
            (sheet, number), spelled = self.keys[key]
            remark = RowError(number, label, letter, spelled[:_SHOWN], message, first, sheet)
            self.result.remarks.append(remark)

    def blame(self, actor: Any) -> None:
        """Saving broke a unique key: the rows that somebody registered meanwhile, or else the one that breaks it."""
        self._against_database()
        if not self.result.ok:
            return
        least, most = 0, len(self.rows)  # so many can be saved, so many cannot
        while most - least > 1:
            middle = (least + most) // 2
            if self.importer.would_save(self.rows[:middle], actor):
                least = middle
            else:
                most = middle
        self._error(
            self.places[least], "", None, _("앞의 행이나 이미 등록된 자료와 겹쳐 저장할 수 없습니다.")
        )

    def _duplicate(self, place: Place, shown: str, message: str) -> None:
        self._error(place, next(iter(self.importer.unique), ""), shown, message)

    def _error(self, place: Place, key: str, value: Any, message: str) -> None:
        self.result.error_count += 1
        if len(self.result.errors) < MAX_ERRORS:
            sheet, number = place
            label, letter = self.labels.get(key, ""), self.letters.get(key, "")
            shown = display(value)[:_SHOWN]
            self.result.errors.append(RowError(number, label, letter, shown, str(message), key, sheet))


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
