"""Earlier cases with a similar title, or with its words in their summary, shown before a case is saved (B2)."""

import re

from benchmarking.models import Case
from core.similar import Texts

# Words that titles carry whatever the practice is. A title made of nothing else keeps them.
FILLERS = frozenset(
    """
    가 를 을 의 에 및 등 로 으로 위한 위해 통한 통해 대한 관련 활용 활용한 사업 추진 운영 실시 시행
    도입 구축 확대 강화 활성화 계획 설치 조성 제도 시스템 서비스 지원 제공 개최 우수사례 언론보도
    """.split()
)
# Stand-ins for an institution's name (○○시), years and half-years.
NOISE = re.compile(
    r"[○◯□△◇☆●■▲◆★]+\s*(?:특별시|광역시|시|군|구|도)?청?|(?:19|20)\d\d\s*(?:년도?)?|'\d\d\s*년?|[상하]반기"
)
TITLES = Texts(Case, "title", FILLERS, NOISE, beside="summary")
