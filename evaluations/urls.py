"""Addresses of judging."""

from django.urls import path

from core.views.steps import step_paths
from evaluations.urls_results import RESULTS
from evaluations.views import ballot, challenges, coverage, fees, judging, lists, rounds, stages

app_name = "evaluations"
urlpatterns = [
    path("", lists.Home.as_view(), name="home"),
    path("rounds/", lists.RoundList.as_view(), name="list"),
    path("rounds/new/", rounds.RoundNew.as_view(), name="new"),
    path("rounds/<int:pk>/", rounds.RoundPage.as_view(), name="round"),
    *step_paths(
        "rounds/<int:pk>/",
        {
            "edit": rounds.RoundEdit,
            "grades": rounds.RoundGrades,
            "entries": rounds.RoundEntries,
            "open": rounds.RoundOpen,
            "abandon": rounds.RoundAbandon,
        },
    ),
    path("entries/<int:pk>/out/", rounds.EntryOut.as_view(), name="entry_out"),
    path("entries/<int:pk>/challenge/", challenges.EntryChallenge.as_view(), name="entry_challenge"),
    path("stages/<int:pk>/", stages.StagePage.as_view(), name="stage"),
    *step_paths(
        "stages/<int:pk>/",
        {
            "edit": stages.StageEdit,
            "criteria": stages.StageCriteria,
            "invite": stages.StageInvite,
            "start": stages.StageStart,
            "close": stages.StageClose,
            "reassign": stages.StageReassign,
            "window": stages.StageExtend,
            "way": stages.StageChangeWay,
            "ask": stages.StageAsk,
            "slips": stages.StageSlips,
            "wall": stages.StageWall,
        },
    ),
    path("stages/<int:pk>/coverage/", coverage.Coverage.as_view(), name="coverage"),
    path("stages/<int:pk>/paper/", coverage.PaperList.as_view(), name="stage_paper"),
    path("paper/<int:pk>/", coverage.PaperType.as_view(), name="sheet_type"),
    path("judges/<int:pk>/sign-paper/", coverage.PaperSign.as_view(), name="judge_sign_paper"),
    *step_paths("judges/<int:pk>/", {"release": stages.JudgeRelease}),
    path("fees/", fees.JudgingFees.as_view(), name="fees"),
    path("mine/", judging.Mine.as_view(), name="mine"),
    path("mine/<int:pk>/", judging.JudgePage.as_view(), name="judge"),
    *step_paths("mine/<int:pk>/", {"sign": judging.JudgeSign, "decline": judging.JudgeDecline}),
    path("sheets/<int:pk>/", judging.SheetPage.as_view(), name="sheet"),
    path("sheets/<int:pk>/files/<uuid:file>/", judging.SheetFile.as_view(), name="sheet_file"),
    path("sheets/<int:pk>/mark/", judging.SheetMark.as_view(), name="sheet_mark"),
    path("sheets/<int:pk>/conflict/", judging.SheetDeclare.as_view(), name="sheet_declare"),
    *step_paths("sheets/<int:pk>/", {"abstain": judging.SheetAbstain, "resume": judging.SheetResume}),
    path("challenges/<int:pk>/", challenges.ChallengePage.as_view(), name="challenge"),
    *step_paths(
        "challenges/<int:pk>/",
        {"uphold": challenges.ChallengeUphold, "refuse": challenges.ChallengeRefuse},
    ),
    path("ballot/", ballot.BallotEnter.as_view(), name="ballot_enter"),
    path("ballot/<int:pk>/", ballot.Ballot.as_view(), name="ballot"),
    *RESULTS,
]
