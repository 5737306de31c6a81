"""django-spirit's list and topic page, for comparison. Runs in an environment of its own: python -m bench.spirit N

The working folder holds the project that `spirit startproject` makes. Prints one JSON object a page.
"""

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from bench.cpu import Ask, measured

TOPICS, POSTS, PEOPLE = 10_000, 4, 50
SETTINGS = """
from forum.settings.dev import *
DEBUG = TEMPLATES[0]["OPTIONS"]["debug"] = False
ALLOWED_HOSTS = ["*"]
"""


def fill() -> None:
    """Members, topics and their posts. Its models can be had only after the set-up."""
    from django.contrib.auth import get_user_model
    from spirit.category.models import Category
    from spirit.comment.models import Comment
    from spirit.topic.models import Topic

    people = [get_user_model().objects.create_user(f"person{n}") for n in range(PEOPLE)]
    category = Category.objects.create(title="Ideas")
    Topic.objects.bulk_create(
        Topic(
            user=people[n % PEOPLE],
            category=category,
            title=f"Topic number {n}",
            slug=f"topic-{n}",
            comment_count=POSTS,
        )
        for n in range(TOPICS)
    )
    text = "A proposal in two sentences. It says what and why."
    Comment.objects.bulk_create(
        Comment(
            topic=topic, user=people[(topic.pk + n) % PEOPLE], comment=text, comment_html=f"<p>{text}</p>"
        )
        for topic in Topic.objects.all()
        for n in range(POSTS)
    )


def pages() -> dict[str, Ask]:
    from django.contrib.auth import get_user_model
    from spirit.topic.models import Topic

    client = Client()
    client.force_login(get_user_model().objects.first(), backend=settings.AUTHENTICATION_BACKENDS[0])

    def asking(path: str) -> Ask:
        def ask() -> None:
            response = client.get(path)
            assert response.status_code == 200, f"{path}: {response.status_code}"

        return ask

    topic = Topic.objects.get(slug=f"topic-{TOPICS // 2}")
    return {"spirit: list": asking("/"), f"spirit: topic of {POSTS} posts": asking(topic.get_absolute_url())}


def main() -> None:
    project = Path("forum").resolve()
    sys.path.insert(0, str(project))
    (project / "forum/settings/bench.py").write_text(SETTINGS)
    os.environ["DJANGO_SETTINGS_MODULE"] = "forum.settings.bench"
    django.setup()
    if not (project / "db.sqlite3").exists():
        call_command("migrate", verbosity=0)
        fill()
    for row in measured(pages(), int(sys.argv[1])):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
