"""The door of the ledger: `award` for what happened, `reverse` for what was taken back (M2–M4).

Both are called in the transaction of the event, after its rows are locked: accounts are locked last.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.periods import Period
from core import rows
from core.actors import user_of
from core.ledger import book as ledger
from mileage.catalogue import Cap, Rule, sharing
from mileage.enums import RequestState
from mileage.models import Account, Entry, Request
from mileage.rules import granted
from mileage.services import totals
from organization.selectors import departments_held

_EARNED = (
    "SELECT id, account_id, rule, event FROM (VALUES {keys}) AS wanted CROSS JOIN {entries} {index}"
    " WHERE reverses_id IS NULL AND account_id = wanted.column1 AND rule = wanted.column2"
    " AND event = wanted.column3"
)
_TAKEN_BACK = (
    "SELECT reverses_id, EXISTS (SELECT 1 FROM {requests} WHERE entry_id = reverses_id AND state = {confirmed})"
    " FROM {entries} WHERE reverses_id IN ({earned})"
)
_USED = (
    "SELECT account_id, SUM(amount) FROM {entries}"
    " WHERE account_id IN ({accounts}) AND rule IN ({rules}) AND day BETWEEN {start} AND {end} GROUP BY account_id"
)


BATCH = 500  # of keys in a statement


@dataclass(frozen=True)
class Award:
    """`event` names what happened, e.g. "benchmarking.review:12": it earns once for each person and rule.

    `amount` (hundredths) only where the rule has none of its own or a document says otherwise.
    """

    rule: Rule
    user: Any
    event: str
    day: date
    title: str
    source: models.Model | None = None
    amount: int | None = None
    reason: str = ""

    @property
    def asked(self) -> int:
        return self.rule.on(self.day) if self.amount is None else self.amount


@transaction.atomic
def award(awards: Iterable[Award], *, actor: Any) -> list[Entry]:
    """Post what has not been posted; gives the new entries. Nothing is posted for an amount of nothing.

    An event asked for again is left as it stands, and so is one whose entry was taken back by hand: what two people
    decided, no event undoes (M3). Over its cap an award is recorded with what was left (M4).

    Locks: the receivers' accounts, last of all. Called by: the service of what happened, in its transaction.
    """
    wanted = [one for one in awards if one.asked]
    if not wanted:
        return []
    accounts = ledger.lock(Account, [(one.rule.scheme, one.user.pk) for one in wanted], ("scheme", "user_id"))
    turns = _turns(wanted, accounts)
    places = departments_held([(one.user.pk, one.day) for one in wanted])
    caps = _Caps(wanted, accounts)
    drafts = []
    for one in wanted:
        account = accounts[one.rule.scheme, one.user.pk]
        key = (account.pk, one.rule.key, one.event)
        if (turn := turns.get(key, 1)) is None:
            continue
        turns[key] = None  # asked for twice in one breath
        drafts.append(
            Entry(
                account=account,
                rule=one.rule.key,
                event=one.event,
                turn=turn,
                day=one.day,
                asked=one.asked,
                amount=caps.take(one.rule, account.pk, one.day, one.asked),
                department_id=places.get((one.user.pk, one.day)),
                title=one.title[:200],
                reason=one.reason,
                source_type=ContentType.objects.get_for_model(one.source) if one.source else None,
                source_id=one.source.pk if one.source else None,
                actor=user_of(actor),
            )
        )
    return _post(drafts)


@transaction.atomic
def reverse(entries: Iterable[Entry], *, reason: str, actor: Any) -> list[Entry]:
    """Take back these entries, each by a line for the same day.

    Locks: their accounts, last of all. Raises: Rejected without a reason, or where one is taken back already.
    """
    if not reason.strip():
        raise Rejected(_("사유를 입력해 주세요."), field="reason")
    asked = list(entries)
    keys = {(e.account.scheme, e.account.user_id) for e in asked}
    accounts = ledger.lock(Account, keys, ("scheme", "user_id"))
    pks = [e.pk for e in asked]
    taken = [e for e in asked if e.reverses_id is not None]
    if taken or Entry.objects.filter(reverses__in=pks).exists():
        raise Rejected(_("이미 취소된 기록입니다."))
    return _post([_opposite(e, accounts, reason.strip(), actor) for e in asked])


def reverse_source(
    source: models.Model, *, reason: str, actor: Any, rules: Sequence[Rule] = ()
) -> list[Entry]:
    """Take back everything that still stands for this source (of these rules only); nothing is fine.

    Locks: as `reverse`. Called by: the service that undoes what happened.
    """
    kind = ContentType.objects.get_for_model(source)
    standing = Entry.objects.standing().filter(source_type=kind, source_id=source.pk)
    if rules:
        standing = standing.filter(rule__in=[rule.key for rule in rules])
    found = list(standing.select_related("account").order_by("pk"))
    return reverse(found, reason=reason, actor=actor) if found else []


def has_earned(sources: Sequence[models.Model], rule: Rule) -> set[Any]:
    """Which of these, all of one kind, have earned by the rule, whether it stands or was taken back."""
    if not sources:
        return set()
    kind, pks = ContentType.objects.get_for_model(sources[0]), [source.pk for source in sources]
    found: set[Any] = set()
    for start in range(0, len(pks), BATCH):
        of = Entry.objects.filter(source_type=kind, source_id__in=pks[start : start + BATCH], rule=rule.key)
        found.update(of.values_list("source_id", flat=True))
    return found


def _opposite(entry: Entry, accounts: dict[tuple[Any, ...], Account], reason: str, actor: Any) -> Entry:
    return Entry(
        account=accounts[entry.account.scheme, entry.account.user_id],
        rule=entry.rule,
        event=entry.event,
        turn=entry.turn,
        day=entry.day,
        asked=-entry.asked,
        amount=-entry.amount,
        department_id=entry.department_id,
        title=entry.title,
        source_type_id=entry.source_type_id,
        source_id=entry.source_id,
        reverses=entry,
        reason=reason,
        actor=user_of(actor),
    )


def _post(drafts: list[Entry]) -> list[Entry]:
    return ledger.append(drafts, following=totals.following(drafts))


def _turns(
    wanted: Sequence[Award], accounts: dict[tuple[Any, ...], Account]
) -> dict[tuple[int, str, str], int | None]:
    """Which turn an event would have; None where it stands, or was taken back by hand. Those never earned are left out
    (turn 1)."""
    keys = {(accounts[w.rule.scheme, w.user.pk].pk, w.rule.key, w.event) for w in wanted}
    earned: dict[int, tuple[int, str, str]] = {}
    index = rows.by_index("an_event_earns_once")
    for part in rows.chunks(sorted(keys)):
        for pk, *key in rows.fetch(_EARNED, entries=Entry, index=index, keys=list(part)):
            earned[pk] = (key[0], key[1], key[2])
    again = _free_again(sorted(earned))
    turns = Counter(earned[pk] for pk in again)
    closed = {key for pk, key in earned.items() if pk not in again}
    return {**{key: count + 1 for key, count in turns.items()}, **dict.fromkeys(closed)}


def _free_again(earned: Sequence[int]) -> set[int]:
    """Those of the entries that were taken back with their event, not by a request of planning."""
    found: set[int] = set()
    for ids in rows.chunks(earned):
        taken_back = rows.fetch(
            _TAKEN_BACK,
            requests=Request,
            confirmed=RequestState.CONFIRMED.value,
            entries=Entry,
            earned=list(ids),
        )
        found.update(pk for pk, by_hand in taken_back if not by_hand)
    return found


class _Caps:
    """What each person has used of each cap in a period: read with one question for a period, then kept up."""

    def __init__(self, wanted: Sequence[Award], accounts: dict[tuple[Any, ...], Account]) -> None:
        periods: dict[tuple[Cap, Period], set[int]] = defaultdict(set)
        for one in wanted:
            if cap := one.rule.cap_on(one.day):
                periods[cap, cap.period(one.day)].add(accounts[one.rule.scheme, one.user.pk].pk)
        self.used: dict[tuple[Cap, Period, int], int] = defaultdict(int)
        for (cap, period), pks in periods.items():
            start, end = period.days
            for part in rows.chunks(sorted(pks)):
                for account, used in rows.fetch(
                    _USED, entries=Entry, accounts=list(part), rules=sharing(cap), start=start, end=end
                ):
                    self.used[cap, period, account] = int(used)

    def take(self, rule: Rule, account: int, day: date, asked: int) -> int:
        cap = rule.cap_on(day)
        if cap is None:
            return asked
        key = (cap, cap.period(day), account)
        amount = granted(asked, self.used[key], cap.on(day))
        self.used[key] += amount
        return amount
