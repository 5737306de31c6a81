"""Neutral report documents: one model, rendered as page, mail, plain text, Excel, HWPX and JSON."""
