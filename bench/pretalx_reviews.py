"""pretalx's pages of reviews, for comparison: 30 reviewers, three reviews of each submission. Runs where
bench.pretalx does: python -m bench.pretalx_reviews N. Prints one JSON object a page."""

import json
import sys
from typing import Any

# isort: off
from bench.pretalx import PLACE, SUBMISSIONS, asked_by, prepared  # first: it tells Django its settings

from django_scopes import scope
from pretalx.event.models import Event, Team
from pretalx.person.models import User
from pretalx.submission.models import Review, ReviewScore, Submission

from bench.cpu import Ask, measured

# isort: on

REVIEWERS, REVIEWS = 30, 3
BATCH = 2_000
TEXT = "A sentence on what is good about it."


def fill() -> None:
    event = Event.objects.get(slug="ideas")
    with scope(event=event):
        people = User.objects.bulk_create(
            User(name=f"Reviewer {n}", email=f"r{n}@example.org", code=f"R{n:05}") for n in range(REVIEWERS)
        )
        team = Team.objects.create(
            organiser=event.organiser, name="Reviewers", all_events=True, is_reviewer=True
        )
        team.members.set(people)
        scores = list(ReviewScore.objects.filter(category__event=event))
        _review(list(Submission.objects.order_by("pk")), people, scores)


def _review(submissions: list[Any], people: list[Any], scores: list[Any]) -> None:
    made = Review.objects.bulk_create(
        [
            Review(
                submission=one,
                user=people[(n + step) % REVIEWERS],
                text=TEXT,
                score=scores[(n + step) % len(scores)].value,
            )
            for n, one in enumerate(submissions)
            for step in range(REVIEWS)
        ],
        batch_size=BATCH,
    )
    given = Review.scores.through
    given.objects.bulk_create(
        [given(review_id=one.pk, reviewscore_id=scores[n % len(scores)].pk) for n, one in enumerate(made)],
        batch_size=BATCH,
    )


def pages() -> dict[str, Ask]:
    code = Submission.objects.order_by("pk").values_list("code", flat=True)[SUBMISSIONS // 2]
    reviewer = f"r{SUBMISSIONS // 2 % REVIEWERS}@example.org"
    event = "/orga/event/ideas"
    return {
        "pretalx: one submission to review, a reviewer": asked_by(
            reviewer, f"{event}/submissions/{code}/reviews/"
        ),
        "pretalx: review dashboard, a reviewer": asked_by(reviewer, f"{event}/reviews/"),
        "pretalx: review dashboard, organiser": asked_by("o@example.org", f"{event}/reviews/"),
        "pretalx: list of submissions, organiser": asked_by("o@example.org", f"{event}/submissions/"),
    }


def main() -> None:
    prepared()
    if not (PLACE / "reviewed").exists():
        fill()
        (PLACE / "reviewed").touch()
    with scope(event=Event.objects.get(slug="ideas")):
        asked = pages()
    for row in measured(asked, int(sys.argv[1])):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
