"""Whoever follows every link from the first page on comes upon nothing that is another's (P3, P11, D3)."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from core import drafts, passes
from core.models import Attachment
from core.now import pretend
from core.views.bearer import COOKIE
from organization.models import User
from proposals.models import Interim, Proposal
from proposals.services import dispatch, interims, opinions, receiving
from reviews.services import reviews
from reviews.services.sending import Order
from tests import factories as make
from tests.drawn import picture
from tests.effort import rounds
from tests.proposals.asked import asked, fresh
from tests.proposals.made import AGREED, CONTENT, drafted, mine

pytestmark = pytest.mark.django_db
LINKS = re.compile(r'(?:href|src|action|hx-get|data-[\w-]*url)="([^"#]+)')
EACH = rounds(2, 8)  # addresses of one pattern
ROLES = ("anonymous", "writer", "first", "second", "unasked", "asked", "planner")
OFFICE = {"asked", "planner"}
# Secrets that are planted, and who alone may come upon them.
PLANTED: dict[str, tuple[str, set[str]]] = {
    "name": ("김비밀", {"planner"}),
    "phone": ("010-7777-1111", {"planner"}),
    "mail": ("gumin.one@example.com", {"planner"}),
    "other name": ("박둘째", {"planner"}),
    "other phone": ("010-8888-2222", {"planner"}),
    "number in the text": ("010-3333-4444", {"first", *OFFICE}),
    "file name": ("위치도면", {"first", *OFFICE}),
    "file": ("%PDF-1.4 planted", {"first", *OFFICE}),
    "hidden text": ("숨겨달라고한본문", {"second", "planner"}),
    "hidden file": ("숨긴사진", {"second", "planner"}),
    "held": ("로봇같은제목", {"planner"}),
    "written": ("아직안보낸글", {"writer"}),
    "typed": ("아직안누른글", {"writer"}),
    "note": ("부서에만적은부탁", OFFICE),
    "opinion asked": ("바깥에물은말", OFFICE),
    "opinion": ("바깥에서온말", OFFICE),
    "reason": ("기획이거둔까닭", {"planner"}),
    "interim draft": ("보내기전중간답변", {"planner"}),
    "call draft": ("준비중인공모", {"planner"}),
}


def secret(name: str) -> str:
    return PLANTED[name][0]


def sent_by(name: str, phone: str, file: Any, **values: Any) -> tuple[Proposal, str]:
    writing, token = receiving.begin()
    writer = passes.bearer_of(token)
    receiving.note_down(writing, {**CONTENT, **values}, actor=writer, files=[file])
    person: Any = {"name": secret(name), "phone": secret(phone), "consents": AGREED}
    if name == "name":
        person["email"] = secret("mail")
    return receiving.send(writing, [person], actor=writer, doubtful="held" in values.get("effect", ""))


class Office:
    """What is planted, and the browsers of those who go looking."""

    def __init__(self) -> None:
        self.planner, (ours, other) = make.planner(), make.DepartmentFactory.create_batch(2)
        self.asked, self.unasked = make.UserFactory(department=ours), make.UserFactory(department=other)
        drawing = ContentFile(secret("file").encode(), name=f"{secret('file name')}.pdf")
        number = f"{CONTENT['problem']} {secret('number in the text')}로 알려 주세요."
        self.first, first = sent_by("name", "phone", drawing, problem=number)
        photo = ContentFile(picture(), name=f"{secret('hidden file')}.png")
        self.second, second = sent_by(
            "other name",
            "other phone",
            photo,
            title="다른 제안입니다",
            improvement=secret("hidden text"),
            hidden=True,
        )
        self.held, _token = sent_by("other name", "other phone", photo, title=secret("held"), effect="held")
        self.writing, writer = receiving.begin()
        bearer = passes.bearer_of(writer)
        receiving.note_down(self.writing, {**CONTENT, "title": secret("written")}, actor=bearer)
        typed = QueryDict(mutable=True)
        typed["improvement"] = secret("typed")
        drafts.save(bearer, f"proposals.writing.{self.writing.pk}.2", typed)
        self._handle(ours)
        drafted(self.planner, title=secret("call draft"))
        self.tokens = {"writer": writer, "first": first, "second": second}
        self.roots = {
            "writer": self.writing.get_absolute_url(),
            "first": mine(self.first),
            "second": mine(self.second),
        }

    def _handle(self, ours: Any) -> None:
        """Asked about, outside and inside, one request taken back; the day has passed and the interim answer waits."""
        (sent,) = dispatch.send([Order(self.first, [ours])], note=secret("note"), actor=self.planner)
        (self.review,) = sent.reviews
        opinions.ask(self.first, "시 도로과", reason=secret("opinion asked"), actor=self.planner)
        opinions.take_in(self.first, answer=secret("opinion"), actor=self.planner)
        (again,) = asked(make.DepartmentFactory(), proposal=self.first, by=self.planner)
        reviews.recall(again, reason=secret("reason"), actor=self.planner)
        due = fresh(self.first).clock.due
        with pretend(due):
            interims.draft_due(due)
        Interim.objects.update(reason=secret("interim draft"))

    def browser(self, role: str) -> Client:
        client = Client()
        user = getattr(self, role, None)
        if isinstance(user, User):
            client.force_login(user)
        return client

    def doors(self, role: str) -> Iterator[str]:
        """The first pages, and addresses of others that somebody might know."""
        yield from (reverse("proposals:home"), "/", reverse("proposals:desk"), self.roots.get(role, "/"))
        for one in (self.first, self.second, self.held):
            yield from (one.get_absolute_url(), one.public_url, mine(one), f"{mine(one)}?receipt=1")
            yield reverse("proposals:desk_contact_shown", args=[one.pk]) + "?reason=확인이+필요합니다"
        for file in Attachment.objects.all():
            yield from (reverse("attachment", args=[file.pk]), reverse("small_picture", args=[file.pk]))
            yield from (f"{root}files/{file.pk}/" for root in self.roots.values())
        yield from (
            f"{root}{step}" for root in self.roots.values() for step in ("", "2/", "4/", "supplement/")
        )
        yield self.review.get_absolute_url()
        for text, _who in PLANTED.values():
            yield from (
                f"{reverse(name)}?q={text}" for name in ("proposals:find", "proposals:desk", "search")
            )


def text_of(answer: Any) -> str:
    """What it says: of workbooks and papers all their parts; with the name of the file."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = answer.headers.get("Content-Disposition", "")
    if body[:4] != b"PK\x03\x04":
        return head + body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return head + "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def crawl(office: Office, role: str) -> dict[str, str]:
    """All that this one can read, by address: from the doors on, along every link and form."""
    client, waiting, found = office.browser(role), list(office.doors(role)), dict[str, str]()
    sure, patterns = set(waiting), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        try:
            pattern = resolve(path).view_name
        except Resolver404:
            continue
        of_ours = path.startswith(("/proposals/", "/letters/", "/files/", "/p/"))
        if address in found or (address not in sure and patterns[pattern] >= (EACH if of_ours else 1)):
            continue
        patterns[pattern] += 1
        root = office.roots.get(role, "")
        client.cookies[COOKIE] = office.tokens.get(role, "") if root and path.startswith(root) else ""
        answer = client.get(address)
        asked_for = address.partition("?")[2]
        found[address] = text_of(answer) if answer.status_code < 300 else ""
        if answer.status_code in (301, 302):
            waiting.append(answer["Location"])
        links = (html.unescape(link) for link in LINKS.findall(found[address]))
        waiting += [urljoin(address, link) for link in links if not urlsplit(link).netloc]
        if asked_for:  # what one looked for stands in the answer again
            found[address] = found[address].replace(html.escape(re.sub(r"^q=|^reason=", "", asked_for)), "")
    return found


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_p3_whoever_follows_every_link_finds_nothing_of_others(office: Office, role: str) -> None:
    found = crawl(office, role)
    read = [address for address, text in found.items() if text]
    wrong = {}
    for name, (text, who) in PLANTED.items():
        places = [address for address in read if text in found[address]]
        if places and role not in who:
            wrong[name] = places
        if role in who:  # what one may read is come upon: the crawl sees
            assert places, f"{name} was found nowhere among {len(read)} pages"
    assert not wrong
    assert len(read) > 8
    others = {token for whose, token in office.tokens.items() if whose != role}
    assert not [address for address in read if any(token in found[address] for token in others)]


@pytest.mark.slow
def test_p3_the_files_of_others_are_not_there(office: Office) -> None:
    """By either way to a file: the office's, and the bearer's own."""
    for file in Attachment.objects.all():
        subject = file.subject
        may = {"planner"} | ({"asked"} if subject == office.first else set())
        for role in ("anonymous", "unasked", "asked", "planner"):
            answer = office.browser(role).get(reverse("attachment", args=[file.pk]))
            assert (answer.status_code == 200) == (role in may), (role, file.name)
            text_of(answer)
        for role, root in office.roots.items():
            client = Client()
            client.cookies[COOKIE] = office.tokens[role]
            answer = client.get(f"{root}files/{file.pk}/")
            assert (answer.status_code == 200) == (subject == getattr(office, role, None)), (role, file.name)
            text_of(answer)
