"""What citizens are written after the decision: of the way of what was adopted, of objections, of ideas they had first
(P6–P8)."""

from django.utils.translation import gettext_lazy

from letters.sockets import Slot
from proposals.letters import REASON, kind

NEWS = Slot(
    "news",
    gettext_lazy("알리는 내용"),
    gettext_lazy("2026. 12. 1.(화) → 2027. 3. 2.(화) · 공사가 늦어집니다."),
)

LETTERS = (
    kind(
        "slipped",
        gettext_lazy("시행 예정일 변경"),
        gettext_lazy("시행할 날이 바뀌었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "채택된 ‘{title}’ 제안({code})을 시행할 날이 바뀌었습니다.\n\n"
            "{news}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "carried_out",
        gettext_lazy("시행 알림"),
        gettext_lazy("제안이 시행되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})이 시행되었습니다.\n\n"
            "{news}\n\n"
            "몇 주 뒤에 실제로 되었는지 여쭙겠습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "asked",
        gettext_lazy("시행 뒤 확인"),
        gettext_lazy("제안하신 일이 되었는지 알려 주세요: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})을 시행했다고 알려 드린 뒤 몇 주가 지났습니다. 실제로 되었는지 알려 주세요.\n\n"
            "{news}\n\n"
            "안 되었다고 답하시면 이행을 다시 시작합니다.\n"
            "답하기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "dropped",
        gettext_lazy("이행 중단 알림"),
        gettext_lazy("제안 이행을 그만두게 되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "채택된 ‘{title}’ 제안({code})의 이행을 그만두게 되어 죄송합니다.\n\n"
            "{news}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "objection",
        gettext_lazy("이의·재심사 결과"),
        gettext_lazy("이의·재심사 결과를 알려 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})에 신청하신 이의·재심사를 결정했습니다.\n\n"
            "{news}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "objection_withdrawn",
        gettext_lazy("이의·재심사 취하 알림"),
        gettext_lazy("이의·재심사가 취하되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})에 신청하신 이의·재심사를 보내 주신 서면에 따라 취하한 것으로 등록했습니다.\n\n"
            "{news}\n\n"
            "취하하지 않으셨다면 바로 알려 주세요. 신청할 수 있는 기간이 남아 있으면 나의 제안 화면에서 다시 "
            "신청하실 수 있습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "reopened",
        gettext_lazy("불채택 제안 다시 검토"),
        gettext_lazy("채택하지 않은 제안을 다시 검토합니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "채택하지 않았던 ‘{title}’ 제안({code})을 다시 검토합니다.\n\n"
            "{news}\n\n"
            "{due}까지 결정하여 알려 드리겠습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "credited",
        gettext_lazy("먼저 낸 제안 밝힘"),
        gettext_lazy("먼저 내신 제안과 같은 생각이 채택되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "먼저 내신 ‘{title}’ 제안({code})과 같은 생각이 나중에 채택되었습니다.\n\n"
            "{news}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "taken_down",
        gettext_lazy("신고로 글 가림"),
        gettext_lazy("신고가 있어 글을 가렸습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 글에 신고가 있어 우선 가렸습니다. {decide_by}까지 확인하여 알려 드리겠습니다. "
            "제안은 그대로 처리합니다.\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        Slot("decide_by", gettext_lazy("확인할 날"), gettext_lazy("2026. 12. 1.(화)")),
    ),
    kind(
        "complaint_decided",
        gettext_lazy("신고 확인 결과"),
        gettext_lazy("신고를 확인한 결과를 알려 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 글에 들어온 신고를 확인했습니다.\n\n"
            "결과: {outcome}\n"
            "{reason}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        Slot("outcome", gettext_lazy("신고 확인 결과"), gettext_lazy("일부 가림")),
        REASON,
    ),
)  # fmt: skip
