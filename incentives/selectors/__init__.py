"""What is read of incentive projects."""
