"""The one mechanism of decisions that are published: drafted, announced where objections are heard, confirmed once and
frozen, handed over, and taken back with a reason.

What is decided stays with the app that reckons it: its head extends `Publication` (or `Announced`), its rows are its
own tables, its `Workflow` says who may take which step. It declares one `Publisher`, which freezes head and rows in the
database, takes the steps, and names what is no longer as it was confirmed.
"""
