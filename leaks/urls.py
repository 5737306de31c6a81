from django.urls import path

from core.views.steps import step_paths
from leaks.views import leak, lists, steps

LEAK = "<int:pk>/"

app_name = "leaks"
urlpatterns = [
    path("", lists.LeakList.as_view(), name="list"),
    path("new/", leak.LeakNew.as_view(), name="new"),
    path(LEAK, leak.LeakPage.as_view(), name="leak"),
    path(f"{LEAK}persons/", lists.PersonList.as_view(), name="persons"),
    path(f"{LEAK}notice/", leak.NoticePaper.as_view(), name="notice"),
    path(f"{LEAK}report-paper/", leak.ReportPaper.as_view(), name="report_paper"),
    *step_paths(
        LEAK,
        {
            "tell": steps.Tell,
            "report": steps.Report,
            "close": steps.Close,
            "withdraw": steps.Withdraw,
            "edit": leak.LeakEdit,
            "gather": steps.Gather,
            "groups/new": steps.GroupNew,
        },
    ),
    path("groups/<int:pk>/", steps.Group.as_view(), name="group"),
    path("groups/<int:pk>/remove/", steps.GroupRemove.as_view(), name="group_remove"),
]
