"""Addresses of field visits."""

from django.urls import path

from core.views.steps import step_paths
from visits.views import corrections, documents, lists, orders, page, plans, reports, steps

app_name = "visits"
urlpatterns = [
    path("request/<int:pk>/", plans.VisitRequest.as_view(), name="request"),  # of a review
    path("", lists.VisitList.as_view(), name="list"),
    path("new/", corrections.VisitNew.as_view(), name="new"),
    path("orders/", orders.VisitOrders.as_view(), name="orders"),
    path("<int:pk>/", page.VisitPage.as_view(), name="visit"),
    *step_paths(
        "<int:pk>/",
        {
            "edit": plans.VisitEdit,
            "submit": steps.VisitSubmit,
            "withdraw": steps.VisitWithdraw,
            "approve": steps.VisitApprove,
            "approve/undo": corrections.VisitUndoApprove,
            "send-back": steps.VisitSendBack,
            "reject": steps.VisitReject,
            "change": plans.VisitAmend,
            "cancel": steps.VisitCancel,
            "restore": corrections.VisitRestore,
            "record/correct": corrections.VisitCorrect,
            "record/drop": corrections.VisitDropRecord,
            "order": orders.VisitOrder,
            "order/correct": orders.VisitCorrectOrder,
            "order/void": orders.VisitVoidOrder,
            "travel": steps.VisitTravel,
            "report": reports.VisitReportPage,
            "report/withdraw": reports.VisitWithdrawReport,
            "report/send-back": reports.VisitReturnReport,
            "settle": reports.VisitSettle,
            "settle/undo": reports.VisitUndoSettle,
            "repay": reports.VisitRepay,
        },
    ),
    path("<int:pk>/plan/", documents.VisitPlan.as_view(), name="plan"),
    path("<int:pk>/result/", documents.VisitResult.as_view(), name="result"),
]
