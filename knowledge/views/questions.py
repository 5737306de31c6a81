"""Questions: asked, answered, the best answer chosen (K1)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from basis.formats import date_weekday
from core.cells import Column, badge_cell, choice, day
from core.components import Action, Badge
from core.lists import ListView
from core.page import BaseView, Crumbs, Request
from core.permissions import can
from core.timeline import event_of
from core.transition import latest_first
from core.views.forms import ConfirmPage, FormPage
from core.views.steps import ConfirmStep, StepPage
from knowledge.enums import QuestionState
from knowledge.filters_talk import QuestionFilter
from knowledge.forms.talk import QuestionForm, ReplyForm
from knowledge.models import Answer, Question
from knowledge.services import questions
from knowledge.views.lists import HOME, SECTION
from knowledge.workflow_question import QUESTION
from notifications.bar import bar_of

TONES = {QuestionState.OPEN: "info", QuestionState.CHOSEN: "success", QuestionState.WITHDRAWN: "neutral"}
LIST = (gettext_lazy("물어보기"), reverse_lazy("knowledge:questions"))


def get_question(user: Any, pk: int) -> Question:
    """404 for what one may not know."""
    rows = Question.objects.visible_to(user).select_related("field", "asker__department", "post")
    return get_object_or_404(rows, pk=pk)


class QuestionList(ListView):
    permission = "knowledge.view"
    section = SECTION
    title = gettext_lazy("물어보기")
    file_name = gettext_lazy("지식_질문")
    filter_class = QuestionFilter
    open_states = (QuestionState.OPEN,)
    urgent_order = ("answers_count", "asked_on", "pk")
    default_order = ("-asked_on", "-pk")
    crumbs = (HOME, (gettext_lazy("물어보기"), None))
    empty_message = gettext_lazy("조건에 맞는 질문이 없습니다.")
    columns = (
        Column("title", gettext_lazy("질문"), ("title",), sort=("title",), primary=True, width=50),
        Column("field", gettext_lazy("분야"), ("field__name",), lambda name: name or "–", sort=("field__order",),
               excel=lambda name: name),
        Column("department", gettext_lazy("물은 부서"), ("department_name",), sort=("department__order",), width=18,
               hide_mobile=True),
        Column("state", gettext_lazy("상태"), ("state",), badge_cell(QuestionState, TONES), sort=("state",),
               excel=choice(QuestionState)),
        Column("asked", gettext_lazy("물은 날"), ("asked_on",), day, sort=("asked_on",), kind="date",
               excel=lambda value: value),
        Column("answers", gettext_lazy("답"), ("answers_count",), sort=("answers_count",), kind="int", align="right"),
    )  # fmt: skip

    def get_queryset(self, user: Any) -> Any:
        return Question.objects.visible_to(user)

    def row_url(self, pk: Any) -> str:
        return reverse("knowledge:question", args=[pk])

    def get_tools(self) -> list[Action]:
        return [Action(_("물어보기"), reverse("knowledge:ask"), "primary")]

    def get_empty_action(self) -> tuple[Any, str]:
        return _("물어보기"), reverse("knowledge:ask")


class QuestionPage(BaseView):
    permission = "knowledge.view"
    section = SECTION
    template_name = "knowledge/question.html"

    def get_crumbs(self) -> Crumbs:
        return [HOME, LIST, (self.question.title, None)]

    def get(self, request: Request, pk: int) -> HttpResponse:
        self.question = question = get_question(request.user, pk)
        open_ = question.state == QuestionState.OPEN
        return self.render(
            {
                **bar_of(request.user, question),
                "question": question,
                "title": question.title,
                "badges": [Badge(question.get_state_display(), TONES[QuestionState(question.state)])],
                "facts": [
                    (_("물은 직원"), question.asker.full_label),
                    (_("물은 날"), date_weekday(question.asked_on)),
                    (_("분야"), question.field.name if question.field else ""),
                ],
                "answers": question.answers.select_related("writer__department"),
                "may_choose": open_ and can(request.user, "knowledge.ask", question),
                "post": question.post,
                "events": [event_of(row) for row in latest_first(question)],
            }
        )


class QuestionNew(FormPage):
    permission = "knowledge.ask"
    section = SECTION
    form_class = QuestionForm
    title = gettext_lazy("물어보기")
    submit = gettext_lazy("질문 올리기")
    success = gettext_lazy("질문을 올렸습니다. 답이 달리면 알려 드립니다.")
    crumbs = (HOME, LIST, (gettext_lazy("물어보기"), None))

    def get_initial(self) -> dict[str, Any]:
        """What was searched for and not found is asked at once."""
        return {"title": self.request.GET.get("q", "")[:120]}

    def get_draft_key(self) -> str:
        return "knowledge.question.new"

    def get_cancel_url(self) -> str:
        return reverse("knowledge:questions")

    def act(self, form: QuestionForm) -> str:
        return questions.ask(form.values(), actor=self.actor).get_absolute_url()


class QuestionStep(StepPage):
    workflow = QUESTION
    find = staticmethod(get_question)
    section = SECTION
    permission = "knowledge.view"
    above = (HOME, LIST)


class QuestionEdit(QuestionStep, FormPage):
    step = "edit"
    form_class = QuestionForm
    submit = gettext_lazy("저장")
    success = gettext_lazy("질문을 고쳤습니다.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("title", "field", "text", "version")}

    def act(self, form: QuestionForm) -> str:
        questions.edit(self.object, form.values(), version=form.cleaned_data["version"], actor=self.actor)
        return self.get_success_url()


class QuestionReply(QuestionStep, FormPage):
    step = "reply"
    form_class = ReplyForm
    success = gettext_lazy("답을 달았습니다.")

    def get_lead(self) -> str:
        return str(self.object.title)

    def get_draft_key(self) -> str:
        return f"knowledge.reply.{self.object.pk}"

    def get_initial(self) -> dict[str, Any]:
        own = self.object.answers.filter(writer=self.actor).first()
        return {"text": own.text} if own else {}

    def act(self, form: ReplyForm) -> str:
        questions.reply(self.object, text=form.cleaned_data["text"], actor=self.actor)
        return self.get_success_url()


class QuestionChoose(QuestionStep, ConfirmPage):
    step = "choose"
    needs = "knowledge.ask"  # its address names the answer too
    binds = True
    submit = gettext_lazy("이 답 고르기")
    success = gettext_lazy("답을 골랐습니다. 지식으로 등록되어 승인을 기다립니다.")

    def prepare(self) -> None:
        super().prepare()
        self.answer = get_object_or_404(Answer, pk=self.kwargs["answer"], question=self.object)
        if self.object.state == QuestionState.WITHDRAWN:
            raise Http404

    def get_text(self) -> str:
        return _("%(writer)s의 답을 가장 좋은 답으로 고를까요? 고른 답은 지식이 되어 승인을 기다립니다.") % {
            "writer": self.answer.writer.full_label
        }

    def act(self) -> str:
        questions.choose(self.object, self.answer, version=self.seen, actor=self.actor)
        return self.get_success_url()


class QuestionUnchoose(QuestionStep, ConfirmStep):
    step = "unchoose"
    success = gettext_lazy("답을 다시 고를 수 있습니다.")
    service = staticmethod(questions.unchoose)


class QuestionWithdraw(QuestionStep, ConfirmStep):
    step = "withdraw"
    success = gettext_lazy("질문을 거두었습니다.")
    service = staticmethod(questions.withdraw)
