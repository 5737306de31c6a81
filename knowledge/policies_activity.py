"""Policy values of readings and opinions: when they count and earn (K3, K5)."""

from django.utils.translation import gettext_lazy as _

from knowledge.policies import own

SECONDS, HOURS, LETTERS = _("초"), _("시간"), _("자")
READ_LEAST = own.number(
    "read_least", 10, SECONDS, _("조회: 가장 짧은 시간"),
    _("지식을 연 뒤 {value}가 지나야 읽은 것으로 셉니다."), least=10, most=600,
)  # fmt: skip
READ_SPEED = own.number(
    "read_speed", 1000, LETTERS, _("조회: 1분에 읽는 글자"),
    _("단추를 누르지 않아도 1분에 {value}를 읽는 빠르기로 끝까지 보인 지식은 읽은 것으로 셉니다."),
    least=100, most=10_000,
)  # fmt: skip
OPINION_LETTERS = own.number(
    "opinion_letters", 20, LETTERS, _("추가의견: 점수를 받는 길이"),
    _("띄어쓰기와 되풀이를 빼고 {value} 이상인 추가의견에 점수를 드립니다."), least=1, most=500,
)  # fmt: skip
OPINION_HOURS = own.number(
    "opinion_hours", 24, HOURS, _("추가의견: 점수를 정하는 때"),
    _("추가의견은 쓴 때부터 {value}이 지나도 남아 있으면 점수를 드립니다."), least=0, most=240,
)  # fmt: skip
