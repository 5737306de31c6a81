"""Pages of the ground."""

from core.views.pages import csrf_failure

__all__ = ["csrf_failure"]
