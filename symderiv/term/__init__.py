"""Term: the formula as it stands on the paper, in written order, immutable and shared."""
