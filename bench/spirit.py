"""django-spirit's list and topic page, for comparison. Runs in an environment of its own:
python -m bench.spirit N [TOPICS READERS]

With TOPICS it holds what our board holds: the same posts with their opinions, each read by READERS, in the database
SPIRIT_DATABASE (a postgres:// address). Without: short topics in a SQLite of the working folder, the project that
`spirit startproject` makes. Prints one JSON object a page.
"""

import json
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from bench.cpu import Ask, measured
from bench.words import OPINIONS, Written, written

TOPICS, POSTS, BATCH = 10_000, 4, 5_000
SHORT = Written(
    "Topic number", "", "A proposal in two sentences. It says what and why.", ("Well said.",) * (POSTS - 1)
)
SETTINGS = """
from forum.settings.dev import *
DEBUG = TEMPLATES[0]["OPTIONS"]["debug"] = False
ALLOWED_HOSTS = ["*"]
"""


def database() -> str:
    """The lines of its settings that name the database, none for its own SQLite."""
    if not (address := os.environ.get("SPIRIT_DATABASE")):
        return ""
    parts = urlsplit(address)
    named = {"NAME": parts.path[1:], "USER": parts.username, "HOST": parts.hostname, "PORT": parts.port}
    return f"DATABASES = {{'default': {{'ENGINE': 'django.db.backends.postgresql', **{named!r}}}}}\n"


def fill(topics: int, readers: int) -> None:
    """Members, topics, what is said in them, and how far each reader has read. Its models can be had only after the
    set-up."""
    from django.contrib.auth import get_user_model
    from spirit.category.models import Category
    from spirit.comment.bookmark.models import CommentBookmark
    from spirit.comment.models import Comment
    from spirit.topic.models import Topic

    members = max(50, readers)
    people = [get_user_model().objects.create_user(f"person{n}") for n in range(members)]
    category = Category.objects.create(title="Ideas")
    for begin in range(0, topics, BATCH):
        end = min(topics, begin + BATCH)
        told = list(enumerate(written(begin, end) if readers else [SHORT] * (end - begin), begin))
        made = Topic.objects.bulk_create(
            Topic(
                user=people[n % members],
                category=category,
                title=said.title,
                slug=f"topic-{n}",
                comment_count=1 + len(said.opinions),
                view_count=readers,
            )
            for n, said in told
        )
        Comment.objects.bulk_create(
            Comment(
                topic=topic, user=people[(n + turn) % members], comment=text, comment_html=f"<p>{text}</p>"
            )
            for topic, (n, said) in zip(made, told, strict=True)
            for turn, text in enumerate((said.text, *said.opinions))
        )
    with connection.cursor() as cursor:
        if readers:
            cursor.execute(
                f"INSERT INTO {CommentBookmark._meta.db_table} (user_id, topic_id, comment_number)"  # noqa: S608  names of theirs
                f" SELECT u.id, t.id, %s FROM {Topic._meta.db_table} t CROSS JOIN"
                f" (SELECT id FROM {get_user_model()._meta.db_table} ORDER BY id LIMIT %s) u",
                [OPINIONS + 1, readers],
            )
        cursor.execute("ANALYZE")


def pages(topics: int) -> dict[str, Ask]:
    from django.contrib.auth import get_user_model
    from spirit.topic.models import Topic

    client = Client()
    client.force_login(get_user_model().objects.first(), backend=settings.AUTHENTICATION_BACKENDS[0])

    def asking(path: str) -> Ask:
        def ask() -> None:
            response = client.get(path)
            assert response.status_code == 200, f"{path}: {response.status_code}"

        return ask

    topic = Topic.objects.get(slug=f"topic-{topics // 2}")
    return {"spirit: list": asking("/"), f"spirit: topic of {POSTS} posts": asking(topic.get_absolute_url())}


def main() -> None:
    requests, topics, readers = map(int, [*sys.argv[1:], str(TOPICS), "0"][:3])
    project = Path("forum").resolve()
    sys.path.insert(0, str(project))
    (project / "forum/settings/bench.py").write_text(SETTINGS + database())
    os.environ["DJANGO_SETTINGS_MODULE"] = "forum.settings.bench"
    django.setup()
    from spirit.topic.models import Topic

    call_command("migrate", verbosity=0)
    if Topic.objects.count() < topics:
        fill(topics, readers)
    for row in measured(pages(topics), requests):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
