"""Addresses of flaws, questions, registration days, handing over."""

from django.urls import path

from core.views.steps import step_paths
from knowledge.views import campaigns, flaws, hand_over, questions

urlpatterns = [
    path("hand-over/", hand_over.HandOver.as_view(), name="hand_over"),
    *step_paths("<int:pk>/", {"hand-over": hand_over.PostHandOver}),
    path("flaws/", flaws.FlawList.as_view(), name="flaws"),
    path("<int:pk>/flaw/", flaws.FlawNew.as_view(), name="flaw_new"),
    path("flaws/<int:pk>/", flaws.FlawPage.as_view(), name="flaw"),
    *step_paths(
        "flaws/<int:pk>/",
        {"accept": flaws.FlawAccept, "decline": flaws.FlawDecline, "take-back": flaws.FlawTakeBack},
    ),
    path("questions/", questions.QuestionList.as_view(), name="questions"),
    path("questions/new/", questions.QuestionNew.as_view(), name="ask"),
    path("questions/<int:pk>/", questions.QuestionPage.as_view(), name="question"),
    path(
        "questions/<int:pk>/choose/<int:answer>/", questions.QuestionChoose.as_view(), name="question_choose"
    ),
    *step_paths(
        "questions/<int:pk>/",
        {
            "edit": questions.QuestionEdit,
            "reply": questions.QuestionReply,
            "unchoose": questions.QuestionUnchoose,
            "withdraw": questions.QuestionWithdraw,
        },
    ),
    path("days/", campaigns.CampaignList.as_view(), name="campaigns"),
    path("days/<int:pk>/", campaigns.CampaignPage.as_view(), name="campaign"),
    *step_paths("days/<int:pk>/", {"edit": campaigns.CampaignEdit, "withdraw": campaigns.CampaignWithdraw}),
]
