"""Pages of departments' reviews; a process fills in what is its own."""
