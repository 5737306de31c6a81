"""pretalx's pages, for comparison. Runs in an environment of its own, in whose working folder its data are:
python -m bench.pretalx N. Prints one JSON object a page."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

PLACE = Path("data").resolve()
OWN = {
    "DJANGO_SETTINGS_MODULE": "pretalx.settings",
    "PRETALX_DATA_DIR": str(PLACE),
    "PRETALX_FILESYSTEM_STATIC": str(PLACE / "static"),
    "PRETALX_DEBUG": "False",
}
os.environ.update(OWN)  # read as its settings are imported

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now
from django_scopes import scope, scopes_disabled
from pretalx.event.models import Event
from pretalx.event.utils import create_organiser_with_team
from pretalx.person.models import SpeakerProfile, User
from pretalx.schedule.models import Room
from pretalx.submission.models import Submission
from pretalx.submission.models.submission import SpeakerRole

from bench.cpu import Ask, measured

SUBMISSIONS, SPEAKERS = 10_000, 500
SHOWN = 20  # scheduled, so public: as many as a page of our public list
TEXT = "A proposal in two sentences. It says what and why."
HTML = {"accept": "text/html"}


def fill() -> None:
    """One event with submissions of which a few are confirmed, scheduled and released."""
    organiser_person = User.objects.create_user(name="Organiser", email="o@example.org", password=None)
    organiser_person.is_administrator = True
    organiser_person.save()
    organiser, _team = create_organiser_with_team(name="Office", slug="office", users=[organiser_person])
    start = now() + timedelta(days=30)
    with scopes_disabled():
        event = Event.objects.create(
            name="Ideas", slug="ideas", organiser=organiser, is_public=True, date_from=start.date(),
            date_to=start.date(), timezone="UTC", email="o@example.org", locale_array="en", locale="en",
        )  # fmt: skip
    with scope(event=event):
        event.build_initial_data()
        _submissions(event, _speakers(event))
        _release(event, start)


def _speakers(event: Any) -> list[Any]:
    people = User.objects.bulk_create(
        User(name=f"Person {n}", email=f"p{n}@example.org", code=f"P{n:05}") for n in range(SPEAKERS)
    )
    SpeakerProfile.objects.bulk_create(
        SpeakerProfile(user=one, event=event, biography=TEXT) for one in people
    )
    return people


def _submissions(event: Any, people: list[Any]) -> None:
    kind = event.submission_types.first()
    made = Submission.objects.bulk_create(
        Submission(
            event=event,
            title=f"Proposal number {n}",
            code=f"S{n:05}",
            submission_type=kind,
            state="confirmed" if n < SHOWN else "submitted",
            abstract=TEXT,
            description=TEXT,
        )
        for n in range(SUBMISSIONS)
    )
    SpeakerRole.objects.bulk_create(
        SpeakerRole(submission=one, user=people[n % SPEAKERS]) for n, one in enumerate(made)
    )


def _release(event: Any, start: Any) -> None:
    room = Room.objects.create(event=event, name="Hall")
    for n, one in enumerate(Submission.objects.filter(state="confirmed")):
        one.update_talk_slots()
        begin = start.replace(hour=8) + timedelta(minutes=30 * n)
        one.slots.filter(schedule=event.wip_schedule).update(
            start=begin, end=begin + timedelta(minutes=30), room=room
        )
    event.wip_schedule.freeze("v1", notify_speakers=False)


def asked_by(email: str, path: str) -> Ask:
    """A page as whoever has this address sees it; "" is anybody."""
    assert settings.DEBUG is False
    client = Client(headers=HTML, SERVER_NAME="localhost")
    if email:
        person = User.objects.get(email=email)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def ask() -> None:
        response = client.get(path)
        assert response.status_code == 200, f"{path}: {response.status_code}"

    return ask


def pages() -> dict[str, Ask]:
    organiser, managed = "o@example.org", "/orga/event/ideas/submissions/"
    return {
        f"pretalx: public list of {SHOWN}": asked_by("", "/ideas/schedule/nojs"),
        "pretalx: one talk, public": asked_by("", "/ideas/talk/S00003/"),
        "pretalx: organiser's list of 50": asked_by(organiser, managed),
        "pretalx: one submission, organiser": asked_by(organiser, f"{managed}S{SUBMISSIONS // 2:05}/"),
    }


def prepared() -> None:
    """Its database, filled unless a run before has done it."""
    if not (PLACE / "filled").exists():
        (PLACE / "db.sqlite3").unlink(missing_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("migrate", verbosity=0)
        fill()
        (PLACE / "filled").touch()


def main() -> None:
    prepared()
    for row in measured(pages(), int(sys.argv[1])):
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
