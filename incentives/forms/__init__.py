"""Forms of incentive projects."""
