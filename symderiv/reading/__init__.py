"""Reading: LaTeX as people write it becomes Terms, whole or not at all."""
