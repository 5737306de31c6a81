"""After the journey: the clock of the report, what was seen and spent, settling with money, points and hours
(V3, V5, V6)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.formats import won
from benchmarking.services import cases
from budgets import services as budget
from core import attachments, deadlines
from core.actors import SYSTEM
from core.editing import check_version
from core.models import Clock
from core.now import today
from core.transition import perform
from organization.models import User
from visits import notifications
from visits.enums import ExpenseKind, VisitPlace, VisitState
from visits.models import FieldVisit, VisitExpense, VisitReport
from visits.policies import CLAIM_DAYS, REPORT_DAYS
from visits.rates import FIXED, MOST, Rates, shares
from visits.services import earning, plans
from visits.services.requests import locked

CLOCK = "visits.visit"
CLAIM = "visits.claim"  # the settlement is asked for with the report (V4b)
ROW = "expense"  # `Rejected.field` of the third expense's receipt: `expense-2-receipt`
EXPENSES = "expenses"  # … of all of them together


@dataclass(frozen=True)
class Expense:
    """`pk` of a row that is there already; `files` are receipts."""

    kind: str
    user: User
    amount: int
    receipt: str = ""
    note: str = ""
    files: Sequence[File] = ()
    pk: int | None = field(default=None)


@transaction.atomic
def travel(visit: FieldVisit, *, actor: Any) -> FieldVisit:
    """Say that the team has been there; the clock of the report begins.

    Locks: case, review, visit. Raises: Rejected before the day.
    """
    _review, visit = locked(visit)
    if visit.state == VisitState.ORDERED and today() < visit.ends_on:
        raise Rejected(_("방문일이 되면 다녀온 것으로 표시할 수 있습니다."))
    return _arrive(visit, "travel", actor)


def mark_travelled(day: date) -> int:
    """Take ordered visits whose day has passed for made; gives how many.

    Locks: all their cases, then each visit. Called by: the schedule.
    """
    past = [
        visit
        for visit in FieldVisit.objects.filter(state=VisitState.ORDERED, visited_on__lt=day)
        if visit.ends_on < day
    ]
    cases.lock_all([visit.case_id for visit in past if visit.case_id])
    marked = 0
    for visit in sorted(past, key=lambda visit: visit.pk):
        _review, visit = locked(visit)
        if visit.state == VisitState.ORDERED and visit.ends_on < day:
            _arrive(visit, "travel_by_schedule", SYSTEM)
            marked += 1
    return marked


def _arrive(visit: FieldVisit, step: str, actor: Any) -> FieldVisit:
    """The clocks of the report and of asking for the settlement begin with the day after the visit (V3, V4b, O6)."""
    if visit.state == VisitState.ORDERED:
        visit.claim = deadlines.open_clock(CLAIM, visit.ends_on, CLAIM_DAYS.on(visit.ends_on))
        visit.clock = deadlines.open_clock(CLOCK, visit.ends_on, REPORT_DAYS.on(visit.begun_on))
    perform(visit, step, actor=actor, data={"due": visit.clock.due.isoformat()} if visit.clock else None)
    notifications.travelled(visit)
    return visit


@transaction.atomic
def report(
    visit: FieldVisit,
    *,
    findings: str,
    taken_over: str,
    took_part: Collection[int],
    expenses: Sequence[Expense],
    actor: Any,
    files: Sequence[File] = (),
    version: int | None = None,
) -> FieldVisit:
    """Report what was seen, what is taken over, who (ids of staff) really went, and what it cost: more than was set
    aside only with a reason in the note of a row (V4).

    Locks: case, review, visit. Raises: Conflict if it was changed meanwhile, Rejected beside the field or row.
    """
    _review, visit = locked(visit)
    check_version(visit, version, {})
    if not findings.strip():
        raise Rejected(_("보고 들은 내용을 입력해 주세요."), field="findings")
    if not taken_over.strip():
        raise Rejected(_("우리 구에 적용할 내용을 입력해 주세요."), field="taken_over")
    _check_team(visit, took_part)
    _check_expenses(visit, took_part, expenses)
    day = today()
    visit.headcount, visit.to_mend = len(set(took_part)), ""
    perform(visit, "report", actor=actor, data={"amount": won(sum(e.amount for e in expenses))})
    assert visit.clock is not None
    for clock in _clocks(visit):
        deadlines.close(clock, day)
    written, _made = VisitReport.objects.update_or_create(
        visit=visit,
        defaults={
            "findings": findings,
            "taken_over": taken_over,
            "reported_by": actor,
            "reported_on": day,
            "in_time": day <= visit.clock.due,
        },
    )
    for member in visit.members.all():
        member.took_part = member.user_id in took_part
        member.save()
    went = [member.user for member in visit.members.select_related("user") if member.user_id in took_part]
    plans.take_days(visit, went, field="took_part")
    _keep_expenses(visit, expenses, actor)
    if files:
        attachments.attach(written, files, actor=actor)
    notifications.reported(visit)
    return visit


@transaction.atomic
def withdraw_report(visit: FieldVisit, *, actor: Any) -> FieldVisit:
    """Take the report back before it is settled."""
    return _reopen(visit, "withdraw_report", "", actor)


@transaction.atomic
def return_report(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """Ask for a better report; done by planning. What was left of its time is left.

    Raises: Outdated.
    """
    visit = _reopen(visit, "return_report", reason, actor, version)
    notifications.report_returned(visit, reason)
    return visit


def _reopen(visit: FieldVisit, step: str, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    _review, visit = locked(visit, version)
    visit.to_mend = reason.strip()
    perform(visit, step, actor=actor, reason=reason)
    assert visit.clock is not None
    for clock in _clocks(visit):
        deadlines.reopen(clock, actor=actor)
    VisitReport.objects.filter(visit=visit).update(reported_on=None, in_time=None)
    return visit


@transaction.atomic
def settle(visit: FieldVisit, *, actor: Any, version: int | None = None) -> FieldVisit:
    """Accept the report: the expenses are spent, the rest is free again, and each who went has points and hours
    (V5, V6).

    Locks: case, review, visit, budget, accounts. Raises: Outdated.
    """
    _review, visit = locked(visit, version)
    visit.actual = visit.expenses.aggregate(sum=Sum("amount"))["sum"] or 0
    perform(visit, "settle", actor=actor, data={"amount": won(visit.actual)})
    budget.settle(visit, visit.actual, actor=actor)
    visit.reserved = None
    visit.save(update_fields=["reserved"])
    notifications.settled(visit, earning.visited(visit, actor=actor))
    return visit


@transaction.atomic
def undo_settle(visit: FieldVisit, *, reason: str, actor: Any, version: int | None = None) -> FieldVisit:
    """Take money, points and hours back, each by an entry of its own.

    Locks: case, review, visit, budget, accounts. Raises: Outdated.
    """
    _review, visit = locked(visit, version)
    if visit.repayments.exists():
        raise Rejected(_("환수한 여비가 있는 정산은 되돌릴 수 없습니다."))
    visit.actual = None
    perform(visit, "undo_settle", actor=actor, reason=reason)
    visit.reserved = -budget.unsettle(visit, reason=reason, actor=actor).amount
    visit.save(update_fields=["reserved"])
    earning.not_visited(visit, reason=reason, actor=actor)
    notifications.unsettled(visit, reason)
    return visit


# -- the rules


def _check_team(visit: FieldVisit, took_part: Collection[int]) -> None:
    team = set(visit.members.values_list("user", flat=True))
    if not took_part:
        raise Rejected(_("다녀온 직원을 골라 주세요."), field="took_part")
    if set(took_part) - team:
        raise Rejected(_("현장체험단이 아닌 직원이 있습니다."), field="took_part")


@dataclass
class Claim:
    """What one person claims of one kind of expense, over all its rows: `last` is the place of the last one, `noted`
    that one of them gives a reason."""

    kind: str
    amount: int = 0
    last: int = 0
    noted: bool = False


def _check_expenses(visit: FieldVisit, took_part: Collection[int], expenses: Sequence[Expense]) -> None:
    _check_size(expenses)
    proven = {expense.pk for expense in visit.expenses.all() if attachments.files_of(expense).exists()}
    claims: dict[tuple[int, str], Claim] = {}
    for place, expense in enumerate(expenses):
        _check_row(place, expense, took_part, has_files=expense.pk in proven)
        claim = claims.setdefault((expense.user.pk, expense.kind), Claim(expense.kind))
        claim.amount, claim.last = claim.amount + expense.amount, place
        claim.noted = claim.noted or bool(expense.note.strip())
    _check_limits(visit, list(claims.values()))
    spent, held = sum(claim.amount for claim in claims.values()), visit.reserved or 0
    if spent > held and not any(claim.noted for claim in claims.values()):
        raise Rejected(
            _(
                "집행 경비 합계(%(spent)s)가 잡아 둔 여비(%(held)s)보다 많습니다. "
                "금액을 확인하고, 더 쓴 것이 맞으면 그 줄의 비고에 사유를 적어 주세요."
            )
            % {"spent": won(spent), "held": won(held)},
            field=EXPENSES,
        )


def _check_row(place: int, expense: Expense, took_part: Collection[int], *, has_files: bool) -> None:
    """Of somebody who went, not negative, and proven where it is no allowance by the table."""
    words = {"person": expense.user.full_label, "kind": ExpenseKind(expense.kind).label}
    if expense.user.pk not in took_part:
        raise Rejected(_("%(person)s은(는) 다녀온 직원이 아닙니다.") % words, field=f"{ROW}-{place}-user")
    if expense.amount < 0:
        raise Rejected(_("금액은 0원 이상으로 입력해 주세요."), field=f"{ROW}-{place}-amount")
    proven = expense.receipt.strip() or expense.files or has_files
    if expense.kind not in FIXED and expense.amount and not proven:
        raise Rejected(
            _("%(person)s의 %(kind)s에 영수증 번호나 영수증 파일을 넣어 주세요.") % words,
            field=f"{ROW}-{place}-receipt",
        )


def _check_limits(visit: FieldVisit, claims: Sequence[Claim]) -> None:
    """Nobody has more than the table gives, and more than was approved only where a note says why (V4); inside the
    place of work there is nothing else (V4a)."""
    agreed = {row.kind: row.as_line() for row in visit.lines.all()}
    limits = {kind: max(shares(line.sum, line.persons)) for kind, line in agreed.items()}
    most = {
        kind: max(limits[kind], line.each) for kind, line in agreed.items()
    }  # old ones may have been raised
    if visit.days > 1 and not visit.journey.is_inside:
        limits[ExpenseKind.LODGING], most[ExpenseKind.LODGING] = _nights(visit)
    actual = () if visit.journey.is_inside else (ExpenseKind.TRANSPORT,)
    for claim in claims:
        if claim.kind in actual:
            continue
        limit, top = limits.get(claim.kind, 0), most.get(claim.kind, 0)
        words = {"kind": ExpenseKind(claim.kind).label, "limit": won(limit), "most": won(top)}
        if claim.amount > top:
            raise Rejected(
                _("%(kind)s는 한 사람에게 %(most)s까지 지급할 수 있습니다.") % words
                if top
                else _("이 출장에는 %(kind)s를 지급하지 않습니다.") % words,
                field=f"{ROW}-{claim.last}-amount",
            )
        if claim.amount > limit and not claim.noted:
            raise Rejected(
                _("%(kind)s가 승인된 금액(한 사람 %(limit)s)보다 많습니다. 비고에 사유를 적어 주세요.")
                % words,
                field=f"{ROW}-{claim.last}-note",
            )


def _nights(visit: FieldVisit) -> tuple[int, int]:
    """Lodging of one person for all nights: what needs no reason, and the most there is."""
    rates, nights = Rates.on(visit.visited_on), visit.days - 1
    limit = rates.lodging[VisitPlace(visit.place)]
    agreed = max(limit, visit.lodging_each)
    return agreed * nights, max(agreed, limit * (100 + rates.lodging_more) // 100) * nights


def _check_size(expenses: Sequence[Expense]) -> None:
    """Beside the largest, where they come to more than any visit can."""
    if sum(expense.amount for expense in expenses) <= MOST:
        return
    largest = max(range(len(expenses)), key=lambda place: expenses[place].amount)
    raise Rejected(
        _("집행 경비 합계가 %(most)s을 넘습니다. 금액을 확인해 주세요.") % {"most": won(MOST)},
        field=f"{ROW}-{largest}-amount",
    )


def _keep_expenses(visit: FieldVisit, expenses: Sequence[Expense], actor: Any) -> None:
    rows: Mapping[int, VisitExpense] = {row.pk: row for row in visit.expenses.all()}
    kept = set()
    for expense in expenses:
        row = rows.get(expense.pk or 0) or VisitExpense(visit=visit)
        row.kind, row.user, row.amount = expense.kind, expense.user, expense.amount
        row.receipt, row.note = expense.receipt.strip(), expense.note.strip()
        row.save()
        kept.add(row.pk)
        if expense.files:
            attachments.attach(row, expense.files, actor=actor)
    for pk, row in rows.items():
        if pk not in kept:
            for file in attachments.files_of(row):
                attachments.remove(file, actor=actor)
            row.delete()


# -- deadlines


def _clocks(visit: FieldVisit) -> list[Clock]:
    """Visits made before settlements had a deadline have one alone."""
    return [clock for clock in (visit.clock, visit.claim) if clock is not None]


def lock_open() -> list[int]:
    """Lock the cases of visits with open reports; gives the clocks of the reports and of the settlements.

    Called by: `core.deadlines`, which locks the clocks after them.
    """
    waiting = FieldVisit.objects.filter(state=VisitState.TRAVELLED, clock__closed_on=None)
    found = cases.lock_all(waiting.values("case"))
    pairs = waiting.filter(case__in=found).values_list("clock", "claim")
    return [pk for pair in pairs for pk in pair if pk is not None]


def due_moved(clock: Clock, old: date, cause: str, actor: Any) -> None:
    """Tell who must write a report and ask for the settlement that the deadline has moved.

    Called by: `core.deadlines`, for each clock that moved.
    """
    visit = FieldVisit.objects.get(Q(clock=clock) | Q(claim=clock))
    if old != clock.due and visit.state == VisitState.TRAVELLED:
        notifications.due_moved(visit, clock, old, cause, claim=clock.kind == CLAIM)
