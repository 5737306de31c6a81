"""A division for pages that read its indicators alone."""

from typing import Any

from django.shortcuts import get_object_or_404

from incentives.models import Division


def find_division(user: Any, pk: int) -> Division:
    """With its project, what that was before, and its departments; 404 for what one may not know."""
    rows = Division.objects.visible_to(user).select_related("project__before").prefetch_related("parts")
    return get_object_or_404(rows, pk=pk)
