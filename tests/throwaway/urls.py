from django.urls import path

from core.views import bearer
from core.views.steps import step_paths
from tests.throwaway import views

SLIP = "slips/<int:pk>/"

app_name = "throwaway"
urlpatterns = [
    path("", views.SlipList.as_view(), name="list"),
    path("ask/", views.Ask.as_view(), name="ask"),
    path("desk/<int:pk>/", views.SlipDesk.as_view(), name="desk"),
    *step_paths("desk/<int:pk>/", {"close": views.Close}),
    path(SLIP, views.SlipPage.as_view(), name="slip"),
    path(f"{SLIP}answer/", views.AnswerPage.as_view(), name="answer"),
    *bearer.paths(SLIP),
]
