"""Addresses of results, their bonus, who is thanked, years beside each other."""

from django.urls import path

from core.views.steps import step_paths
from incentives.views import payouts, result_forms, results, thanks, years

urlpatterns = [
    path("results/", results.ResultList.as_view(), name="results"),
    path("results/<int:pk>/", results.ResultPage.as_view(), name="result"),
    path("results/<int:pk>/correct/", result_forms.ResultCorrect.as_view(), name="result_correct"),
    path("results/<int:pk>/prizes/", result_forms.ResultPrizes.as_view(), name="result_prizes"),
    path("results/<int:pk>/people/", thanks.ResultPeople.as_view(), name="result_people"),
    path("results/<int:pk>/delete/", result_forms.ResultDelete.as_view(), name="result_delete"),
    path("<int:pk>/results/new/", result_forms.ResultNew.as_view(), name="division_result_new"),
    path("payouts/<int:pk>/", results.PayoutPage.as_view(), name="payout"),
    path("payouts/<int:pk>/paper/", payouts.PayoutPaper.as_view(), name="payout_paper"),
    path("payouts/<int:pk>/request/", payouts.RequestPaper.as_view(), name="payout_request_paper"),
    *step_paths(
        "payouts/<int:pk>/",
        {
            "choose": payouts.PayoutChoose,
            "begin": payouts.PayoutBegin,
            "plan": payouts.PayoutPlan,
            "take-back": payouts.PayoutTakeBack,
            "approve": payouts.PayoutApprove,
            "give-back": payouts.PayoutGiveBack,
            "agree": payouts.PayoutAgree,
            "disagree": payouts.PayoutDisagree,
            "ask": payouts.PayoutAsk,
            "unask": payouts.PayoutUnask,
            "pay": payouts.PayoutPay,
            "unpay": payouts.PayoutUnpay,
            "repay": payouts.PayoutRepay,
        },
    ),
    path("thanks/", thanks.RewardList.as_view(), name="rewards"),
    path("thanks/person/<int:pk>/", thanks.RewardPage.as_view(), name="reward"),
    path("thanks/<int:pk>/", thanks.ThanksPage.as_view(), name="thanks"),
    path("thanks/<int:pk>/merit/", thanks.MeritPaper.as_view(), name="thanks_merit"),
    path("thanks/<int:pk>/commendation/", thanks.CommendationPaper.as_view(), name="thanks_commendation"),
    *step_paths("thanks/<int:pk>/", {"confirm": thanks.ThanksConfirm}),
    path("years/", years.YearsPage.as_view(), name="years"),
    path("grades/", years.Grades.as_view(), name="grades"),
]
