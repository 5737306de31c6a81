"""A process that exists in the tests alone: a slip, which whoever holds its pass may answer."""
