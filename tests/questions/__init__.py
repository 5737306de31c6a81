"""A second process that asks departments, made by docs/architecture.md ("Asking departments"), to try reviews by."""
