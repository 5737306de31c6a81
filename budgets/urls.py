"""Addresses of budgets; `kind` is the key of a purse."""

from django.urls import path

from budgets import views

app_name = "budgets"
urlpatterns = [
    path("<slug:kind>/", views.BudgetPage.as_view(), name="current"),
    path("<slug:kind>/entries/", views.EntryList.as_view(), name="entries"),
    path("<slug:kind>/<int:year>/", views.BudgetPage.as_view(), name="year"),
    path("<slug:kind>/<int:year>/change/", views.BudgetChange.as_view(), name="change"),
    path("<slug:kind>/<int:year>/report/", views.BudgetReport.as_view(), name="report"),
]
