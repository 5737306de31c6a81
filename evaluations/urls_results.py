"""Addresses of what comes after the last stage is closed; evaluations.urls takes them in."""

from django.urls import path

from core.views.steps import step_paths
from evaluations.views import corrections, objections, results, results_steps, stability, told, why

RESULTS = [
    path("rounds/<int:pk>/results/", results.ResultList.as_view(), name="results"),
    path("rounds/<int:pk>/results/sheet/", results.ResultSheet.as_view(), name="result_sheet"),
    path("rounds/<int:pk>/stability/", stability.StabilityPage.as_view(), name="stability"),
    *step_paths(
        "rounds/<int:pk>/",
        {
            "reckon": results_steps.Reckon,
            "way": results_steps.ChangeWay,
            "judge-again": results_steps.JudgeAgain,
            "resolve": results_steps.Resolve,
            "announce": results_steps.Announce,
            "confirm": results_steps.Confirm,
            "cancel": results_steps.Cancel,
        },
    ),
    path("results/<int:pk>/correct/", corrections.ResultCorrect.as_view(), name="result_correct"),
    path("objections/", objections.ObjectionList.as_view(), name="objections"),
    path("objections/<int:pk>/", objections.ObjectionPage.as_view(), name="objection"),
    *step_paths(
        "objections/<int:pk>/",
        {"uphold": objections.Uphold, "refuse": objections.Refuse, "withdraw": objections.Withdraw},
    ),
    path("corrections/", corrections.CorrectionList.as_view(), name="corrections"),
    path("corrections/<int:pk>/", corrections.CorrectionPage.as_view(), name="correction"),
    *step_paths("corrections/<int:pk>/", {"make": corrections.Make, "reject": corrections.Reject}),
    path("entries/<int:pk>/why/", why.WhyPage.as_view(), name="why"),
    path("entries/<int:pk>/object/", why.EntryObject.as_view(), name="entry_object"),
    path("told/", told.ToldList.as_view(), name="told"),
    path("told/<int:pk>/", told.ToldRound.as_view(), name="told_round"),
]
