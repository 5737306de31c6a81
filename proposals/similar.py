"""Earlier proposals like the one being written, shown before it is sent."""

import re

from core.similar import Texts
from proposals.models import Fingerprint, Proposal

# Words that titles carry whatever is proposed.
FILLERS = frozenset(
    """
    가 를 을 의 에 및 등 로 으로 위한 위해 통한 대한 관련 제안 건의 개선 방안 도입 설치 확대 추진 운영 시행
    요청 바랍니다 해주세요 주세요 좋겠습니다 우리 구민 주민
    """.split()
)
# Years, and what may be a person's number or address: nobody finds out by likeness what is covered in a title (P17).
NOISE = re.compile(r"\d[\d\s().-]{5,}\d|[\w.+-]+@[\w.-]+|(?:19|20)\d\d\s*년?")
TITLES = Texts(Proposal, "title", FILLERS, NOISE, beside="improvement")
FINGERPRINTS = Texts(Fingerprint, "title", FILLERS, NOISE)
