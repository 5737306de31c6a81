"""Addresses of indicators and their values."""

from django.urls import path

from incentives.views import heat, indicator_list, indicator_paste, indicators, scores, values

urlpatterns = [
    path("indicators/", indicator_list.IndicatorList.as_view(), name="indicator_list"),
    path("indicators/heat/", heat.Heat.as_view(), name="heat"),
    path("indicators/<int:pk>/", values.IndicatorPage.as_view(), name="indicator"),
    path("indicators/<int:pk>/value/", values.ValueNew.as_view(), name="value_new"),
    path("indicators/<int:pk>/end/", indicators.IndicatorEnd.as_view(), name="indicator_end"),
    path("indicators/<int:pk>/restore/", indicators.IndicatorRestore.as_view(), name="indicator_restore"),
    path("values/<int:pk>/correct/", values.ValueCorrect.as_view(), name="value_correct"),
    path("<int:pk>/indicators/", indicators.IndicatorTable.as_view(), name="indicators"),
    path("<int:pk>/indicators/paste/", indicator_paste.IndicatorPaste.as_view(), name="indicators_paste"),
    path("<int:pk>/indicators/excel/", indicator_paste.IndicatorExcel.as_view(), name="indicators_excel"),
    path("<int:pk>/scores/", scores.Scores.as_view(), name="scores"),
    path("<int:pk>/scores/paper/", scores.ScoresPaper.as_view(), name="scores_paper"),
]
