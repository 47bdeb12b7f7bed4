"""Writers: one file a format, each a leaf that knows the sheet and its formulas and nothing else."""
