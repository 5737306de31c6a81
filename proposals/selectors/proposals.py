"""What pages read of proposals."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Prefetch
from django.utils.translation import gettext as _

from basis import personal
from basis.clock import Unit
from basis.formats import counted, date_weekday
from core import beside, deadlines
from core.models import TransitionLog
from core.now import today
from core.transition import latest_first
from core.workflow import workflow_of
from proposals.enums import DECIDED, OPEN, RUNNING, InterimState, Kind, State
from proposals.enums import Notice as Consent
from proposals.models import Complaint, Decision, Interim, Objection, Proposal, Writing
from proposals.policies import (
    DAYS,
    KEEP_ADOPTED,
    KEEP_OTHERS,
    LINK_YEARS,
    MONTHS,
    SIMILAR_PERCENT,
    SUPPLEMENT_DAYS,
    SUPPLEMENT_WITHIN,
    WRITING_DAYS,
    decision_length,
)
from proposals.selectors.answers import facts_of, open_reviews
from proposals.selectors.following import told_after
from proposals.selectors.judged import honours
from proposals.similar import TITLES

BESIDE = (
    "clock__adjustments",
    "supplements",
    "opinions",
    "interims",
    Prefetch(
        "objections",
        Objection.objects.select_related("clock", "decision").prefetch_related("clock__adjustments"),
    ),
    Prefetch("complaints", Complaint.objects.select_related("clock")),
    Prefetch("earlier_decisions", Decision.objects.select_related("department")),
)  # read by every page of one
STORIES = 3
KEPT = 60  # seconds
TONES = {
    State.RECEIVED: "info",
    State.SUPPLEMENT: "warning",
    State.REVIEW: "info",
    State.REVIEWED: "info",
    State.OPINION: "warning",
    State.ADOPTED: "success",
    State.CONVERTED: "warning",
}
# What happened, as a citizen reads it; what is not named here is the office's own business.
TOLD = """
    receive dispatch answered ask_opinion take_opinion end_opinion ask_supplement supplement lapse adopt reject
    dismiss convert finish_petition transfer link take_back withdraw object ask_review ask_later withdraw_objection
    reopen readopt
""".split()


@dataclass(frozen=True)
class Alike:
    """An earlier proposal like the one being written, and how much (percent)."""

    proposal: Proposal
    percent: int


def alike(title: str, own: int | None = None) -> list[Alike]:
    """Earlier ones with a similar title, most similar first."""
    near = {pk: percent for pk, percent in _near(title).items() if pk != own}
    rows = Proposal.objects.public().in_bulk(near)
    return [Alike(rows[pk], percent) for pk, percent in near.items() if pk in rows]


def most_alike(titles: Collection[str]) -> dict[str, Alike]:
    """For many titles together: the most similar of the earlier ones, where there is one."""
    rarity = TITLES.rarity_of(titles)
    first = {title: next(iter(_near(title, rarity).items()), None) for title in titles}
    rows = Proposal.objects.public().in_bulk({near[0] for near in first.values() if near})
    return {title: Alike(rows[near[0]], near[1]) for title, near in first.items() if near and near[0] in rows}


def _near(title: str, rarity: Mapping[str, int] | None = None) -> dict[int, int]:
    """Keys of what is similar enough, and in percent how much; most similar first."""
    found = TITLES.find(title, Proposal.objects.public().filter(taken_down=False), rarity=rarity)
    return {one.pk: round(one.score * 100) for one in found if one.score * 100 >= SIMILAR_PERCENT.current()}


@dataclass(frozen=True)
class Story:
    """What came of a proposal: `taken` over by the office, `whose` work it is, `when` it is or was carried out."""

    proposal: Proposal
    taken: str
    whose: str
    when: str


def stories() -> list[Story]:
    """The latest that were adopted and may be read."""
    rows = Proposal.objects.shown().filter(state=State.ADOPTED)
    latest = rows.select_related("decision__department", "undertaking").order_by("-closed_on", "-pk")[
        :STORIES
    ]
    return [
        Story(one, said(one, one.decision.taken), str(one.decision.department or ""), _when(one))
        for one in latest
    ]


def _when(proposal: Proposal) -> str:
    undertaking = getattr(proposal, "undertaking", None)
    if undertaking and undertaking.carried_out_on:
        return _("%(day)s 시행") % {"day": date_weekday(undertaking.carried_out_on)}
    day = undertaking.planned_on if undertaking else proposal.decision.carry_out_on
    return _("%(day)s 시행 예정") % {"day": date_weekday(day)} if day else ""


def numbers() -> dict[str, int]:
    """All, those on their way, decided, adopted; counted anew after a minute."""
    return cache.get_or_set("proposals.numbers", _numbers, KEPT) or {}


def risen() -> int:
    """Those whose support rose all at once (P15), for who sees all; counted anew after a minute."""
    return cache.get_or_set("proposals.risen", lambda: Proposal.objects.risen().count(), KEPT) or 0


def _numbers() -> dict[str, int]:
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
    if state in (*RUNNING, State.SUPPLEMENT, State.OPINION):
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
    if state in RUNNING:
        return f"{_who_has(proposal)} {_until(proposal, proposal.clock.due)}"
    if state == State.OPINION:
        return _opinion_awaited(proposal)
    if state == State.CONVERTED and proposal.petition_clock:
        words = _("%(petition)s으로 바꾸어 처리하고 있습니다.") % {
            "petition": proposal.get_petition_display()
        }
        return f"{words} {_until(proposal, proposal.petition_clock.due)}"
    if state in DECIDED:
        return _decided(proposal)
    if state == State.TRANSFERRED:
        return _("%(office)s에 넘겼습니다.") % {"office": proposal.passed_to}
    if state == State.LINKED and proposal.linked_to:
        return _("먼저 접수된 제안 %(code)s과 같은 내용이어서 함께 처리합니다.") % {
            "code": proposal.linked_to.code
        }
    return str(state.label)


def _decided(proposal: Proposal) -> str:
    decision = getattr(proposal, "decision", None)
    if proposal.state == State.REJECTED:
        return _("채택되지 않았습니다. 까닭은 아래 결정에 있습니다.")
    if decision is None or decision.carry_out_on is None:
        return _("채택되었습니다.")
    return _("채택되었습니다. 언제 어떻게 하는지는 아래에 있습니다.")


def _who_has(proposal: Proposal) -> str:
    """Who is at it, and since when."""
    if proposal.state == State.REVIEWED:
        return _("담당 부서의 답변을 받아 기획예산과에서 결정하고 있습니다.")
    reviews = list(open_reviews(proposal)) if proposal.state == State.REVIEW else []
    if not reviews:
        return _("기획예산과에서 검토하고 있습니다.")
    return _("%(departments)s에서 %(since)s부터 검토하고 있습니다.") % {
        "departments": ", ".join(review.department_name for review in reviews),
        "since": date_weekday(min(review.notified_on for review in reviews)),
    }


def _until(proposal: Proposal, due: date) -> str:
    """Until when it is answered; past that day, that it is late (P6)."""
    if today() <= due:
        return _("%(due)s까지 답합니다.") % {"due": date_weekday(due)}
    late = _("답할 날인 %(due)s이 지났습니다.") % {"due": date_weekday(due)}
    if sent := interims_of(proposal) if proposal.state in RUNNING else []:
        late += " " + _("새로 답할 날은 %(day)s입니다.") % {"day": date_weekday(sent[-1].answer_on)}
    return late


def _opinion_awaited(proposal: Proposal) -> str:
    asked = next((one for one in proposal.opinions.all() if one.ended_on is None), None)
    if asked is None:
        return str(State.OPINION.label)
    words = _(
        "%(office)s의 의견을 기다리고 있습니다. 늦어도 %(day)s까지 기다리며, 그동안 결정 기한은 멈춥니다."
    )
    return words % {"office": asked.office, "day": date_weekday(asked.due)}


def interims_of(proposal: Proposal) -> list[Interim]:
    """Those that were sent, in their order."""
    return [one for one in proposal.interims.all() if one.state == InterimState.SENT]


def told(proposal: Proposal) -> dict[str, Any]:
    """What everybody may read of a proposal: of a hidden one its title and whether it was adopted, no more (P11);
    numbers that look like a person's are covered (P17)."""
    title = {"proposal": proposal, "title": proposal.public_title}
    if not proposal.is_shown:
        return {**title, "shown": False}
    whole = told_to_proposer(proposal, own=False)
    content = [(said(proposal, label), proposal.cover(text)) for label, text in whole["content"]]
    facts = [(label, said(proposal, value)) for label, value in whole["facts"]]
    interims = [{**one, "reason": said(proposal, one["reason"])} for one in whole["interims"]]
    return {
        **whole,
        **title,
        "content": content,
        "facts": facts,
        "interims": interims,
        "now": said(proposal, whole["now"]),
    }


def said(proposal: Proposal, words: Any) -> str:
    """What the office has written, as everybody reads it: it may repeat what the proposer has."""
    return proposal.cover(str(words), personal.PRIVATE)


def told_to_proposer(
    proposal: Proposal, log: Sequence[TransitionLog] = (), *, own: bool = True
) -> dict[str, Any]:
    """All that its proposer and the office read, and what is asked of the proposer. `log`: its history, newest first,
    where it was read before. Not `own`: what everybody reads of what came after the decision."""
    beside.fetch(proposal, *BESIDE)
    decision = getattr(proposal, "decision", None)
    way = reversed([row for row in log or latest_first(proposal) if row.name in TOLD])
    return {
        **told_after(proposal, own=own),
        **honours(proposal),
        "proposal": proposal,
        "title": proposal.title,
        "shown": True,
        "content": content_of(proposal),
        "steps": steps_of(proposal),
        "now": where_now(proposal),
        "arithmetic": arithmetic_of(proposal),
        "facts": facts_of(decision) if decision else [],
        "way": [(row.at, label_of(row)) for row in way],
        "interims": [
            {"sent_on": one.sent_on, "reason": one.reason, "answer_on": one.answer_on}
            for one in interims_of(proposal)
        ],
        "complaint": next(iter(proposal.complaints.all()), None),
        "asked": next((one for one in proposal.supplements.all() if one.answered_on is None), None),
    }


def arithmetic_of(proposal: Proposal) -> list[str]:
    """How the day was reckoned on which it is answered, as a petition once it has become one (P6, O8)."""
    if proposal.is_record:
        return []
    if proposal.petition_clock:
        return deadlines.steps(proposal.petition_clock, _("전환"))
    return deadlines.steps(proposal.clock, start_of(proposal))


def start_of(proposal: Proposal) -> str:
    """What the day is called from which the time counts (P6)."""
    if proposal.clock.start == proposal.received_on:
        return _("접수")
    return _("공모 마감") if proposal.call_id and not proposal.earlier_decisions.all() else _("다시 검토")


def content_of(proposal: Proposal) -> list[tuple[Any, str]]:
    """What it says, part by part, with what was added."""
    parts = [
        (_("지금의 문제"), proposal.problem),
        (_("이렇게 바꾸고 싶어요"), proposal.improvement),
        (_("좋아지는 점"), proposal.effect),
        (_("비슷한 제안과 다른 점"), proposal.difference),
    ]
    added = [one for one in proposal.supplements.all() if one.answer]
    parts += [(_("보완한 내용: %(asked)s") % {"asked": one.question}, one.answer) for one in added]
    return [(label, text) for label, text in parts if text]


def personal_in(writing: Writing) -> list[str]:
    """What looks like a person's data in a text that is to be public, in words (P17)."""
    texts = (writing.title, writing.problem, writing.improvement, writing.effect, writing.difference)
    kinds = {found.kind for text in texts for found in personal.find(text)}
    return [str(label) for kind, label in personal.LABELS.items() if kind in kinds]


def label_of(row: Any) -> str:
    return str(workflow_of(Proposal).label_of(row.name))


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


def _kept() -> str:
    words = _("채택하면 마친 다음 해부터 %(adopted)d년, 그 밖에는 %(others)d년. 기간이 지나면 파기합니다.")
    return words % {"adopted": KEEP_ADOPTED.current(), "others": KEEP_OTHERS.current()}


def notices() -> list[tuple[str, str]]:
    """What a citizen is told before giving a name, in the order of the law (P3)."""
    return [
        (str(Consent.PURPOSE.label), _("제안을 접수하고 처리 결과를 알리는 데 씁니다.")),
        (str(Consent.ITEMS.label), _("이름과 연락처(전화번호, 전자우편, 주소 가운데 적은 것)")),
        (str(Consent.PERIOD.label), _kept()),
        (
            str(Consent.REFUSAL.label),
            _("동의하지 않을 수 있습니다. 그러면 결과를 알려 드릴 수 없어 제안을 접수할 수 없습니다."),
        ),
    ]
