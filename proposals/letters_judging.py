"""What citizens are written of the contests their proposals were judged in (E4, P13)."""

from django.utils.translation import gettext_lazy

from proposals.letters import kind
from proposals.letters_following import NEWS

LETTERS = (
    kind(
        "judged_announced",
        gettext_lazy("심사 결과 예정"),
        gettext_lazy("심사 결과 예정을 알려 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 심사 결과가 다음과 같이 정해질 예정입니다.\n\n"
            "{news}\n\n"
            "나의 제안에서 점수와 그 까닭을 볼 수 있고, 이의가 있으면 그 화면에서 신청할 수 있습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "awarded",
        gettext_lazy("수상 알림"),
        gettext_lazy("수상을 축하드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})이 수상작으로 결정되었습니다. 축하드립니다.\n\n"
            "{news}\n\n"
            "시상금과 상장을 드리는 방법은 따로 연락드리겠습니다. 시상금에는 세금이 없고 "
            "주민등록번호를 여쭙지 않습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "judged",
        gettext_lazy("심사 결과"),
        gettext_lazy("심사 결과를 알려 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 심사 결과가 확정되었습니다.\n\n"
            "{news}\n\n"
            "나의 제안에서 점수와 그 까닭을 볼 수 있습니다.\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "judged_corrected",
        gettext_lazy("심사 결과 정정"),
        gettext_lazy("심사 결과가 정정되었습니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 확정된 심사 결과가 정정되었습니다.\n\n"
            "{news}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
    kind(
        "judged_answer",
        gettext_lazy("심사 이의 답변"),
        gettext_lazy("심사 결과 이의에 답해 드립니다: {code}"),
        gettext_lazy(
            "{name} 님, 안녕하세요.\n\n"
            "‘{title}’ 제안({code})의 심사 결과에 신청하신 이의를 확인했습니다.\n\n"
            "{news}\n\n"
            "나의 제안 보기: {link}\n\n"
            "감사합니다.\n{office}"
        ),
        NEWS,
    ),
)
