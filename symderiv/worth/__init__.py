"""Worth: what a term is worth at a point, its one normal form, and whether two terms are equal."""
