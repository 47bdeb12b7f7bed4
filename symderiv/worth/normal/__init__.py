"""The one normal form: a term as sums of monomials in kernels, so that equal terms become the same form."""
