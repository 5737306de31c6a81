"""Passwords that strangers try first in a Korean office: words typed on Korean keys, the office's name, one's own."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.office import office_name

_LEAD = "r R s e E f a q Q t T d w W c z x v g".split()
_VOWEL = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split()
_TAIL = ["", *"r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split()]
_COMMON = """
비밀번호 패스워드 암호 관리자 사용자 운영자 담당자 공무원 주무관 구청 시청 군청 창의 혁신 행정 안녕하세요 안녕 사랑해
사랑 대한민국 한국 서울 우리나라 감사합니다 행복 화이팅 컴퓨터 인터넷 바보 천사
"""
_RUNS = (
    "qwerty qwer asdfgh asdf zxcv qaz wsx edc rfv password admin welcome korea seoul love iloveyou".split()
)
_FEWEST = 4  # letters beside a word that everybody knows


def keys(text: str) -> str:
    """The keys that are pressed for it: `사랑` is `tkfkd`."""

    def pressed() -> Iterator[str]:
        for letter in text:
            place = ord(letter) - ord("가")
            if 0 <= place < 19 * 21 * 28:
                lead, rest = divmod(place, 21 * 28)
                yield _LEAD[lead] + _VOWEL[rest // 28] + _TAIL[rest % 28]
            else:
                yield letter

    return "".join(pressed()).lower()


_WORDS = sorted({*map(keys, _COMMON.split()), *_RUNS}, key=len, reverse=True)


def _names(user: Any) -> Iterator[str]:
    """Of the office (한빛구청, 한빛, its address) and of the person."""
    office = office_name()
    yield from (office, re.sub(r"(특별자치시|광역시|구|시|군|도)?청$", "", office), settings.SYSTEM_NAME)
    yield from re.findall(r"[a-z]{5,}", settings.POST_OFFICE["MESSAGE_ID_FQDN"].lower())
    yield getattr(user, "name", "")


class KoreanPasswordValidator:
    def validate(self, password: str, user: Any = None) -> None:
        typed = keys(password)
        if any(len(name) >= 4 and name in typed for name in map(keys, _names(user))):
            raise ValidationError(_("기관 이름이나 본인 이름이 들어 있지 않은 비밀번호를 입력해 주세요."))
        rest = re.sub(r"[^a-z]", "", typed)
        left = rest
        for word in _WORDS:
            left = left.replace(word, "")
        if left != rest and len(left) < _FEWEST:
            raise ValidationError(_("흔히 쓰는 낱말로 된 비밀번호입니다. 다른 비밀번호를 입력해 주세요."))

    def get_help_text(self) -> str:
        return _("기관 이름, 본인 이름, 흔히 쓰는 낱말(한글 자판으로 친 것 포함)은 쓸 수 없습니다.")
