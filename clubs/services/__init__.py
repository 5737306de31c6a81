"""Everything that changes clubs goes through here."""
