"""Plausible titles of local-government practice, as many as wanted, always the same ones.

The words are those real practice titles are made of, so that the grams of a load test are as unevenly
spread as in life: a few stand in every tenth title, many in few.
"""

import random
from collections.abc import Iterator

SEED = 20160301

FOR_WHOM = """
    어르신 청년 청소년 어린이 임산부 장애인 여성 다문화가족 외국인 저소득층 독거노인 한부모가정
    소상공인 구직자 경력단절여성 신혼부부 초등학생 중장년 1인가구 북한이탈주민 국가유공자 전입주민
    맞벌이가정 자원봉사자 통장 아파트입주민 납세자 운전자 보행자 세입자 예비창업자 상인 교통약자 이웃
    주민 직원 신규공무원 학부모 반려인
""".split()
WHERE = """
    동주민센터 경로당 어린이집 전통시장 골목길 공원 도서관 작은도서관 지하철역 버스정류장 학교 통학로
    공동주택 재개발구역 공사장 공중화장실 하천변 산책로 옥상 빈집 빈점포 민원실 보건소 복지관 체육관
    놀이터 주차장 공영주차장 이면도로 육교 지하보도 횡단보도 교차로 등산로 마을회관 구청사 청소년수련관
    평생학습관 주민자치회관 급경사지 빗물펌프장 상점가 음식점 자투리땅 담장 고가하부 유휴공간
    공동작업장 문화회관 구민회관 재활용선별장 가로변
""".split()
THING = """
    무인민원발급기 안심택배함 스마트쉼터 그늘막 비상벨 폐쇄회로텔레비전 CCTV 보안등 LED조명 소화기함
    제설함 물막이판 자동심장충격기 미세먼지측정기 전동휠체어충전기 전기차충전기 태양광발전기 빗물저금통
    나눔냉장고 무인회수기 종량제기기 스마트경고판 음성안내기 바닥신호등 집중조명 과속방지턱 안전울타리
    자전거보관대 공공자전거 공유주차 텃밭 화단 벽화 안내표지판 도로명판 점자블록 승강기 안마의자
    혈압측정기 무인도서대출기 스마트도서관 장난감 공구 면접정장 유모차 휠체어 생존배낭 배회감지기
    안심벨 화재감지기 가스차단기 단열창호 보행등 공기청정기 음수대 온열의자 전광판 게시판 현수막 간판
    장바구니 폐건전지 폐의약품 종이팩 아이스팩 커피찌꺼기 낙엽 음식물쓰레기 대형폐기물 재활용품
    종량제봉투 불법광고물 주정차 체납차량 지방세 세외수입 환급금 취득세 자동차세 도로점용료 공유재산
    건축허가 건축물대장 여권 출생신고 전입신고 인감증명 가족관계서류 복지급여 긴급지원 돌봄 안부확인
    도시락 밑반찬 이동목욕 이동세탁 집수리 치매검진 대사증후군 예방접종 금연 심폐소생술 방역 위생등급
    방사능검사 층간소음 관리비 빗물받이 하수도 맨홀 포트홀 도로열선 가로수 마을버스 심야버스
    어린이보호구역 노인보호구역 일자리 창업 취업상담 직업훈련 사회적경제 마을기업 협동조합 온라인장보기
    배송 상품권 청년몰 착한가격업소 평생학습 인문학 독서 코딩 생존수영 진로체험 방과후교실 문화공연
    음악회 축제 생활체육 마을기록 역사탐방 둘레길 공동육아 품앗이 시간제보육 아이돌봄 주민참여예산
    주민자치 마을공동체 공모사업 갈등조정 법률상담 세무상담 노무상담 심리상담 공익제보 청렴 계약정보
    회의록 업무편람 전자결재 당직 출장 인수인계 직원제안 학습동아리 멘토링 공용차량 회의실 재난문자
    침수예측 산불감시 드론 빅데이터 챗봇 인공지능 사물인터넷 가상현실 공간정보 와이파이
""".split()
HOW = """
    모바일 온라인 찾아가는 주민참여 맞춤형 원스톱 통합 실시간 무료 야간 주말 이동식 무인 사전 공동
    민관협력 재능기부 자율 예약제 스마트 친환경 저예산 비대면 24시간 생애주기별 권역별 순회 시범 상설
    자동
""".split()
WHAT = """
    지도 앱 문자알림 알리미 예약 신고 상담 교육 교실 캠페인 점검 지원 대여 보급 설치 배달 수거 수리
    나눔 공유 공개 안내 신청 관리 조사 인증 지정 발굴 감면 납부 조정 개선 정비 조성 개방 순찰 관제 체험
    경진대회 박람회 장터 봉사단 서포터즈 지킴이 협의체 추진단 홍보 안내서 편람 실명제 마일리지 포인트
    평가 보험 기금 펀드 이용권 꾸러미 우체통 게시판 플랫폼 시스템 서비스 센터 쉼터 카페 학교 은행 병원
    도서관 데이 버스 콜센터 창구
""".split()
TAIL = [
    "",
    "",
    "",
    "",
    " 운영",
    " 추진",
    " 사업",
    " 구축",
    " 확대",
    " 도입",
    " 시행",
    " 실시",
    " 활성화",
    " 강화",
    " 사업 추진",
]
FORMS = [
    "{who} {how} {thing} {what}{tail}",
    "{where} {thing} {what}{tail}",
    "{how} {thing} {what}{tail}",
    "{who}{object_particle} 위한 {thing} {what}{tail}",
    "{where} {how} {what}{tail}",
    "{thing} {what}{tail}",
    "{thing} 활용 {who} {what}{tail}",
    "{where} {thing} {how} {what}{tail}",
    "{who} {thing} {what}{tail}",
    "{who} {where} {thing} {what}{tail}",
]


def generate_titles(count: int, seed: int = SEED) -> Iterator[str]:
    """Yield `count` different titles; the same seed yields the same titles."""
    pick = random.Random(seed).choice  # noqa: S311  no secrets
    seen: set[str] = set()
    while len(seen) < count:
        who = pick(FOR_WHOM)
        title = pick(FORMS).format(
            who=who,
            object_particle="을" if (ord(who[-1]) - ord("가")) % 28 else "를",
            where=pick(WHERE),
            thing=pick(THING),
            how=pick(HOW),
            what=pick(WHAT),
            tail=pick(TAIL),
        )
        if title not in seen:
            seen.add(title)
            yield title
