"""The contests in which proposals are judged: of a half-year in two divisions, of a theme, of the citizens' contest
(E1, P9, P12, P13)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.errors import Rejected
from basis.periods import Period, PeriodKind, parse
from core.attachments import files_of_each
from core.beside import asking, has
from core.models import Attachment
from core.numbers import whole
from core.permissions import can
from evaluations.enums import Body, Way
from evaluations.kinds import Candidate, Content, CriterionPlan, Part, Party, Plan, RoundKind, StagePlan
from evaluations.models import Entry, Round
from proposals import policies_judging as policies
from proposals.enums import DECIDED, CallKind, CallState, Kind, State
from proposals.models import Call, Proposal, Proposer
from proposals.services import judged

NOT_JUDGED = (
    State.HELD, State.NO_PROPOSAL, State.CONVERTED, State.ANSWERED, State.TRANSFERRED, State.LINKED, State.LAPSED,
    State.WITHDRAWN,
)  # fmt: skip
PEOPLE = Prefetch("proposers", Proposer.objects.select_related("user__department"))
LOW, HIGH = gettext_lazy("거의 그렇지 않다"), gettext_lazy("매우 그렇다")


def _criteria(day: date, weights: Mapping[str, Any] = policies.WEIGHTS) -> list[CriterionPlan]:
    """P12, weighted as the office has it."""
    most = policies.FULL_MARKS.on(day)
    weighted = [(key, name, weight.on(day)) for key, (name, weight) in weights.items()]
    return [CriterionPlan(key, name, share, most, LOW, HIGH) for key, name, share in weighted if share]


def _first_stage(day: date, passes: int) -> StagePlan:
    """Many entries are shared out among those who judge; their severity is taken out (E4)."""
    return StagePlan(
        _("1차 심사"),
        _criteria(day),
        way=Way.CORRECTED,
        per_entry=policies.PER_ENTRY.on(day),
        passes=passes,
    )


class ProposalKind(RoundKind):
    """What all contests of proposals have in common."""

    models = (Proposal,)
    of_citizens = True

    def pool(self, round: Round) -> Any:
        """The proposals that belong to it."""
        raise NotImplementedError

    def division_of(self, proposal: Proposal) -> str:
        return str(proposal.kind)

    def candidates(self, round: Round) -> Sequence[Candidate]:
        rows = self.pool(round).exclude(state__in=NOT_JUDGED).prefetch_related("proposers")
        return [
            Candidate(one, self.division_of(one), one.public_title, why_not=_why_not(one))
            for one in rows.order_by("kind", "received_at", "pk")
        ]

    def contents(self, entries: Collection[Entry]) -> Mapping[int, Content]:
        found, blind = {}, all(entry.round.blind for entry in entries)
        wanted = asking(Proposal.objects.all(), files=Attachment.objects.filter(removed_at=None))
        rows = self._proposals(entries, wanted if blind else wanted.prefetch_related(PEOPLE))
        files = files_of_each([one for one in rows.values() if has(one, "files")])
        for entry, one in rows.items():
            parts = [
                Part(_("지금의 문제"), one.cover(one.problem)),
                Part(_("이렇게 바꾸고 싶어요"), one.cover(one.improvement)),
                Part(_("좋아지는 점"), one.cover(one.effect)),
                Part(_("비슷한 제안과 다른 점"), one.cover(one.difference)),
            ]
            names = [] if blind else [str(person) for person in one.proposers.all()]
            shown = [part for part in parts if part.text]
            found[entry] = Content(shown, names, files.get(one, ()))
        return found

    def parties(self, entries: Collection[Entry]) -> Mapping[int, Sequence[Party]]:
        return {
            entry: [_party(person) for person in one.proposers.all()]
            for entry, one in self._proposals(entries).items()
        }

    def reviewers(self, entries: Collection[Entry]) -> Mapping[int, Collection[int]]:
        return {
            entry: {review.department_id for review in one.reviews.live()}
            for entry, one in self._proposals(entries, Proposal.objects.prefetch_related("reviews")).items()
        }

    def public_pages(self, entries: Collection[Entry]) -> Mapping[int, str]:
        found = self._proposals(entries, Proposal.objects.public())
        return {entry: one.public_url for entry, one in found.items()}

    def _proposals(
        self, entries: Collection[Entry], rows: QuerySet[Proposal] | None = None
    ) -> dict[int, Proposal]:
        """With their people, unless other `rows` will do."""
        rows = Proposal.objects.prefetch_related(PEOPLE) if rows is None else rows
        found = rows.in_bulk([entry.object_id for entry in entries])
        return {entry.pk: found[entry.object_id] for entry in entries if entry.object_id in found}

    def may_object(self, actor: Any, entry: Entry) -> bool:
        return can(actor, "proposals.own", entry.thing)

    def withheld(self, entry: Entry) -> str:
        """P13."""
        proposal = self._proposals([entry])[entry.pk]
        if proposal.awarded:
            return _("다른 곳에서 상을 받은 일을 밝혔습니다: %(what)s") % {"what": proposal.awarded}
        if all(person.anonymised_on for person in proposal.proposers.all()):
            return _("제안자를 알 수 없습니다.")
        return ""

    announced = staticmethod(judged.announced)
    confirmed = staticmethod(judged.confirmed)
    corrected = staticmethod(judged.corrected)
    objection_answered = staticmethod(judged.answered)


def _party(person: Proposer) -> Party:
    user = person.user
    return Party(
        user.full_label if user else str(person),
        f"proposer:{person.pk}",
        user_id=person.user_id,
        department_id=user.department_id if user else None,
        share=Decimal(person.share),
        is_main=person.is_main,
    )


def _why_not(proposal: Proposal) -> str:
    if proposal.awarded:
        return _("다른 곳에서 상을 받음")
    if proposal.state == State.REJECTED:
        return _("채택하지 않음")
    return "" if proposal.state in DECIDED else _("아직 결정하지 않음")


class HalfYear(ProposalKind):
    """What came in within a half-year outside the calls that have a contest of their own (P9)."""

    key: ClassVar[str] = "half"
    label = gettext_lazy("반기 제안 심사")
    tables = policies.HALF

    def plan(self, period: str, subject: str) -> Plan:
        if subject:
            raise Rejected(_("반기 심사는 대상을 고르지 않습니다."), field="subject")
        days = _half(period).days
        day = days[1]
        second = StagePlan(_("2차 심사"), _criteria(day))
        divisions = {kind.value: kind.label for kind in Kind}
        return Plan(divisions, [_first_stage(day, policies.PASSES.on(day)), second], days=days)

    def title(self, period: str, subject: str) -> str:
        return _("%(period)s 구민·직원 제안 심사") % {"period": _half(period).label}

    def pool(self, round: Round) -> Any:
        own = (CallKind.THEME, CallKind.CONTEST)
        return Proposal.objects.filter(received_on__range=round.days).exclude(call__kind__in=own)


def _half(period: str) -> Period:
    found = parse(period)
    if found.kind != PeriodKind.HALF:
        raise Rejected(_("반기를 골라 주세요. 예: 2026-H1"), field="period")
    return found


class OfCalls(ProposalKind):
    """One round for each call of a kind, of the year in which it closed."""

    call_kind: ClassVar[str]

    def subjects(self, period: str) -> Sequence[tuple[str, str]]:
        try:
            first, last = parse(period).days
        except Rejected:  # the form says so beside its field
            return ()
        rows = Call.objects.filter(
            kind=self.call_kind, state=CallState.PUBLISHED, closes_on__range=(first, last)
        )
        return [(f"call:{call.pk}", call.title) for call in rows.order_by("closes_on", "pk")]

    def call(self, subject: str) -> Call:
        """Raises: Rejected where there is no such call."""
        pk = whole(subject.removeprefix("call:"))
        found = Call.objects.filter(kind=self.call_kind, pk=pk).first() if pk else None
        if found is None or found.closes_on is None:
            raise Rejected(_("심사할 공모를 골라 주세요."), field="subject")
        return found

    def title(self, period: str, subject: str) -> str:
        return _("%(call)s 심사") % {"call": self.call(subject).title}

    def pool(self, round: Round) -> Any:
        return Proposal.objects.filter(call=self.call(round.subject))


class Theme(OfCalls):
    """A call on a theme, in two divisions like the half-year's (P9)."""

    key: ClassVar[str] = "theme"
    label = gettext_lazy("주제 공모 심사")
    tables = policies.THEME
    call_kind = CallKind.THEME

    def plan(self, period: str, subject: str) -> Plan:
        call = self.call(subject)
        day = call.closes_on
        assert day is not None
        stages = [_first_stage(day, policies.PASSES.on(day)), StagePlan(_("2차 심사"), _criteria(day))]
        return Plan({kind.value: kind.label for kind in Kind}, stages, days=(call.opens_on, day))


class Contest(OfCalls):
    """The citizens' contest: finalists present, the committee and residents score on the day (P9)."""

    key: ClassVar[str] = "contest"
    label = gettext_lazy("구민 공모전 심사")
    tables = policies.CONTEST
    call_kind = CallKind.CONTEST

    def plan(self, period: str, subject: str) -> Plan:
        call = self.call(subject)
        day = call.closes_on
        assert day is not None
        finalists, residents = policies.CONTEST_FINALISTS.on(day), policies.RESIDENTS_SHARE.on(day)
        stages = [
            _first_stage(day, policies.PASSES.on(day)),
            StagePlan(_("2차 심사"), _criteria(day), passes=finalists),
            StagePlan(_("발표 심사"), _criteria(day), share=100 - residents),
        ]
        if residents:
            asked = _criteria(day, policies.RESIDENTS_WEIGHTS)
            stages.append(
                StagePlan(_("구민 평가단"), asked, body=Body.RESIDENTS, way=Way.MEAN, share=residents)
            )
        return Plan({policies.FINALISTS: _("발표 제안")}, stages, blind=False, days=(call.opens_on, day))

    def division_of(self, proposal: Proposal) -> str:
        return policies.FINALISTS


KINDS = (HalfYear(), Theme(), Contest())
