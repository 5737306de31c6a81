"""Addresses of field visits."""

from django.urls import path

from visits.views import corrections, documents, lists, orders, page, plans, reports, steps

app_name = "visits"
urlpatterns = [
    path("request/<int:pk>/", plans.VisitRequest.as_view(), name="request"),  # of a review
    path("", lists.VisitList.as_view(), name="list"),
    path("new/", corrections.VisitNew.as_view(), name="new"),
    path("orders/", orders.VisitOrders.as_view(), name="orders"),
    path("<int:pk>/", page.VisitPage.as_view(), name="visit"),
    path("<int:pk>/edit/", plans.VisitEdit.as_view(), name="edit"),
    path("<int:pk>/submit/", steps.VisitSubmit.as_view(), name="submit"),
    path("<int:pk>/withdraw/", steps.VisitWithdraw.as_view(), name="withdraw"),
    path("<int:pk>/approve/", steps.VisitApprove.as_view(), name="approve"),
    path("<int:pk>/send-back/", steps.VisitSendBack.as_view(), name="send_back"),
    path("<int:pk>/reject/", steps.VisitReject.as_view(), name="reject"),
    path("<int:pk>/change/", plans.VisitAmend.as_view(), name="amend"),
    path("<int:pk>/cancel/", steps.VisitCancel.as_view(), name="cancel"),
    path("<int:pk>/approve/undo/", corrections.VisitUndoApprove.as_view(), name="undo_approve"),
    path("<int:pk>/restore/", corrections.VisitRestore.as_view(), name="restore"),
    path("<int:pk>/record/correct/", corrections.VisitCorrect.as_view(), name="record_correct"),
    path("<int:pk>/record/drop/", corrections.VisitDropRecord.as_view(), name="record_drop"),
    path("<int:pk>/order/", orders.VisitOrder.as_view(), name="order"),
    path("<int:pk>/order/correct/", orders.VisitCorrectOrder.as_view(), name="correct_order"),
    path("<int:pk>/order/void/", orders.VisitVoidOrder.as_view(), name="void_order"),
    path("<int:pk>/travel/", steps.VisitTravel.as_view(), name="travel"),
    path("<int:pk>/report/", reports.VisitReportPage.as_view(), name="report"),
    path("<int:pk>/report/withdraw/", reports.VisitWithdrawReport.as_view(), name="withdraw_report"),
    path("<int:pk>/report/send-back/", reports.VisitReturnReport.as_view(), name="return_report"),
    path("<int:pk>/settle/", reports.VisitSettle.as_view(), name="settle"),
    path("<int:pk>/settle/undo/", reports.VisitUndoSettle.as_view(), name="undo_settle"),
    path("<int:pk>/plan/", documents.VisitPlan.as_view(), name="plan"),
    path("<int:pk>/result/", documents.VisitResult.as_view(), name="result"),
]
