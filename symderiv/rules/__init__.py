"""Rules: lines of a textbook, matched, checked, explained and shown from one object."""
