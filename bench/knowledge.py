"""The knowledge board at its size: CPU and questions of its pages. python -m bench.knowledge N POSTS READERS (of each
post). Prints one JSON object a page, the shell first."""

import datetime as dt
import json
import random
import sys

import django

django.setup()

from django.db import connection
from django.urls import reverse

from bench.cpu import Ask, measured
from bench.shell import PLANNER, REVIEWER, asking, signed_in
from core.now import today
from knowledge.enums import Area, PostState, Type, Validity
from knowledge.finding import POSTS
from knowledge.models import Post, Reading
from organization.models import User

BATCH, LENGTH = 5_000, 60  # posts written at once, words of one
WORDS = (
    "거주자우선주차 배정 과태료 의견진술 전입신고 세대열람 대형폐기물 수거 재산세 환급 체납 위반건축물 가설건축물 소음 "
    "악취 예방접종 식품위생 제설 수방 소상공인 전통시장 청년창업 도서관 당직 휴가 출장 수의계약 검수 지출 예산 "
    "정보공개 기록물 동주민센터 감사 확인 신청 접수 통보 결재 기한 서류 담당 팀장 연락 현장 점검 안내 절차 순서"
).split()


def filled(posts: int, readers: int) -> None:
    people = list(User.objects.filter(is_active=True).exclude(department=None).select_related("department"))
    chance, day, many = random.Random(7), today(), len(people)  # noqa: S311  the same each time
    for begin in range(0, posts, BATCH):
        Post.objects.bulk_create(
            _post(chance, people[n % many], n, day) for n in range(begin, min(posts, begin + BATCH))
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE reader AS SELECT row_number() OVER (ORDER BY id) - 1 AS place, id"
            " FROM organization_user WHERE is_active AND department_id IS NOT NULL"
        )
        cursor.execute(
            f"INSERT INTO {Reading._meta.db_table} (post_id, user_id, at)"  # noqa: S608  names of ours
            f" SELECT p.id, reader.id, now() - (p.id %% 365) * interval '1 day' FROM {Post._meta.db_table} p"
            " CROSS JOIN generate_series(0, %s) AS turn JOIN reader ON reader.place = (p.id * 7 + turn) %% %s"
            " WHERE p.source_id IS NULL ON CONFLICT DO NOTHING",  # the demonstration's have readers
            [min(readers, many) - 1, many],
        )
        cursor.execute(f"UPDATE {Post._meta.db_table} SET views = %s", [readers])  # noqa: S608  as above
    POSTS.rebuild()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _post(chance: random.Random, writer: User, number: int, day: dt.date) -> Post:
    assert writer.department is not None
    text = " ".join(chance.choices(WORDS, k=LENGTH))
    return Post(
        title=f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
        text=text,
        tags=" ".join(chance.choices(WORDS, k=2)),
        area=Area.values[number % 2],
        type=Type.values[number % 3],
        state=PostState.STANDING,
        validity=Validity.VALID if number % 9 else Validity.CHECK,
        writer=writer,
        owner=writer,
        department=writer.department,
        department_name=writer.department.name,
        approved_on=day - dt.timedelta(days=number % 700),
        review_on=day + dt.timedelta(days=365),
    )


def pages() -> dict[str, Ask]:
    planner, reader = signed_in(PLANNER), signed_in(REVIEWER)
    post = Post.objects.standing().filter(source_mark="").order_by("-pk")[50]
    search = reverse("knowledge:search")
    return {
        "shell alone (attribution)": asking(planner, reverse("attribution")),
        "home of the board": asking(reader, reverse("knowledge:home")),
        "list": asking(reader, reverse("knowledge:list")),
        "list by area, oldest page": asking(reader, f"{reverse('knowledge:list')}?area=work&page=400"),
        "one post": asking(reader, post.get_absolute_url()),
        "search, one word": asking(reader, f"{search}?q=주차"),
        "search, three words": asking(reader, f"{search}?q=거주자 우선 배정"),
        "search of the header": asking(reader, f"{reverse('search')}?q=과태료"),
        "ranking of points": asking(planner, reverse("mileage:rankings")),
    }


def main() -> None:
    requests, posts, readers = map(int, sys.argv[1:4])
    if Post.objects.filter(source_mark="").count() < posts:
        filled(posts, readers)
    for row in measured(pages(), requests):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
