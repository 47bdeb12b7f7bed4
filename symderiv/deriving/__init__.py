"""Derivations: rules applied one at a time, at the pace of a board, in the form a person would write."""
