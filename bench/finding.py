"""Finding among many things of a thousand letters each: building the index, its size, searches, and what a page takes
while files are read in the background. Prints one JSON object a line."""

import io
import json
import random
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import django

django.setup()

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client

from bench.pages import timed
from core import attachments, jobs
from core.actors import SYSTEM
from core.finding.index import Findable, Told
from core.models import Job, Passage
from core.now import today
from demo import organization
from demo.organization import planner
from demo.timeline import Timeline
from knowledge.enums import PostState
from knowledge.models import Post
from organization.models import User

POSTS = Findable(Post, lambda post: Told(post.title, post.approved_on, post.tag_list, post.text))
DAY = date(2026, 6, 1)
ENDS = ("을", "를", "의", "에", "은", "는", "이", "가", "에서", "으로", "과", "와", "", "", "")
SEARCHES = {
    "a rare word (one in 1,000)": "거주자우선주차구역",
    "a common word (30 %)": "주차",
    "a common word of four letters (30 %)": "주민센터",
    "two words (30 % and 10 %)": "주차 청년",
    "a phrase (5 %)": "청년 창업",
    "nothing": "없는낱말뿐",
}
WITH_FILES = 1_000
WORKER = "import django; django.setup(); from core import jobs; jobs.run_pending()"


def texts(many: int) -> Iterator[tuple[str, str]]:
    """Titles and bodies of made-up words, some as common as in life, with the words that are looked for."""
    rnd = random.Random(14)  # noqa: S311  no secret
    letters = [chr(0xAC00 + rnd.randrange(11_172)) for _n in range(1_200)]
    words = ["".join(rnd.choices(letters, k=rnd.choice((2, 2, 2, 3, 3, 4)))) for _n in range(6_000)]
    shares = list(accumulate(1 / (n + 20) for n in range(len(words))))
    for n in range(many):
        said = rnd.choices(words, cum_weights=shares, k=276)
        body = list(map(str.__add__, said[6:], rnd.choices(ENDS, k=270)))
        for wanted, word in (
            (n % 10 < 3, "주차장"),
            (n % 10 in (1, 2, 3), "주민센터에서"),
            (n % 10 == 2, "청년"),
            (n % 20 == 2, "청년 창업"),
            (n % 1_000 == 7, "거주자우선주차구역"),
        ):
            if wanted:
                body[rnd.randrange(len(body))] = word
        yield " ".join(said[:6]), " ".join(body)


def fill(many: int) -> None:
    writer = planner()
    same = {
        "state": PostState.STANDING,
        "writer": writer,
        "owner": writer,
        "department": writer.department,
        "department_name": str(writer.department),
    }
    batch: list[Post] = []
    for n, (title, text) in enumerate(texts(many)):
        batch.append(Post(title=title, text=text, approved_on=DAY - timedelta(days=n % 3_000), **same))
        if len(batch) == 1_000 or n == many - 1:
            Post.objects.bulk_create(batch)
            batch.clear()


def size() -> int:
    """Bytes of the passages and what they are found by."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'core_passage%%'")
        else:
            cursor.execute("SELECT pg_total_relation_size('core_passage')")
        return int(cursor.fetchone()[0] or 0)


def tell(what: str, **figures: Any) -> None:
    print(json.dumps({"what": what, **figures}), flush=True)


def search(words: str, among: Any, rounds: int, offset: int = 0) -> dict[str, Any]:
    def ask() -> Any:
        return POSTS.find(words, among, 20, offset)

    total = ask().total
    begun = time.process_time()
    took = [timed(ask) for _n in range(rounds)]
    own = (time.process_time() - begun) * 1000 / rounds
    return {
        "median": statistics.median(took),
        "p95": sorted(took)[int(0.95 * rounds)],
        "own": own,
        "found": total,
    }


def paper(text: str) -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w><p><t>{text}</t></p></w>")
    return file.getvalue()


def pages(client: Client, going: Callable[[], bool]) -> list[float]:
    took = []
    while going():
        took.append(timed(lambda: client.get("/knowledge/")))
        time.sleep(0.05)
    return took


def beside(client: Client) -> None:
    """The list of posts, quiet, and while files of a thousand posts are read by a worker."""
    some = list(Post.objects.order_by("pk")[:WITH_FILES])
    for post, (_title, text) in zip(some, texts(WITH_FILES), strict=True):
        attachments.store(
            post,
            ContentFile(paper(text * 5)),
            name="보고.docx",
            mime="x",
            actor=SYSTEM,  # type: ignore[arg-type]  # files say who brought them; here nobody did
        )
    begun = time.perf_counter()
    for post in some:
        POSTS.index([post])
    writing = (time.perf_counter() - begun) * 1000 / WITH_FILES
    left = iter(range(60))
    quiet = pages(client, lambda: next(left, None) is not None)
    begun = time.perf_counter()
    worker = subprocess.Popen([sys.executable, "-c", WORKER])
    busy = pages(client, lambda: worker.poll() is None)
    seconds = time.perf_counter() - begun
    assert not Job.objects.filter(kind="read_files").exclude(state=Job.State.DONE).exists()
    tell("a post with its file written, ms", median=writing)
    tell("files of 1,000 posts read by a worker, s", median=seconds)
    for name, took in (("the list of posts, quiet", quiet), ("the list of posts meanwhile", busy)):
        tell(f"{name}, ms", median=statistics.median(took), p95=sorted(took)[int(0.95 * len(took))])


def staffed() -> None:
    """Of the demonstration its departments and people alone."""
    timeline = Timeline()
    organization.add(timeline, today())
    timeline.replay(until=today(), progress=lambda _day: None)


def main() -> None:
    rounds, many = int(sys.argv[1]), int(sys.argv[2])
    if not User.objects.exists():
        staffed()
    if Post.objects.count() < many:
        fill(many)
    Passage.objects.all().delete()
    before, begun = size(), time.perf_counter()
    for last in range(0, many, 1_000):
        with transaction.atomic():
            POSTS.index(Post.objects.order_by("pk")[last : last + 1_000])
    tell("the index built, s", median=time.perf_counter() - begun)
    tell("its size with the texts, MB", median=(size() - before) / 1e6)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    visible = Post.objects.visible_to(planner())
    for name, words in SEARCHES.items():
        tell(f"{name}, ms", **search(words, visible, rounds))
    tell("a common word, page 500, ms", **search("주차", visible, rounds, 10_000))
    client = Client()
    client.force_login(planner())
    beside(client)
    jobs.run_pending()


if __name__ == "__main__":
    main()
