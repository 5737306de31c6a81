from django.urls import path

from core.views.steps import step_paths
from letters.views import letter, lists, wordings

LETTER = "<int:pk>/"

app_name = "letters"
urlpatterns = [
    path("", lists.LetterList.as_view(), name="list"),
    path("bulk/", lists.LetterBulk.as_view(), name="bulk"),
    path("papers/", lists.Papers.as_view(), name="papers"),
    path("wordings/", wordings.Wordings.as_view(), name="wordings"),
    path("wordings/<str:kind>/", wordings.Reword.as_view(), name="wording"),
    path("wordings/<str:kind>/reset/", wordings.Reset.as_view(), name="wording_reset"),
    path(LETTER, letter.LetterPage.as_view(), name="letter"),
    path(f"{LETTER}paper/", letter.Paper.as_view(), name="paper"),
    *step_paths(
        LETTER,
        {
            "release": letter.Release,
            "retry": letter.Retry,
            "redirect": letter.Redirect,
            "mark": letter.Mark,
            "edit": letter.Edit,
            "cancel": letter.Cancel,
        },
    ),
]
