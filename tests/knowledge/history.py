"""A quarter of the board, written with a fixed seed: honest people with their habits, and farms of points."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from knowledge.enums import Area, PostState
from knowledge.models import Opinion, Post, Reading
from knowledge.weighing import digest, weight
from organization.models import User
from tests import factories as make

FIRST, LAST = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
PLACES = "주차 청소 복지 세무 민원 건축 위생 공원 도로 하수 보건 문화 체육 교통 환경 재난 홍보 회계 감사 인사".split()
THINGS = "신고 접수 조사 결재 통지 정산 점검 보고 허가 교육 배정 열람 발급 등록 취소 연장 이관 대장 수수료 서식".split()
ACTS = "한다 확인한다 올린다 받는다 보낸다 적는다 나눈다 고친다 묻는다 알린다".split()
THANKS = "좋은 자료를 나누어 주셔서 감사합니다. 업무에 참고하겠습니다."


@dataclass
class History:
    random: random.Random
    honest: list[User]
    posts: list[Post] = field(default_factory=list)
    readings: dict[tuple[int, int], Reading] = field(default_factory=dict)
    opinions: list[Opinion] = field(default_factory=list)
    farms: dict[str, list[list[User]]] = field(default_factory=dict)

    def moment(self, day: dt.date | None = None) -> dt.datetime:
        """At work."""
        day = day or FIRST + dt.timedelta(days=self.random.randrange((LAST - FIRST).days + 1))
        at = dt.time(self.random.randrange(9, 18), self.random.randrange(60), self.random.randrange(60))
        return timezone.make_aware(dt.datetime.combine(day, at))

    def text(self, words: int = 60) -> str:
        pick = self.random.choice
        made = [
            f"{pick(PLACES)}{pick(THINGS)} {pick(PLACES)} {pick(THINGS)}을 {pick(ACTS)}."
            for _n in range(words // 4)
        ]
        return " ".join(made) + f" {self.random.randrange(10**6)}번"

    def post(self, writer: User, day: dt.date | None = None, text: str = "") -> Post:
        day = day or self.moment().date()
        text = text or self.text()
        made = Post(
            title=" ".join(text.split()[:4]), text=text, area=Area.WORK, state=PostState.STANDING,
            writer=writer, owner=writer, department=writer.department,
            department_name=writer.department.name, submitted_on=day, approved_on=day,
        )  # fmt: skip
        made.save()
        self.posts.append(made)
        return made

    def say(self, writer: User, post: Post, text: str = "", at: dt.datetime | None = None) -> None:
        if writer == post.writer:
            return
        text = text or f"{self.text(8)} 이 부분은 어떻게 하나요?"
        self.opinions.append(
            Opinion(
                post=post, writer=writer, text=text, at=at or self.moment(), weight=weight(text),
                digest=digest(text),
            )
        )  # fmt: skip

    def read(self, reader: User, post: Post, at: dt.datetime) -> None:
        if reader != post.writer:
            self.readings.setdefault((post.pk, reader.pk), Reading(post=post, user=reader, at=at))

    def many_at_once(self, reader: User, count: int, minutes: int, day: dt.date) -> None:
        begun = self.moment(day)
        fresh = [
            one for one in self.posts if one.writer != reader and (one.pk, reader.pk) not in self.readings
        ]
        for n, post in enumerate(self.random.sample(fresh, count)):
            self.read(reader, post, begun + dt.timedelta(seconds=n * minutes * 60 // count))

    def keep(self) -> None:
        Opinion.objects.bulk_create(self.opinions)
        Reading.objects.bulk_create(self.readings.values())


def people(count: int) -> list[User]:
    places = [make.DepartmentFactory() for _n in range(12)]
    return [make.UserFactory(department=places[n % len(places)]) for n in range(count)]


def written(seed: int = 14, honest: int = 200) -> History:
    """Twelve farms among so many honest people."""
    rng = random.Random(seed)
    all_of_them = people(honest + 15)
    story = History(rng, all_of_them[:honest])
    farmers = iter(all_of_them[honest:])
    _honest_posts(story)
    _farm_posts(story, farmers)
    _honest_habits(story)
    story.keep()
    return story


def _honest_posts(story: History) -> None:
    rng = story.random
    for person in story.honest:
        for _n in range(rng.choice((0, 1, 1, 2, 3))):
            story.post(person)
    for person in story.honest[:5]:  # who is late brings several on the last day
        for _n in range(rng.randrange(4, 10)):
            story.post(person, LAST)
    for person in story.honest[5:9]:  # a yearly manual is written anew with much of the old one
        old = story.text(80)
        half = old.split()[: len(old.split()) // 2]
        story.post(person, text=old)
        story.post(person, text=" ".join(half) + " " + story.text(40))


def _farm_posts(story: History, farmers: Any) -> None:
    rng = story.random
    story.farms["pair"] = []
    for _n in range(3):
        a, b = next(farmers), next(farmers)
        own = {one: [story.post(one) for _m in range(3)] for one in (a, b)}
        for one, other in ((a, b), (b, a)):
            for _m in range(rng.randrange(5, 9)):
                story.say(one, rng.choice(own[other]))
        story.farms["pair"].append([a, b])
    story.farms["last"] = [[next(farmers)] for _n in range(2)]
    for (one,) in story.farms["last"]:
        for _m in range(rng.randrange(10, 15)):
            story.post(one, LAST)
    story.farms["reworded"] = [[next(farmers)] for _n in range(2)]
    for (one,) in story.farms["reworded"]:
        text = story.text(60)
        for _m in range(3):
            sentences = [part.strip() for part in text.split(".") if part.strip()]
            rng.shuffle(sentences)
            story.post(one, text=". ".join(sentences) + ".")
    story.farms["burst"] = [[next(farmers)] for _n in range(3)]
    for (one,) in story.farms["burst"]:
        story.many_at_once(one, rng.randrange(41, 70), 9, dt.date(2026, 8, rng.randrange(3, 28)))
    story.farms["pasted"] = [[next(farmers)] for _n in range(2)]
    for (one,) in story.farms["pasted"]:
        text = f"{rng.choice(PLACES)} 업무를 하면서 꼭 알아 두어야 할 좋은 내용이라고 생각합니다"
        for n, post in enumerate(rng.sample(story.posts, rng.randrange(6, 12))):
            story.say(one, post, f"{text}{rng.choice(('', '.', '!!', ' ^^'))} {n}")


def _honest_habits(story: History) -> None:
    rng = story.random
    for person in story.honest:
        near = [one for one in story.posts if one.writer.department_id == person.department_id]
        for post in rng.sample(story.posts, rng.randrange(5, 40)):
            story.read(person, post, story.moment())
        for _n in range(rng.choice((0, 1, 2, 4, 8))):
            story.say(person, rng.choice(near if near and rng.random() < 0.5 else story.posts))
        if rng.random() < 0.3:  # a word of thanks, the same each time
            for post in rng.sample(story.posts, rng.randrange(1, 5)):
                story.say(person, post, THANKS)
    for person in story.honest[20:40]:  # who reads in the lunch break reads on
        story.many_at_once(person, rng.randrange(15, 39), 10, dt.date(2026, 9, rng.randrange(1, 30)))
    for a, b in zip(story.honest[40:60:2], story.honest[41:61:2], strict=True):  # two who sit side by side
        for one, other in ((a, b), (b, a)):
            own = [post for post in story.posts if post.writer == other] or [story.post(other)]
            for _n in range(rng.randrange(2, 7)):
                story.say(one, rng.choice(own))
