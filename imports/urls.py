"""Addresses of the intake of workbooks."""

from django.urls import path

from imports.views import known, listed, mending, result, shaped, start, tables, words

urlpatterns = [
    path("imports/", listed.ImportList.as_view(), name="imports"),
    path("imports/known/", known.WordList.as_view(), name="import_known"),
    path("imports/known/<int:pk>/", known.WordPage.as_view(), name="import_known_word"),
    path("imports/known/<int:pk>/forget/", known.WordForget.as_view(), name="import_known_forget"),
    path("imports/<int:pk>/", result.ImportResume.as_view(), name="import_resume"),
    path("imports/<int:pk>/tables/", tables.ImportTables.as_view(), name="import_tables"),
    path("imports/<int:pk>/words/", words.ImportWords.as_view(), name="import_words"),
    path("imports/<int:pk>/rows/", mending.ImportRows.as_view(), name="import_rows"),
    path("imports/<int:pk>/rows/skip/", mending.ImportSkip.as_view(), name="import_skip"),
    path("imports/<int:pk>/skipped/", mending.ImportSkipped.as_view(), name="import_skipped"),
    path("imports/<int:pk>/returned/", mending.ImportReturned.as_view(), name="import_returned"),
    path("imports/<int:pk>/drop/", result.ImportDrop.as_view(), name="import_drop"),
    path("imports/<int:pk>/undo/", result.ImportUndo.as_view(), name="import_undo"),
    path("import/<slug:kind>/", start.ImportStart.as_view(), name="import_start"),
    path("import/<slug:kind>/template/", start.ImportTemplate.as_view(), name="import_template"),
    path("import/<slug:kind>/export/", shaped.ImportShaped.as_view(), name="import_export"),
    path("import/<slug:kind>/<int:pk>/", result.ImportResultPage.as_view(), name="import_result"),
]
