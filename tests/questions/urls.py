from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path

from core.forms import Form
from core.held import files_field, held_field, offer_held
from reviews.services.sending import Order, Outcome
from reviews.views import sheet
from reviews.views.page import ReviewPage
from reviews.views.steps import ReviewStep, review_paths
from tests.questions.kind import KIND, WORKFLOW, ask
from tests.questions.models import Question, QuestionReview
from tests.urls import urlpatterns as others


def find(user: Any, pk: int) -> QuestionReview:
    return get_object_or_404(
        QuestionReview.objects.visible_to(user).select_related("question", "clock"), pk=pk
    )


class OpinionForm(Form):
    opinion = forms.CharField(label="의견", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    held = held_field()
    attachments = files_field()

    def __init__(self, *args: Any, held: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(held)

    def offer(self, held: Any) -> None:
        offer_held(self, held)

    def answer(self) -> dict[str, Any]:
        return {"opinion": self.cleaned_data["opinion"]}


class Step(ReviewStep):
    kind, workflow, find = KIND, WORKFLOW, staticmethod(find)


class Page(ReviewPage):
    permission = "questions.view"
    kind, find, form_class = KIND, staticmethod(find), OpinionForm

    def answer_facts(self, review: QuestionReview) -> list[tuple[Any, Any]]:
        return [("의견", review.opinion)]

    def about(self, review: QuestionReview) -> dict[str, Any]:
        return {"ways": [], "events": []}


class Sending(sheet.Sending):
    permission = "questions.dispatch"
    kind, listing, page_of, noun = KIND, "questions", "question", "질문"


class Dispatch(Sending, sheet.Sheet):
    together = "모두에 보낼 부서"

    def visible(self, ids: Sequence[int]) -> Iterable[Question]:
        return Question.objects.filter(pk__in=ids).order_by("pk")

    def said(self, subjects: Any, reviews: Any) -> str:
        return f"{subjects} {reviews}"

    def letter(self, subjects: Sequence[tuple[Question, date]]) -> dict[str, Any]:
        return {"title": "검토 요청", "lines": []}

    def send(self, orders: Sequence[Order], note: str, document: str) -> list[Outcome]:
        return ask(orders)


class Due(Sending, sheet.Due):
    pass


class Dispatched(Sending, sheet.Dispatched):
    template_name = "reviews/dispatched.html"


def nothing(request: Any, **_above: Any) -> HttpResponse:
    return HttpResponse()


app_name = "questions"
own = [
    path("", nothing, name="questions"),
    path("<int:pk>/", nothing, name="question"),
    path("dispatch/", Dispatch.as_view(), name="dispatch_many"),
    path("due/", Due.as_view(), name="due"),
    path("done/", Dispatched.as_view(), name="dispatched"),
    path("reviews/", nothing, name="reviews"),
    path("reviews/<int:pk>/", Page.as_view(), name="review"),
    *review_paths("reviews/<int:pk>/", "clock/<int:pk>/", Step),
]
urlpatterns = [path("questions/", include((own, "questions"))), *others]
