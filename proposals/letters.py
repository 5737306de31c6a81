"""What citizens are written of their proposals (P3, P5, P6). Planning may word each kind otherwise (`letters`)."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import counted, date_weekday
from core import deadlines
from core.now import today
from letters.models import Letter
from letters.sockets import LetterKind, Secret, Slot
from proposals import links
from proposals.models import Decision, Follower, Proposal
from proposals.policies import DAYS, OBJECTION_DAYS, REREVIEW_DAYS
from proposals.selectors import answers

PREFIX = "proposals."


def _link(letter: Letter) -> str:
    assert isinstance(letter.subject, Proposal)
    return links.address_of(links.give(letter.subject))


def _without_link(letter: Letter) -> str:
    """On paper: a link would lie about."""
    site = f"{settings.SITE_URL.rstrip('/')}{reverse('proposals:lookup')}"
    return _("%(site)s 에서 접수번호와 확인번호를 넣으면 볼 수 있습니다.") % {"site": site}


EVERY = (
    Slot("code", gettext_lazy("접수번호"), "2026-00012"),
    Slot("title", gettext_lazy("제안 제목"), gettext_lazy("공원 화장실에 비상벨 설치")),
    Slot("received", gettext_lazy("접수한 날"), gettext_lazy("2026. 11. 2.(월)")),
    Slot("due", gettext_lazy("답할 날"), gettext_lazy("2026. 12. 2.(수)")),
    Secret(
        "link",
        gettext_lazy("나의 제안 링크"),
        "https://example.go.kr/p/…/",
        _link,
        links.take_back,
        _without_link,
    ),
)
REASON = Slot("reason", gettext_lazy("까닭"), gettext_lazy("설치할 곳이 어디인지 알 수 없습니다."))
DECISION = Slot(
    "decision",
    gettext_lazy("결정 내용(결정, 근거, 가능성, 효과, 예산, 받아들이는 것과 아닌 것, 담당 부서, 시행일)"),
    gettext_lazy("■ 결정\n채택\n\n■ 받아들이는 내용\n공원 화장실 12곳에 비상벨을 답니다."),
)


def kind(key: str, label: Any, title: Any, body: Any, *slots: Slot, reviewed: bool = False) -> LetterKind:
    return LetterKind(
        PREFIX + key, label, title, body, (*EVERY, *slots), reviewed=reviewed, group=gettext_lazy("구민 제안")
    )


LETTERS = (
    kind(
        "received",
        gettext_lazy("제안 접수"),
        gettext_lazy("제안이 접수되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "보내 주신 ‘{title}’ 제안을 {received}에 접수했습니다. 접수번호는 {code}입니다.\n\n"
            "{due}까지 채택할지 결정하여 알려 드리겠습니다.\n"
            "기한 계산: {arithmetic}\n\n"
            "어디까지 왔는지 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        Slot(
            "arithmetic", gettext_lazy("답할 날의 계산"),
            gettext_lazy("접수 2026. 11. 2.(월) + 30일 = 2026. 12. 2.(수)"),
        ),
    ),
    kind(
        "supplement",
        gettext_lazy("보완 요청"),
        gettext_lazy("제안을 보완해 주세요: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 검토하려면 아래 내용이 더 필요합니다.\n\n"
            "{reason}\n\n"
            "{answer_due}까지 보완해 주세요. 보완을 기다리는 동안 결정 기한은 멈춥니다.\n"
            "보완하기: {link}\n\n"
            "기한까지 보완하지 않으시면 더 처리하지 않고 마칠 수 있습니다.\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
        Slot("answer_due", gettext_lazy("보완할 날"), gettext_lazy("2026. 11. 16.(월)")),
    ),
    kind(
        "opinion",
        gettext_lazy("외부 의견 요청"),
        gettext_lazy("제안에 대해 다른 기관의 의견을 묻습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 정확히 판단하려고 {asked}에 의견을 물었습니다.\n\n"
            "의견은 {answer_due}까지 받습니다. 의견을 기다리는 동안은 결정 기한에 들어가지 않습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        Slot("asked", gettext_lazy("의견을 물은 곳"), gettext_lazy("서울특별시")),
        Slot("answer_due", gettext_lazy("의견을 받을 날"), gettext_lazy("2026. 11. 23.(월)")),
    ),
    kind(
        "interim",
        gettext_lazy("중간 답변"),
        gettext_lazy("제안 결정이 늦어지고 있습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 아직 결정하지 못해 죄송합니다.\n\n"
            "{reason}\n\n"
            "{answer_on}까지 결정하여 알려 드리겠습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
        Slot("answer_on", gettext_lazy("다시 정한 답할 날"), gettext_lazy("2026. 12. 16.(수)")),
    ),
    kind(
        "lapsed",
        gettext_lazy("보완 없이 종결"),
        gettext_lazy("보완이 없어 제안 처리를 마쳤습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})은 기한까지 보완되지 않아 처리를 마쳤습니다.\n\n"
            "{reason}\n\n"
            "내용을 보완하여 언제든 새로 제안하실 수 있습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
    ),
    kind(
        "adopted",
        gettext_lazy("채택 결정"),
        gettext_lazy("제안이 채택되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 채택하기로 결정했습니다. 좋은 제안에 감사드립니다.\n\n"
            "{decision}\n\n"
            "시행하는 동안 진행 상황을 아래에서 보실 수 있습니다. 시행할 날이 바뀌면 그 까닭과 함께 알려 드립니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        DECISION,
        reviewed=True,
    ),
    kind(
        "rejected",
        gettext_lazy("불채택 결정"),
        gettext_lazy("제안 검토 결과를 알려 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 검토했으나 채택하지 못했습니다. 검토한 내용을 알려 드립니다.\n\n"
            "{decision}\n\n"
            "결정에 다른 의견이 있으시면 이 알림을 받은 날부터 {rereview_days} 안에 재심사를 요청하실 수 있습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        DECISION,
        Slot("rereview_days", gettext_lazy("재심사를 요청할 수 있는 기간"), gettext_lazy("15일")),
        reviewed=True,
    ),
    kind(
        "no_proposal",
        gettext_lazy("제안 아님 결정"),
        gettext_lazy("보내 주신 내용을 살펴본 결과를 알려 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "보내 주신 ‘{title}’({code}) 건은 제안으로 다루지 않기로 결정했습니다.\n\n"
            "{decision}\n\n"
            "결정에 다른 의견이 있으시면 이 알림을 받은 날부터 {objection_days} 안에 한 번 "
            "이의를 신청하실 수 있습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        DECISION,
        Slot("objection_days", gettext_lazy("이의를 신청할 수 있는 기간"), gettext_lazy("15일")),
        reviewed=True,
    ),
    kind(
        "converted",
        gettext_lazy("민원으로 전환"),
        gettext_lazy("보내 주신 제안을 민원으로 처리합니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})은 {petition}으로 처리하는 것이 알맞아 민원으로 바꾸었습니다.\n\n"
            "{reason}\n\n"
            "{petition_due}까지 답해 드리겠습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
        Slot("petition", gettext_lazy("민원 종류"), gettext_lazy("건의민원")),
        Slot("petition_due", gettext_lazy("민원에 답할 날"), gettext_lazy("2026. 11. 20.(금)")),
    ),
    kind(
        "answered",
        gettext_lazy("민원 답변"),
        gettext_lazy("민원에 답해 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "민원으로 바꾼 ‘{title}’({code}) 건에 답해 드립니다.\n\n"
            "{reason}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        Slot("reason", gettext_lazy("답변"), gettext_lazy("이번 달 안에 고치겠습니다.")),
    ),
    kind(
        "transferred",
        gettext_lazy("다른 기관으로 이송"),
        gettext_lazy("제안을 담당 기관에 넘겼습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})은 {passed_to}에서 하는 일이어서 그 기관에 넘겼습니다. "
            "결과는 {passed_to}에서 알려 드립니다.\n\n"
            "{reason}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
        Slot("passed_to", gettext_lazy("이송한 기관"), gettext_lazy("서울특별시")),
    ),
    kind(
        "linked",
        gettext_lazy("같은 제안에 연결"),
        gettext_lazy("먼저 접수된 제안과 함께 처리합니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})은 먼저 접수된 제안({first})과 같은 내용이어서 함께 처리합니다. "
            "보내 주신 제안도 그대로 남습니다.\n\n"
            "{reason}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
        Slot("first", gettext_lazy("먼저 접수된 제안의 번호"), "2026-00007"),
    ),
    kind(
        "taken_back",
        gettext_lazy("처리 되돌림"),
        gettext_lazy("제안을 다시 검토합니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 처리를 되돌려 다시 검토합니다. 접수한 날은 처음과 같습니다.\n\n"
            "{reason}\n\n"
            "{due}까지 결정하여 알려 드리겠습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        REASON,
    ),
    kind(
        "link",
        gettext_lazy("나의 제안 링크"),
        gettext_lazy("나의 제안 링크를 보내 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 볼 수 있는 링크를 보내 드립니다.\n\n"
            "{link}\n\n"
            "이 링크를 가진 사람은 누구나 제안자로서 보완하거나 취하할 수 있으니 다른 사람에게 보내지 마세요. "
            "링크를 요청하지 않으셨다면 ‘링크 바꾸기’로 지금까지의 링크를 모두 닫을 수 있습니다.\n\n"
            "감사합니다.\n{office}"
        ),
    ),
)  # fmt: skip


def _follow_link(letter: Letter) -> str:
    assert isinstance(letter.subject, Follower)
    return links.address_of(links.give_follower(letter.subject))


FOLLOWED = (
    *EVERY[:2],
    Secret(
        "link",
        gettext_lazy("확인하거나 그만 받는 링크"),
        "https://example.go.kr/p/…/",
        _follow_link,
        links.take_back,
    ),
)
FOLLOW_LETTERS = (
    LetterKind(
        PREFIX + "follow",
        gettext_lazy("소식 받기 확인"),
        gettext_lazy("제안 소식을 받으시겠습니까: {code}"),
        gettext_lazy(
            "안녕하세요.\n\n‘{title}’ 제안({code})의 소식을 이 주소로 받겠다는 신청이 있었습니다.\n\n"
            "받으시려면 아래 링크를 열어 확인해 주세요. 신청하지 않으셨다면 그대로 두시면 됩니다. "
            "확인하지 않은 주소는 곧 지워집니다.\n"
            "{link}\n\n감사합니다.\n{office}"
        ),
        FOLLOWED,
        group=gettext_lazy("제안 소식"),
    ),
    LetterKind(
        PREFIX + "news",
        gettext_lazy("제안 소식"),
        gettext_lazy("제안 소식: {code} {title}"),
        gettext_lazy(
            "안녕하세요.\n\n소식을 받기로 하신 ‘{title}’ 제안({code})에 새 소식이 있습니다.\n\n{news}\n\n"
            "제안 보기: {page}\n\n그만 받으시려면: {link}\n\n감사합니다.\n{office}"
        ),
        (
            *FOLLOWED,
            Slot("news", gettext_lazy("새 소식"), gettext_lazy("2026. 11. 20. 채택")),
            Slot("page", gettext_lazy("제안의 주소"), "https://example.go.kr/proposals/2026-12/"),
        ),
        group=gettext_lazy("제안 소식"),
    ),
)


def common(proposal: Proposal) -> dict[str, Any]:
    """What stands in the places that every kind has."""
    clock = proposal.clock
    return {
        "code": proposal.code,
        "title": proposal.title,
        "received": date_weekday(proposal.received_on),
        "due": date_weekday(clock.due) if clock else "",
        "arithmetic": deadlines.summary(clock, _("접수")) if clock else "",
        "rereview_days": counted(REREVIEW_DAYS.on(today()), DAYS),
        "objection_days": counted(OBJECTION_DAYS.on(today()), DAYS),
    }


def may_ask_for_the_rest() -> str:
    """Of what was adopted in part (P7)."""
    days = counted(REREVIEW_DAYS.on(today()), DAYS)
    words = _("받아들이지 않은 내용은 이 알림을 받은 날부터 %(days)s 안에 재심사를 요청하실 수 있습니다.")
    return words % {"days": days}


def decision_text(decision: Decision) -> str:
    """In the order in which a citizen reads it."""
    return "\n\n".join(f"■ {label}\n{value}" for label, value in answers.facts_of(decision))
