"""symderiv derives the gradients of machine learning on paper, one named and verified rule a line."""
