"""Earlier proposals like the one being written, shown before it is sent."""

import re

from basis import personal
from core.similar import Texts
from proposals.models import Fingerprint, Proposal

# Words that titles carry whatever is proposed.
FILLERS = frozenset(
    """
    가 를 을 의 에 및 등 로 으로 위한 위해 통한 대한 관련 제안 건의 개선 방안 도입 설치 확대 추진 운영 시행
    요청 바랍니다 해주세요 주세요 좋겠습니다 우리 구민 주민
    """.split()
)
NOISE = re.compile(r"(?:19|20)\d\d\s*년?")
# Nobody finds out by likeness what is covered in a title (P17).
TITLES = Texts(Proposal, "title", FILLERS, NOISE, beside="improvement", cover=personal.mask)
FINGERPRINTS = Texts(Fingerprint, "title", FILLERS, NOISE, cover=personal.mask)
