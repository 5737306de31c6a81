"""Tables as offices keep them: any container, the table found in a sheet, words and cells read as a clerk does."""
