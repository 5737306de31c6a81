"""Posts like the one being written: shown while it is, and kept from earning twice (K2)."""

import re

from core.similar import Texts
from knowledge.models import Post

# Words that titles carry whatever they tell.
FILLERS = frozenset(
    """
    가 를 을 의 에 및 등 로 으로 위한 위해 통한 대한 관련 안내 정리 방법 요령 업무 처리 절차 공유 자료 참고
    """.split()
)
NOISE = re.compile(r"(?:19|20)\d\d\s*년?도?")
TITLES = Texts(Post, "title", FILLERS, NOISE, beside="text")
