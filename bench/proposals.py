"""The pages of proposals among many, in process: each request against its own SQL run bare, and against the empty
shells of staff and of the public. Prints one JSON object a page."""

import gc
import json
import sys
from urllib.parse import quote

import django

django.setup()

from django.test import Client
from django.urls import reverse

from bench.pages import Page, measure
from organization.models import User
from proposals.models import Proposal

PLANNER, OFFICER = "100016", "100080"
TABLE = "proposals_"
WORD, TITLE = "그늘막", "공원 화장실에 비상벨 설치"


def pages() -> list[tuple[str, Page]]:
    """Who asks (nobody: public), and for what."""
    find, desk = reverse("proposals:find"), reverse("proposals:desk")
    done = Proposal.objects.filter(state="adopted", hidden=False).order_by("-pk")[0]
    public = reverse("proposals:public", args=[done.year, done.number])
    last = -(-Proposal.objects.public().count() // 20)
    return [
        ("", Page("public shell (guide)", reverse("proposals:guide"), "-")),
        ("", Page("public home", reverse("proposals:home"), TABLE)),
        ("", Page("public list, first page", find, TABLE)),
        ("", Page("public list, middle page", f"{find}?page={last // 2}", TABLE)),
        ("", Page("public list, by support", f"{find}?sort=support", TABLE)),
        ("", Page("public list, Korean word", f"{find}?q={quote(WORD)}", TABLE)),
        ("", Page("similar while typing", f"{reverse('proposals:alike')}?title={quote(TITLE)}", TABLE)),
        ("", Page("one proposal, public", public, TABLE)),
        (PLANNER, Page("staff shell (attribution)", reverse("attribution"), "-")),
        (PLANNER, Page("office's list", desk, TABLE)),
        (PLANNER, Page("office's list, all, Korean word", f"{desk}?show=all&q={quote(WORD)}", TABLE)),
        (PLANNER, Page("one proposal, planner", done.get_absolute_url(), TABLE)),
        (OFFICER, Page("department's list of answers", reverse("proposals:reviews"), TABLE)),
        (OFFICER, Page("office's list, an officer", desk, TABLE)),
    ]


def main() -> None:
    clients = {"": Client()}
    for number in (PLANNER, OFFICER):
        clients[number] = Client()
        user = User.objects.get(employee_number=number)
        clients[number].force_login(user, backend="organization.backends.Backend")
    gc.freeze()
    for who, page in pages():
        print(json.dumps(measure(page, clients[who], int(sys.argv[1]))), flush=True)


if __name__ == "__main__":
    main()
