"""What pages read of proposals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from basis import personal
from basis.clock import Unit
from basis.formats import counted, date_weekday, won
from core import deadlines
from core.now import today
from core.transition import history
from core.workflow import workflow_of
from proposals.enums import DECIDED, OPEN, Kind, State
from proposals.enums import Notice as Consent
from proposals.models import Decision, Proposal, Writing
from proposals.policies import (
    DAYS,
    LINK_YEARS,
    MONTHS,
    SIMILAR_PERCENT,
    SUPPLEMENT_DAYS,
    SUPPLEMENT_WITHIN,
    WRITING_DAYS,
    decision_length,
)
from proposals.similar import TITLES

STORIES = 3
TONES = {
    State.RECEIVED: "info",
    State.SUPPLEMENT: "warning",
    State.ADOPTED: "success",
    State.CONVERTED: "warning",
}
# What happened, as a citizen reads it; what is not named here is the office's own business.
TOLD = """
    receive ask_supplement supplement lapse adopt reject dismiss convert finish_petition transfer link
    take_back withdraw
""".split()


@dataclass(frozen=True)
class Alike:
    """An earlier proposal like the one being written, and how much (percent)."""

    proposal: Proposal
    percent: int


def alike(title: str, own: int | None = None) -> list[Alike]:
    """Earlier ones with a similar title, most similar first."""
    found = [one for one in TITLES.find(title, Proposal.objects.public()) if one.pk != own]
    near = {one.pk: round(one.score * 100) for one in found if one.score * 100 >= SIMILAR_PERCENT.current()}
    rows = Proposal.objects.public().in_bulk(near)
    return [Alike(rows[pk], percent) for pk, percent in near.items() if pk in rows]


def stories() -> Sequence[Proposal]:
    """The latest that were adopted and may be read."""
    rows = (
        Proposal.objects.public()
        .filter(state=State.ADOPTED, hidden=False)
        .select_related("decision__department")
    )
    return list(rows.order_by("-closed_on", "-pk")[:STORIES])


def numbers() -> dict[str, int]:
    """All, those on their way, decided, adopted."""
    by_state = dict(Proposal.objects.public().order_by().values_list("state").annotate(n=Count("*")))
    return {
        "all": sum(by_state.values()),
        "open": sum(by_state.get(state, 0) for state in OPEN),
        "decided": sum(by_state.get(state, 0) for state in (*DECIDED, State.NO_PROPOSAL)),
        "adopted": by_state.get(State.ADOPTED, 0),
    }


def steps_of(proposal: Proposal) -> list[tuple[str, str]]:
    """The way of a proposal as a line: name and `done`, `current` or nothing."""
    state = State(proposal.state)
    if state in (State.RECEIVED, State.SUPPLEMENT):
        return [(_("접수"), "done"), (_("검토"), "current"), (_("결정"), "")]
    if state in DECIDED:
        return [(_("접수"), "done"), (_("검토"), "done"), (str(state.label), "current")]
    return [(_("접수"), "done"), (str(state.label), "current")]


def where_now(proposal: Proposal) -> str:
    """In one sentence: where it is, and until when."""
    state = State(proposal.state)
    if state == State.SUPPLEMENT:
        return _("제안자의 보완을 기다리고 있습니다. 기다리는 동안 결정 기한은 멈춥니다.")
    if state == State.HELD:
        return _("사람이 보낸 제안인지 확인하고 있습니다. 확인하면 공개되고 처리됩니다.")
    if state == State.RECEIVED:
        due = date_weekday(proposal.clock.due)
        if today() > proposal.clock.due:
            return _("기획예산과에서 검토하고 있습니다. 답할 날인 %(due)s이 지났습니다.") % {"due": due}
        return _("기획예산과에서 검토하고 있습니다. %(due)s까지 답합니다.") % {"due": due}
    if state == State.CONVERTED and proposal.petition_clock:
        words = _("%(petition)s으로 바꾸어 처리하고 있습니다. %(due)s까지 답합니다.")
        petition_due = date_weekday(proposal.petition_clock.due)
        return words % {"petition": proposal.get_petition_display(), "due": petition_due}
    if state == State.TRANSFERRED:
        return _("%(office)s에 넘겼습니다.") % {"office": proposal.passed_to}
    if state == State.LINKED and proposal.linked_to:
        return _("먼저 접수된 제안 %(code)s과 같은 내용이어서 함께 처리합니다.") % {
            "code": proposal.linked_to.code
        }
    return str(state.label)


def way_of(proposal: Proposal) -> list[Any]:
    """What happened, for everybody to read: no names, no reasons of the office's own."""
    return list(history(proposal).filter(name__in=TOLD).order_by("at", "pk"))


def told(proposal: Proposal) -> dict[str, Any]:
    """What everybody may read of a proposal: of a hidden one its title and whether it was adopted, no more (P11);
    numbers that look like a person's are covered (P17)."""
    title = {"proposal": proposal, "title": proposal.public_title}
    if proposal.hidden:
        return {**title, "shown": False}
    whole = told_to_proposer(proposal)
    return {**whole, **title, "content": [(label, personal.mask(text)) for label, text in whole["content"]]}


def told_to_proposer(proposal: Proposal) -> dict[str, Any]:
    """All that its proposer and the office read, and what is asked of the proposer."""
    decision = getattr(proposal, "decision", None)
    return {
        "proposal": proposal,
        "title": proposal.title,
        "shown": True,
        "content": _content(proposal),
        "steps": steps_of(proposal),
        "now": where_now(proposal),
        "arithmetic": [] if proposal.is_record else deadlines.steps(proposal.clock, start_of(proposal)),
        "facts": facts_of(decision) if decision else [],
        "way": [(row.at, label_of(row)) for row in way_of(proposal)],
        "asked": proposal.supplements.filter(answered_on=None).first(),
    }


def start_of(proposal: Proposal) -> str:
    """What the day is called from which the time counts (P6)."""
    return _("접수") if proposal.clock.start == proposal.received_on else _("공모 마감")


def _content(proposal: Proposal) -> list[tuple[Any, str]]:
    """What it says, part by part, with what was added."""
    parts = [
        (_("지금의 문제"), proposal.problem),
        (_("이렇게 바꾸고 싶어요"), proposal.improvement),
        (_("좋아지는 점"), proposal.effect),
        (_("비슷한 제안과 다른 점"), proposal.difference),
    ]
    added = proposal.supplements.exclude(answer="")
    parts += [(_("보완한 내용: %(asked)s") % {"asked": one.question}, one.answer) for one in added]
    return [(label, text) for label, text in parts if text]


def personal_in(writing: Writing) -> list[str]:
    """What looks like a person's data in a text that is to be public, in words (P17)."""
    texts = (writing.title, writing.problem, writing.improvement, writing.effect, writing.difference)
    kinds = {found.kind for text in texts for found in personal.find(text)}
    return [str(label) for kind, label in personal.LABELS.items() if kind in kinds]


def label_of(row: Any) -> str:
    return str(workflow_of(Proposal).label_of(row.name))


def facts_of(decision: Decision) -> list[tuple[Any, Any]]:
    """A decision in the order in which a citizen reads it."""
    facts: list[tuple[Any, Any]] = [(_("결정"), decision.get_outcome_display())]
    if decision.ground:
        facts.append((_("제안이 아닌 까닭"), decision.get_ground_display()))
    facts += [
        (_("근거와 지금의 상황"), decision.present),
        (_("실시할 수 있는지"), decision.feasibility),
        (_("기대되는 효과"), decision.effect),
        (_("드는 예산"), won(decision.cost) if decision.cost is not None else ""),
        (_("예산 연도"), decision.budget_year or ""),
        (_("받아들이는 내용"), decision.taken),
        (_("받아들이지 않는 내용과 까닭"), decision.reason),
        (_("담당 부서"), decision.department_name or decision.department or ""),
        (_("시행할 날"), date_weekday(decision.carry_out_on) if decision.carry_out_on else ""),
        (_("결정일"), _decided_day(decision)),
    ]
    return [(label, value) for label, value in facts if value not in ("", None)]


def _decided_day(decision: Decision) -> str:
    """Of a record, as exactly as it is known (N1)."""
    if decision.decided_on is None:
        return ""
    of = decision.proposal
    return of.day_text("closed_on") if of.is_record else date_weekday(decision.decided_on)


def guide() -> dict[str, Any]:
    """The figures of the guide, as the policies have them today."""
    day = today()
    length, unit = decision_length(Kind.CITIZEN, day)
    return {
        "decide": counted(length, MONTHS if unit == Unit.MONTHS else DAYS),
        "supplement": SUPPLEMENT_WITHIN.on(day),
        "answer": SUPPLEMENT_DAYS.on(day),
        "kept": WRITING_DAYS.on(day),
        "years": LINK_YEARS.on(day),
    }


def notices() -> list[tuple[str, str]]:
    """What a citizen is told before giving a name, in the order of the law (P3)."""
    years = LINK_YEARS.current()
    return [
        (str(Consent.PURPOSE.label), _("제안을 접수하고 처리 결과를 알리는 데 씁니다.")),
        (str(Consent.ITEMS.label), _("이름과 연락처(전화번호, 전자우편, 주소 가운데 적은 것)")),
        (str(Consent.PERIOD.label), _("처리를 마친 뒤 보관 기간이 끝날 때까지(최대 %(n)d년)") % {"n": years}),
        (
            str(Consent.REFUSAL.label),
            _("동의하지 않을 수 있습니다. 그러면 결과를 알려 드릴 수 없어 제안을 접수할 수 없습니다."),
        ),
    ]
