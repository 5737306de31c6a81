"""Pages about people, departments, holidays, logs."""
