"""Addresses of policies."""

from django.urls import path

from policies import views

urlpatterns = [
    path("policies/", views.PolicyList.as_view(), name="policies"),
    path("policies/of/<slug:process>/", views.PolicyList.as_view(), name="policies_process"),
    path("policies/changes/<int:pk>/withdraw/", views.PolicyWithdraw.as_view(), name="policy_withdraw"),
    path("policies/<str:key>/", views.PolicyPage.as_view(), name="policy"),
    path("policies/<str:key>/change/", views.PolicyChange.as_view(), name="policy_change"),
]
