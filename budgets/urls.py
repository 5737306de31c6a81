"""Addresses of budgets."""

from django.urls import path

from budgets import views

app_name = "budgets"
urlpatterns = [
    path("", views.BudgetPage.as_view(), name="current"),
    path("entries/", views.EntryList.as_view(), name="entries"),
    path("<int:year>/", views.BudgetPage.as_view(), name="year"),
    path("<int:year>/change/", views.BudgetChange.as_view(), name="change"),
    path("<int:year>/report/", views.BudgetReport.as_view(), name="report"),
]
