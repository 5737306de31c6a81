"""What a judge signs before any content opens (E3)."""

import hashlib
from typing import Any

from django.utils.translation import gettext_lazy as _

PLEDGE: tuple[Any, ...] = (
    _("나는 이 심사의 결과와 이해관계가 없으며, 아래에서 밝힌 대상은 심사하지 않겠습니다."),
    _("나는 심사하면서 알게 된 내용과 점수를 심사 전후에 누구에게도 알리지 않겠습니다."),
    _("나는 다른 사람의 부탁이나 지시를 받지 않고 정해진 기준에 따라 스스로 채점하겠습니다."),
    _("나는 심사하는 동안 이해충돌을 알게 되면 곧바로 밝히겠습니다."),
)


def digest() -> str:
    """Of the text in the office's language: what was signed can be told later."""
    return hashlib.sha256("\n".join(map(str, PLEDGE)).encode()).hexdigest()
