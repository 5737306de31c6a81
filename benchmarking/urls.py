"""Addresses of benchmarking."""

from django.urls import path

from benchmarking.views import cases, dispatch, documents, follow_ups, lists, past, reviews
from core.views.steps import step_paths
from reviews.views.steps import review_paths

app_name = "benchmarking"
urlpatterns = [
    path("", lists.CaseList.as_view(), name="cases"),
    path("new/", cases.CaseNew.as_view(), name="case_new"),
    path("similar/", cases.SimilarCases.as_view(), name="similar"),
    path("bulk/", dispatch.Bulk.as_view(), name="bulk"),
    path("dispatch/", dispatch.Dispatch.as_view(), name="dispatch_many"),
    path("dispatch/due/", dispatch.Due.as_view(), name="due"),
    path("dispatch/done/", dispatch.Dispatched.as_view(), name="dispatched"),
    path("rereview/", lists.RereviewList.as_view(), name="rereview"),
    path("<int:pk>/", cases.CasePage.as_view(), name="case"),
    *step_paths(
        "<int:pk>/",
        {
            "edit": cases.CaseEdit,
            "take-in": cases.CaseTakeIn,
            "return": cases.CaseReturn,
            "report-again": cases.CaseReportAgain,
            "cancel": cases.CaseCancel,
            "restore": cases.CaseRestore,
            "correct-record": past.CaseCorrectRecord,
            "withdraw-record": past.CaseWithdrawRecord,
            "restore-record": past.CaseRestoreRecord,
        },
    ),
    path("<int:pk>/dispatch/", dispatch.Dispatch.as_view(), name="dispatch"),
    path("<int:pk>/report/", documents.CaseReport.as_view(), name="case_report"),
    path("reviews/", lists.ReviewList.as_view(), name="reviews"),
    path("reviews/<int:pk>/", reviews.ReviewPage.as_view(), name="review"),
    *review_paths("reviews/<int:pk>/", "clock/<int:pk>/", reviews.ReviewStep),
    path("reviews/<int:pk>/report/", documents.ReviewReport.as_view(), name="review_report"),
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
