"""Pages of incentive projects."""
