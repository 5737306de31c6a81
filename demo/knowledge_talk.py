"""What is said about posts of the demonstration (K1, K5, K6): passages reported as wrong, questions with answers, the
proposals of staff of the last full quarter."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from demo.days import workday_after, workday_from, workday_until
from demo.knowledge import SECOND, board, once_it_stands, quarter_before
from demo.organization import person, planner
from demo.proposals import ProposalStory
from demo.timeline import Timeline, do
from knowledge.models import Field, Flaw, Post, Question
from knowledge.services import flaws, posts, questions
from organization.models import User

ANSWERED, CHOSEN = 5, 8  # days after the question was asked
Row = dict[str, Any]


def add(timeline: Timeline, today: date) -> None:
    found = board()
    said = found.about
    for row in said["flaws"]:
        reported = once_it_stands(row, found, today)
        timeline.add(reported, partial(_report, row))
        if "answer" in row:
            timeline.add(workday_from(reported + timedelta(days=ANSWERED)), partial(_answer, row))
    for row in said["questions"]:
        _ask_and_answer(timeline, Asked(row), workday_until(today + timedelta(days=row["day"])))
    first = quarter_before(today).start
    for row in said["proposals"]:
        story = ProposalStory(row, today)
        timeline.add(workday_from(first + timedelta(days=row["after"])), story.receive)
        for step in row["steps"]:
            told = {name: value for name, value in step.items() if name not in ("after", "step")}
            day = workday_from(first + timedelta(days=step["after"]))
            timeline.add(day, partial(story.take, step["step"], **told))


# -- 잘못 알림
def _post(title: str) -> Post:
    return Post.objects.select_related("owner").get(title=title)


def _report(row: Row) -> None:
    said = {"passage": row["passage"], "remark": row["remark"]}
    do(flaws.report, _post(row["title"]), **said, actor=person(row["by"]))


def _answer(row: Row) -> None:
    flaw = Flaw.objects.get(post__title=row["title"], passage=row["passage"])
    owner = person(_post(row["title"]).owner.employee_number)
    do(flaws.accept if row.get("accepted") else flaws.decline, flaw, reason=row["answer"], actor=owner)


# -- 물어보기
class Asked:
    """A question, as its row has it."""

    def __init__(self, row: Row) -> None:
        self.row = row

    @property
    def question(self) -> Question:
        return Question.objects.select_related("post__writer", "post__field__keeper").get(
            title=self.row["title"]
        )

    def ask(self) -> None:
        row = self.row
        values = {
            "title": row["title"],
            "text": row.get("text", ""),
            "field": Field.objects.get(name=row["field"]),
        }
        do(questions.ask, values, actor=person(row["by"]))

    def reply(self, said: Sequence[str]) -> None:
        number, text = said
        do(questions.reply, self.question, text=text, actor=person(number))

    def choose(self) -> None:
        number, _text = self.row["answers"][self.row["chosen"]]
        question = self.question
        answer = question.answers.get(writer=person(number))
        do(questions.choose, question, answer, actor=person(self.row["by"]))

    def approve(self) -> None:
        post = self.question.post
        do(posts.approve, post, actor=_approver(post))


def _approver(post: Post) -> User:
    who = planner()
    return person(SECOND) if who == post.writer else who


def _ask_and_answer(timeline: Timeline, one: Asked, day: date) -> None:
    timeline.add(day, one.ask)
    for place, said in enumerate(one.row.get("answers", ()), start=1):
        timeline.add(workday_from(day + timedelta(days=place)), partial(one.reply, said))
    if "chosen" in one.row:
        chosen = workday_from(day + timedelta(days=CHOSEN))
        timeline.add(chosen, one.choose)
        if one.row.get("approved"):
            timeline.add(workday_after(chosen), one.approve)
