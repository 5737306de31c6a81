"""How a proposal comes in: written by a citizen or by staff, or entered by planning for somebody (P1–P3)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypedDict

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Gone, Rejected
from basis.official import office_text
from core import attachments, codes, deadlines, passes
from core.actors import SYSTEM, Bearer, user_of
from core.now import now, today
from core.once import next_numbers
from core.permissions import ensure
from core.transition import record
from proposals import links
from proposals.enums import Channel, Kind, State
from proposals.enums import Notice as Consent
from proposals.models import Call, Proposal, Proposer, Writing
from proposals.models.proposal import CONTENT
from proposals.policies import COUNT_FROM_CLOSE, JOINT_MOST, WRITING_DAYS, decision_length
from proposals.rules import LINK, WRITING
from proposals.services import calls, writings
from proposals.services.numbers import number_key
from proposals.services.telling import send_link, tell
from proposals.similar import TITLES

CLOCK = "proposals.decision"
WRITER = gettext_lazy("제안을 쓰는 사람")
WHOLE = 100  # percent
TOLD_BY_SENDER = "sender"  # consent of who was named by somebody else: as the sender confirmed it
VISIT = timedelta(days=1)


class Person(TypedDict, total=False):
    """One of the proposers: staff by `user`, others by name and one way to reach them."""

    user: Any
    name: str
    phone: str
    email: str
    address: str
    guardian_name: str
    guardian_phone: str
    share: Decimal | int
    is_main: bool
    consents: dict[str, str]


@transaction.atomic
def begin(call: Call | None = None) -> tuple[Writing, str]:
    """Start writing without an account, perhaps for a call; the writing and the token that opens it."""
    writing = Writing.objects.create(call=calls.answered(call, Kind.CITIZEN))
    until = now() + timedelta(days=WRITING_DAYS.current())
    _held, token = passes.issue(writing, kind=WRITING, label=office_text(WRITER), until=until, actor=SYSTEM)
    return writing, token


@transaction.atomic
def note_down(writing: Writing, values: dict[str, Any], *, actor: Any, files: Sequence[File] = ()) -> None:
    """Keep what a step of writing brought; nothing of who writes is among it.

    Locks: the writing. Raises: Gone once it was sent.
    """
    ensure(actor, "proposals.write", writing)
    fresh = _locked(writing)
    for name in CONTENT:
        if name in values:
            setattr(fresh, name, values[name])
    fresh.save()
    if files:
        attachments.attach(fresh, files, actor=actor)


def _locked(writing: Writing) -> Writing:
    """Another tab may have sent it meanwhile: its address leads on."""
    if fresh := Writing.objects.select_for_update(of=("self",)).filter(pk=writing.pk).first():
        return fresh
    raise Gone(_("이미 보낸 제안입니다."), writing.get_absolute_url())


@transaction.atomic
def send(
    writing: Writing,
    people: Sequence[Person],
    *,
    actor: Any,
    token: str = "",
    code: str = "",
    doubtful: bool = False,
) -> tuple[Proposal, str]:
    """What a citizen has written becomes a proposal; it and the token of its private link, told this once. `code` opens
    it beside the receipt number; a `doubtful` one waits for planning to look at it.

    Locks: the writing, the numbers of the year. Raises: Gone once it was sent, Rejected where something is missing.
    """
    ensure(actor, "proposals.write", writing)
    fresh = _locked(writing)
    values = {name: getattr(fresh, name) for name in CONTENT}
    values["call"] = calls.answered(fresh.call, Kind.CITIZEN, fresh.begun_at)
    made = _make(
        values, people, kind=Kind.CITIZEN, channel=Channel.WEB, by=None, code=code, doubtful=doubtful
    )
    attachments.hand_on(fresh, made)
    token = links.give(made, token=token)
    record(made, "receive", actor=Bearer(passes.passes_for(made).get()))
    tell(made, "received")
    writings.forget(fresh)
    return made, token


@transaction.atomic
def enter(
    values: dict[str, Any],
    people: Sequence[Person],
    *,
    channel: str,
    actor: Any,
    files: Sequence[File] = (),
    code: str = "",
) -> tuple[Proposal, str]:
    """Planning enters what came by post, fax, visit or 국민신문고; the token goes onto the receipt slip.

    Locks: the numbers of the year. Raises: Rejected where something is missing.
    """
    ensure(actor, "proposals.plan")
    call = values.get("call")
    if call and not (call.is_out and call.takes(Kind.CITIZEN) and call.opens_on <= today()):
        raise Rejected(_("구민이 낼 수 있는 공모를 골라 주세요."), field="call")
    made = _make(values, people, kind=Kind.CITIZEN, channel=channel, by=actor, code=code)
    _kept(made, files, actor)
    tell(made, "received")
    return made, links.give(made)


@transaction.atomic
def propose(
    values: dict[str, Any], people: Sequence[Person], *, actor: Any, files: Sequence[File] = ()
) -> Proposal:
    """Staff propose, alone or with others.

    Locks: the numbers of the year. Raises: Rejected where something is missing.
    """
    ensure(actor, "proposals.propose")
    if actor not in [person.get("user") for person in people]:
        raise Rejected(_("제안하는 사람 가운데 본인이 있어야 합니다."), field="colleagues")
    if values.get("call") and not calls.answered(values["call"], Kind.STAFF):
        raise Rejected(_("지금 직원이 낼 수 있는 공모를 골라 주세요."), field="call")
    return _kept(_make(values, people, kind=Kind.STAFF, channel=Channel.BOARD, by=None), files, actor)


def _kept(made: Proposal, files: Sequence[File], actor: Any) -> Proposal:
    if files:
        attachments.attach(made, files, actor=actor)
    record(made, "receive", actor=actor)
    return made


def _make(
    values: dict[str, Any],
    people: Sequence[Person],
    *,
    kind: str,
    channel: str,
    by: Any,
    code: str = "",
    doubtful: bool = False,
) -> Proposal:
    _check(values)
    _check_people(people, kind, by)
    day = today()
    length, unit = decision_length(kind, day)
    (number,) = next_numbers(number_key(day.year))
    made = Proposal.objects.create(
        **{name: values[name] for name in CONTENT if name in values},
        year=day.year,
        number=number,
        kind=kind,
        channel=channel,
        received_on=day,
        received_by=user_of(by) if by else None,
        clock=deadlines.open_clock(CLOCK, counted_from(kind, day, values.get("call")), length, unit=unit),
        code_seal=codes.sealed(code) if code else "",
        state=State.HELD if doubtful else State.RECEIVED,
    )
    Proposer.objects.bulk_create([Proposer(proposal=made, **person) for person in people])
    TITLES.index([made])
    return made


def counted_from(kind: str, day: date, call: Call | None) -> date:
    """The day from which the office's time counts: of staff's answers to a call its last day, where the office has it
    so (P6)."""
    if call and call.closes_on and kind == Kind.STAFF and COUNT_FROM_CLOSE.on(day):
        return max(day, call.closes_on)
    return day


def _check(values: dict[str, Any]) -> None:
    missing = {
        "title": _("제목을 입력해 주세요."),
        "field": _("분야를 골라 주세요."),
        "problem": _("지금의 문제를 입력해 주세요."),
        "improvement": _("어떻게 바꾸고 싶은지 입력해 주세요."),
    }
    for name, message in missing.items():
        if not str(values.get(name, "")).strip():
            raise Rejected(message, field=name)


def faults(person: Person, *, on_paper: bool) -> dict[str, str]:
    """What of P3 is missing of a citizen, by field, all at once. Who is entered by planning has signed on paper."""
    missing = {} if person.get("name", "").strip() else {"name": _("이름을 입력해 주세요.")}
    ways = (person.get("phone", ""), person.get("email", ""), person.get("address", ""))
    if not any(way.strip() for way in ways):
        missing["phone"] = _("연락받을 전화번호, 전자우편, 주소 가운데 하나를 입력해 주세요.")
    if not on_paper and set(person.get("consents", {})) != set(Consent.values):
        missing["consents"] = _("안내 네 가지를 읽고 모두 동의해 주세요.")
    return missing


def faults_together(others: Sequence[Person], *, on_paper: bool) -> dict[str, str]:
    """What is missing of those whom a citizen names beside oneself: their names, and that they know of it (P2)."""
    most, found = JOINT_MOST.current(), {}
    if len(others) > most:
        found["others"] = _("함께 제안하는 사람은 %(most)d명까지 적을 수 있습니다.") % {"most": most}
    if not all(one.get("name", "").strip() for one in others):
        found["others"] = _("함께 제안하는 사람의 이름을 입력해 주세요.")
    if not on_paper and not all(TOLD_BY_SENDER in one.get("consents", {}) for one in others):
        found["others"] = _("함께 제안하는 사람의 동의를 받은 뒤 골라 주세요.")
    return found


def _check_people(people: Sequence[Person], kind: str, by: Any) -> None:
    """P2, P3. Of citizens the first is who sends it."""
    if kind == Kind.CITIZEN:
        on_paper = by is not None
        found = faults(people[0], on_paper=on_paper) | faults_together(people[1:], on_paper=on_paper)
        for field, message in found.items():
            raise Rejected(message, field=field)
    users = [person["user"] for person in people if "user" in person]
    if len(set(users)) != len(users):
        raise Rejected(_("같은 직원이 두 번 있습니다."), field="colleagues")
    shares = [person.get("share", WHOLE) for person in people]
    if sum(shares) != WHOLE or min(shares) < 1:
        raise Rejected(_("기여도는 저마다 1% 이상이고 합이 100%가 되어야 합니다."), field="colleagues")
    mains = [person.get("share", WHOLE) for person in people if person.get("is_main", True)]
    if mains != [max(shares)]:
        raise Rejected(_("기여도가 가장 큰 한 사람을 주 제안자로 정해 주세요."), field="colleagues")


@transaction.atomic
def renew_link(proposal: Proposal, *, actor: Any) -> str:
    """A new private link, told this once and to who has a mail address; all others open nothing from now on, nor do the
    visits that began with one (P3).

    Locks: the passes.
    """
    ensure(actor, "proposals.own", proposal)
    for held in passes.passes_for(proposal).filter(kind=LINK).order_by("pk"):
        passes.revoke(held)
    record(proposal, "renew_link", actor=actor)
    tell(proposal, "link", only_mail=True)
    return links.give(proposal)


@transaction.atomic
def send_link_again(number: str, email: str) -> bool:
    """A new link by mail, if number and address belong together. Whether they do is told nobody."""
    proposal = Proposal.objects.of_code(number).first()
    return send_link(proposal, email) if proposal else False


def open_by_code(proposal: Proposal) -> str:
    """A pass for who has given number and code of the receipt, as long as one visit lasts; its token."""
    return links.give(proposal, VISIT)


def of_receipt(number: str) -> tuple[Proposal, str] | None:
    """The proposal of a receipt number without its dash, and its sealed code."""
    found = Proposal.objects.exclude(code_seal="").of_code(f"{number[:4]}-{number[4:]}").first()
    return (found, found.code_seal) if found else None
