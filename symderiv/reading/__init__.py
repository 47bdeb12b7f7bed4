"""Reading: LaTeX as people write it becomes Terms, whole or not at all."""

from symderiv.reading.declare import environment
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.lines import Statement, read_line
from symderiv.reading.problems import read_name, read_problem

__all__ = ["Environment", "Statement", "environment", "read_expression", "read_line", "read_name", "read_problem"]
