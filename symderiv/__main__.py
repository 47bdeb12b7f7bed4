"""`python -m symderiv` is the command line."""

from symderiv.cli import main

main()
