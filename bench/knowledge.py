"""The knowledge board at its size: CPU and questions of its pages. python -m bench.knowledge N POSTS READERS (of each
post). Prints one JSON object a page, the shell first."""

import datetime as dt
import json
import sys

import django

django.setup()

from django.db import connection
from django.urls import reverse

from bench.cpu import Ask, measured
from bench.shell import PLANNER, REVIEWER, asking, signed_in
from bench.words import Written, written
from core.now import now, today
from knowledge.enums import Area, PostState, Type, Validity
from knowledge.finding import POSTS
from knowledge.models import Opinion, Post, Reading
from knowledge.weighing import digest, weight
from organization.models import User

BATCH = 5_000  # posts written at once


def filled(posts: int, readers: int) -> None:
    people = list(User.objects.filter(is_active=True).exclude(department=None).select_related("department"))
    day, many = today(), len(people)
    for begin in range(0, posts, BATCH):
        told = list(enumerate(written(begin, min(posts, begin + BATCH)), begin))
        made = Post.objects.bulk_create(_post(said, people[n % many], n, day) for n, said in told)
        Opinion.objects.bulk_create(
            _opinion(post, people[(n + turn) % many], text, day)
            for post, (n, said) in zip(made, told, strict=True)
            for turn, text in enumerate(said.opinions, 1)
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


def _post(said: Written, writer: User, number: int, day: dt.date) -> Post:
    assert writer.department is not None
    return Post(
        title=said.title,
        text=said.text,
        tags=said.tags,
        opinions=len(said.opinions),
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


def _opinion(post: Post, writer: User, text: str, day: dt.date) -> Opinion:
    return Opinion(
        post=post,
        writer=writer,
        text=text,
        at=now(),
        weight=weight(text),
        digest=digest(text),
        settled_on=day,
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
