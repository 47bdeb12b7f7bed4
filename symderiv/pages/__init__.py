"""The page: how a formula is laid out, and what a sheet is made of. Writers know nothing else."""
