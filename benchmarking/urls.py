"""Addresses of benchmarking."""

from django.urls import path

from benchmarking.views import cases, documents, follow_ups, lists, review_steps, reviews
from core.views.steps import step_paths

app_name = "benchmarking"
urlpatterns = [
    path("", lists.CaseList.as_view(), name="cases"),
    path("new/", cases.CaseNew.as_view(), name="case_new"),
    path("similar/", cases.SimilarCases.as_view(), name="similar"),
    path("bulk/", cases.Bulk.as_view(), name="bulk"),
    path("dispatch/", cases.Dispatch.as_view(), name="dispatch_many"),
    path("rereview/", lists.RereviewList.as_view(), name="rereview"),
    path("<int:pk>/", cases.CasePage.as_view(), name="case"),
    path("<int:pk>/edit/", cases.CaseEdit.as_view(), name="case_edit"),
    path("<int:pk>/cancel/", cases.CaseCancel.as_view(), name="case_cancel"),
    path("<int:pk>/restore/", cases.CaseRestore.as_view(), name="case_restore"),
    path("<int:pk>/dispatch/", cases.Dispatch.as_view(), name="dispatch"),
    path("<int:pk>/report/", documents.CaseReport.as_view(), name="case_report"),
    path("reviews/", lists.ReviewList.as_view(), name="reviews"),
    path("reviews/<int:pk>/", reviews.ReviewPage.as_view(), name="review"),
    path("reviews/<int:pk>/assign/", review_steps.Assign.as_view(), name="review_assign"),
    path("reviews/<int:pk>/take/", review_steps.Take.as_view(), name="review_take"),
    path("reviews/<int:pk>/withdraw/", review_steps.Withdraw.as_view(), name="review_withdraw"),
    path("reviews/<int:pk>/confirm/", review_steps.Confirm.as_view(), name="review_confirm"),
    path("reviews/<int:pk>/send-back/", review_steps.SendBack.as_view(), name="review_send_back"),
    path("reviews/<int:pk>/reopen/", review_steps.Reopen.as_view(), name="review_reopen"),
    path("reviews/<int:pk>/recall/", review_steps.Recall.as_view(), name="review_recall"),
    path("reviews/<int:pk>/extend/", review_steps.Extend.as_view(), name="review_extend"),
    path("reviews/<int:pk>/pause/", review_steps.Pause.as_view(), name="review_pause"),
    path("reviews/<int:pk>/resume/", review_steps.Resume.as_view(), name="review_resume"),
    path("reviews/<int:pk>/report/", documents.ReviewReport.as_view(), name="review_report"),
    path("clock/<int:pk>/decide/", review_steps.ClockDecide.as_view(), name="clock_decide"),
    path("clock/<int:pk>/withdraw/", review_steps.ClockWithdraw.as_view(), name="clock_withdraw"),
    path("follow-ups/", lists.FollowUpList.as_view(), name="follow_ups"),
    path("follow-ups/<int:pk>/", follow_ups.FollowUpPage.as_view(), name="follow_up"),
    *step_paths(
        "follow-ups/<int:pk>/",
        {
            "report": follow_ups.FollowUpReport,
            "move": follow_ups.FollowUpMove,
            "confirm": follow_ups.FollowUpConfirm,
            "withdraw": follow_ups.FollowUpWithdraw,
            "send-back": follow_ups.FollowUpSendBack,
            "undo": follow_ups.FollowUpUndo,
            "drop": follow_ups.FollowUpDrop,
            "resume": follow_ups.FollowUpResume,
        },
    ),
]
