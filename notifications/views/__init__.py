"""First page, notices, outbox."""
