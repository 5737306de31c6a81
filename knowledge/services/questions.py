"""A question to a field: asked, answered by colleagues, and the best answer becomes a post that waits (K1)."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from basis.errors import Rejected
from basis.official import in_office_language
from core.actors import SYSTEM
from core.editing import apply, check_seen, check_version
from core.now import now, today
from core.permissions import ensure
from core.transition import perform, record
from knowledge import notifications_question as notifications
from knowledge.enums import Area, PostState, QuestionState, Type
from knowledge.finding import index
from knowledge.models import Answer, Post, Question
from knowledge.models.post import LONGEST
from knowledge.policies import APPROVE_DAYS, QUESTION_DAYS
from knowledge.selectors.posts import same_as
from knowledge.services import posts
from organization.models import Department

ASK = "knowledge.ask"
WRITTEN = ("title", "text", "field")


def locked(question: Question, seen: int | None = None) -> Question:
    rows = Question.objects.select_for_update(of=("self",)).select_related("field", "asker", "post")
    fresh = rows.get(pk=question.pk)
    check_seen(fresh, seen)
    return fresh


@transaction.atomic
def ask(values: Mapping[str, Any], *, actor: Any) -> Question:
    """Raises: Refused, Rejected for whoever has no department."""
    principal = ensure(actor, ASK)
    if actor.department is None:
        raise Rejected(_("소속 부서가 있는 직원이 물을 수 있습니다."))
    question = Question(
        **{name: values[name] for name in WRITTEN if name in values},
        asker=actor,
        department=actor.department,
        department_name=actor.department.name,
        asked_on=today(),
        due_on=posts.within(QUESTION_DAYS.on(today())),
    )
    question.save()
    record(question, "ask", actor=actor, principal=principal)
    notifications.asked(question)
    return question


@transaction.atomic
def edit(
    question: Question, values: Mapping[str, Any], *, version: int | None = None, actor: Any
) -> Question:
    """Locks: the question. Raises: Refused, Conflict, Rejected once there is an answer."""
    fresh = locked(question)
    principal = ensure(actor, ASK, fresh)
    if fresh.state != QuestionState.OPEN or fresh.answers_count:
        raise Rejected(_("답이 달린 질문은 고칠 수 없습니다. 새로 물어 주세요."))
    wanted = {name: values[name] for name in WRITTEN if name in values}
    check_version(fresh, version, wanted)
    if apply(fresh, wanted, WRITTEN):
        fresh.version += 1
        fresh.save()
        record(fresh, "edit", actor=actor, principal=principal)
    return fresh


@transaction.atomic
def reply(question: Question, *, text: str, actor: Any) -> Answer:
    """One's own answer, written or changed.

    Locks: the question. Raises: Refused for who asked; Rejected once an answer is chosen.
    """
    fresh = locked(question)
    principal = ensure(actor, "knowledge.reply", fresh)
    if fresh.state != QuestionState.OPEN:
        raise Rejected(_("답을 골랐거나 거둔 질문에는 답할 수 없습니다."))
    answer, new = Answer.objects.update_or_create(
        question=fresh, writer=actor, defaults={"text": text.strip(), "at": now()}
    )
    if new:
        fresh.answers_count += 1
        fresh.version += 1
        fresh.save()
    record(fresh, "reply", actor=actor, principal=principal)
    if new:
        notifications.replied(fresh, answer)
    return answer


@transaction.atomic
def choose(question: Question, answer: Answer, *, version: int | None = None, actor: Any) -> Post:
    """The best one becomes a post of whoever wrote it, waiting for approval as any other.

    Locks: the question. Raises: Outdated, Rejected for an answer of another question.
    """
    fresh = locked(question, version)
    chosen = fresh.answers.select_related("writer__department").filter(pk=answer.pk).first()
    if chosen is None or chosen.writer.department is None:
        raise Rejected(_("이 질문의 답 가운데에서 골라 주세요."))
    chosen.chosen = True
    chosen.save(update_fields=["chosen"])
    fresh.post = _post_of(fresh, chosen, actor)
    perform(fresh, "choose", actor=actor)
    notifications.chosen(fresh, chosen)
    return fresh.post


@in_office_language
def _post_of(question: Question, answer: Answer, actor: Any) -> Post:
    """By the question's event: chosen anew it earns no second time."""
    writer = answer.writer
    said = [question.text, answer.text] if question.text.strip() else [answer.text]
    post = Post(
        title=question.title,
        text="\n\n".join(said)[:LONGEST],
        area=Area.WORK,
        type=Type.WORK,
        field=question.field,
        state=PostState.WAITING,
        writer=writer,
        owner=writer,
        department=writer.department,
        department_name=writer.department.name,
        submitted_on=today(),
        due_on=posts.within(APPROVE_DAYS.on(today())),
        source_type=ContentType.objects.get_for_model(Question),
        source_id=question.pk,
    )
    post.alike = same_as(post)
    post.save()
    record(post, "from_answer", actor=actor)
    index([post])
    return post


@transaction.atomic
def unchoose(question: Question, *, version: int | None = None, actor: Any) -> Question:
    """Another answer is better after all; while the post has not been approved.

    Locks: the question, its post. Raises: Outdated, Rejected once the post stands.
    """
    fresh = locked(question, version)
    post = posts.locked(fresh.post) if fresh.post else None
    if post is None or post.state not in (PostState.WAITING, PostState.DRAFT):
        raise Rejected(_("지식으로 승인된 답은 다시 고를 수 없습니다."))
    post.source_type = post.source_id = None
    perform(post, "fall", actor=SYSTEM)
    fresh.answers.filter(chosen=True).update(chosen=False)
    fresh.post = None
    perform(fresh, "unchoose", actor=actor)
    return fresh


@transaction.atomic
def withdraw(question: Question, *, version: int | None = None, actor: Any) -> Question:
    """Locks: the question. Raises: Outdated."""
    fresh = locked(question, version)
    perform(fresh, "withdraw", actor=actor)
    return fresh


def department_merged(old: Department, new: Department, actor: Any) -> None:
    """Open questions go with their department."""
    rows = Question.objects.filter(department=old, state=QuestionState.OPEN).select_related("field")
    for question in rows.select_for_update(of=("self",)).order_by("pk"):
        question.department, question.department_name = new, new.name
        question.version += 1
        question.save()
        record(question, "merged", actor=actor)
