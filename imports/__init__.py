"""What comes in from Excel: read, asked about, mended, saved, undone."""
