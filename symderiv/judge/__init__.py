"""Judging: the lines of a hand derivation against what they speak of and against each other."""
