"""The steps of a published decision, the same for every kind. Each is called under the head's lock, in the transaction
of the service that says what the step means."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import date_weekday
from core.editing import check_seen
from core.ledger.protection import Guard
from core.ledger.seal import sign, texts
from core.ledger.verify import Fault
from core.now import now, today
from core.permissions import ensure
from core.publishing.freeze import freeze, sealed
from core.publishing.models import CONFIRMED, Announced, Publication
from core.transition import perform
from core.workflow import workflow_of

H = TypeVar("H", bound=Publication)


@dataclass(frozen=True, eq=False)
class Publisher(Generic[H]):
    """One kind of decision, declared in the app's `process.py`. The workflow of its head has `confirm`, `cancel`, and
    where the kind knows them `announce` and `take_back`.

    `rows` are frozen with the head; records of `handed` say what was handed over on it and hold it confirmed; both lead
    to the head by a path of foreign keys. `held` is said to who would cancel nevertheless, `message` by the database.
    """

    head: type[H]
    rows: Mapping[type[Model], str]
    message: str
    handed: tuple[type[Model], str] | None = None
    held: Any = ""

    @property
    def guards(self) -> list[Guard]:
        return freeze(self.head, self.rows, self.handed, self.message)

    def locked(self, head: H, seen: int | None = None) -> H:
        """The head as it is now, under its lock. Rejected: gone; Outdated: no longer the version that was `seen`."""
        fresh = self.head._default_manager.select_for_update(of=("self",)).filter(pk=head.pk).first()
        if fresh is None:
            raise Rejected(_("이미 지운 초안입니다."))
        check_seen(fresh, seen)
        return fresh

    def announce(self, head: H, *, until: date, actor: Any) -> None:
        """Draft → 예정: shown to everybody, who may object through this day. Rejected: the day is over."""
        assert isinstance(head, Announced), "only what can be announced"
        head.objections_until = until
        perform(head, "announce", actor=actor, data={"until": until.isoformat()})
        if until < today():
            raise Rejected(_("이의신청 마감일은 오늘 또는 이후여야 합니다."), field="until")

    def confirm(self, head: H, *, actor: Any) -> None:
        """Freeze it, once: signed as it stands, with who had seen which version. Rejected: objections are still heard,
        or wait for an answer. What the kind itself asks for, its service asks after this."""
        head.confirmed_by, head.confirmed_at, head.confirmed_version = actor, now(), head.version
        head.seal = self.seal_of(head)
        perform(head, "confirm", actor=actor)
        if isinstance(head, Announced):
            _check_objections(head)

    def cancel(self, head: H, *, reason: str, actor: Any) -> None:
        """Back to a draft, with the reason. Rejected: something was handed over on it."""
        ensure(actor, str(workflow_of(head).table["cancel"].permission), head)
        if self.handed_on(head):
            raise Rejected(str(self.held))
        head.confirmed_by = head.confirmed_at = head.confirmed_version = None
        head.seal = ""
        if isinstance(head, Announced):
            head.objections_until = None
        perform(head, "cancel", actor=actor, reason=reason)

    def take_back(
        self, record: Model, head: H, *, reason: str, actor: Any, data: dict[str, Any], gone: str
    ) -> None:
        """A record of handing over was wrong: it goes, with the reason, and the log keeps what it said. Rejected with
        `gone` where it went before."""
        perform(head, "take_back", actor=actor, reason=reason, data=data)
        if not type(record)._default_manager.filter(pk=record.pk).exists():
            raise Rejected(gone)
        record.delete()

    def handed_on(self, head: H) -> bool:
        if self.handed is None:
            return False
        model, path = self.handed
        return model._default_manager.filter(**{path: head}).exists()

    def seal_of(self, head: H) -> str:
        """Over everything that is frozen, and who confirmed it when, having seen what."""
        parts = [texts(head, sealed(self.head))]
        for model, path in self.rows.items():
            columns = sorted(field.attname for field in model._meta.concrete_fields)
            rows: QuerySet[Model] = model._default_manager.filter(**{path: head}).order_by("pk")
            parts += [texts(row, columns) for row in rows]
        return sign([self.head._meta.label, *parts])

    def faults(self) -> Iterator[Fault]:
        """What is confirmed and not what was confirmed, or was confirmed by nobody."""
        for head in self.head._default_manager.filter(state=CONFIRMED).order_by("pk"):
            if head.seal != self.seal_of(head):
                text = _("확정할 때와 다르거나 확정한 기록이 없는 %(kind)s입니다.")
                values = {"kind": self.head._meta.verbose_name}
                yield Fault(self.head._meta.label, head, None, text % values)


def _check_objections(head: Announced) -> None:
    until = head.objections_until
    if until is not None and today() <= until:
        raise Rejected(
            _("이의신청을 받는 동안에는 확정할 수 없습니다. %(day)s 다음 날부터 확정할 수 있습니다.")
            % {"day": date_weekday(until)}
        )
    if count := head.open_objections():
        raise Rejected(_("답하지 않은 이의신청이 %(count)d건 있습니다.") % {"count": count})
