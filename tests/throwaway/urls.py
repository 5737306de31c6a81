from django.urls import path

from core.views import bearer
from tests.throwaway import views

SLIP = "slips/<int:pk>/"

app_name = "throwaway"
urlpatterns = [
    path(SLIP, views.SlipPage.as_view(), name="slip"),
    path(f"{SLIP}answer/", views.AnswerPage.as_view(), name="answer"),
    *bearer.paths(SLIP),
]
