"""Policy values of what planning looks at: patterns that points may have made (K5). They are evidence, no verdict."""

from django.utils.translation import gettext_lazy as _

from knowledge.policies import own

COUNT, PERCENT, MINUTES, MONTHS = _("건"), "%", _("분"), _("개월")
PAIR_LEAST = own.number(
    "odd_pair_least", 5, COUNT, _("살펴볼 것: 서로만 의견"),
    _("두 사람이 서로의 지식에 각각 {value} 이상 의견을 쓰면 봅니다."), least=2, most=100,
)  # fmt: skip
PAIR_PERCENT = own.number(
    "odd_pair_percent", 90, PERCENT, _("살펴볼 것: 서로만 쓴 비율"),
    _("두 사람의 의견 가운데 각각 {value} 이상이 서로의 지식에 쓴 것이면 봅니다."), least=50, most=100,
)  # fmt: skip
BURST_VIEWS = own.number(
    "odd_views", 40, COUNT, _("살펴볼 것: 몰아서 조회"),
    _("짧은 시간에 지식을 {value} 이상 읽은 것으로 누르면 봅니다."), least=5, most=500,
)  # fmt: skip
BURST_MINUTES = own.number(
    "odd_minutes", 10, MINUTES, _("살펴볼 것: 몰아서 조회한 시간"),
    _("몰아서 조회한 것은 {value} 안에 누른 것을 셉니다."), least=1, most=60,
)  # fmt: skip
LAST_DAY_POSTS = own.number(
    "odd_last_day", 10, COUNT, _("살펴볼 것: 마지막 날 등록"),
    _("달이나 지식등록의 날의 마지막 날 하루에 지식을 {value} 이상 올리면 봅니다."), least=2, most=200,
)  # fmt: skip
PASTED = own.number(
    "odd_pasted", 5, COUNT, _("살펴볼 것: 붙여 넣은 의견"),
    _("한 사람이 같은 글을 지식 {value} 이상에 의견으로 쓰면 봅니다."), least=2, most=100,
)  # fmt: skip
REWORDED = own.number(
    "odd_reworded", 85, PERCENT, _("살펴볼 것: 순서만 바꾼 지식"),
    _("낱말이 {value} 이상 같은 지식이 있으면 순서가 달라도 봅니다."), least=50, most=100,
)  # fmt: skip
REWORDED_MONTHS = own.number(
    "odd_reworded_months", 12, MONTHS, _("살펴볼 것: 순서만 바꾼 지식을 견줄 기간"),
    _("새 지식을 그 앞 {value} 동안 올린 지식과 견줍니다."), least=0, most=60,
)  # fmt: skip
