"""Excel in and out. In: `safety` → `reader` → `importer`; out: `writer`, `workbooks`, `exports`."""
