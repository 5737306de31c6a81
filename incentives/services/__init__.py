"""All that changes incentive projects."""
