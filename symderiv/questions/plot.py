"""A plot: the curve of a function of one variable, with straight lines that touch it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from symderiv.errors import SymderivError
from symderiv.questions.part import Cell, Part, Picture
from symderiv.questions.picture import Caption, Curve, Drawing, Mark, Pair, Shape
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.reading.problems import read_name
from symderiv.term.kinds import Term
from symderiv.worth.value import value

#: The size of a plot in ems, the room around it, and how many pieces a curve has.
WIDTH, HEIGHT, ROOM, PIECES = 20.0, 11.0, 1.5, 80


@dataclass(frozen=True, slots=True)
class Plot:
    r"""The curve of `f` over `of`, in LaTeX, from `low` to `high`; `tangents` are pairs of a place and a slope there.

    `says` tells in words what is seen. Only numbers besides the variable may stand in f.

    >>> from symderiv.reading.declare import environment
    >>> (picture,) = Plot("|x|", "x", -1, 1, ((0, 0),), "a kink at 0").parts(environment([]))
    >>> [type(shape).__name__ for shape in picture.drawing.shapes]
    ['Curve', 'Curve', 'Curve', 'Caption', 'Curve', 'Mark']
    """

    f: str
    of: str
    low: float
    high: float
    tangents: tuple[tuple[float, float], ...] = ()
    says: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The picture: axes, curve, tangents, and the points where they touch."""
        body, variable = read_expression(self.f, known), read_name(self.of, known)
        if not self.low < self.high:
            raise SymderivError("usage", f"a plot from {self.low} to {self.high} has no width; expected low < high.")
        steps = [Fraction(self.low) + Fraction(self.high - self.low) * step / PIECES for step in range(PIECES + 1)]
        points = [(float(place), _at(body, variable, place, known)) for place in steps]
        paper = _Paper(points)
        shapes: list[Shape[Cell]] = [
            Curve(paper.line((self.low, 0.0), (self.high, 0.0)), "axis", variable),
            Curve(paper.line((paper.upright, paper.bottom), (paper.upright, paper.top)), "axis"),
            Curve(tuple(map(paper.place, points))),
            Caption((WIDTH / 2, ROOM / 2), body),
        ]
        for place, slope in self.tangents:
            height = _at(body, variable, Fraction(place), known)
            shapes.append(Curve(paper.tangent((place, height), slope), "tangent"))
        touched = dict.fromkeys(place for place, _ in self.tangents)
        shapes += [Mark(paper.place((place, _at(body, variable, Fraction(place), known)))) for place in touched]
        return (Picture(Drawing((WIDTH, HEIGHT), tuple(shapes), self.says or "the curve of a function")),)


def _at(body: Term, variable: Term, place: Fraction, known: Environment) -> float:
    found = value(body, {variable: place}, known.given)
    if isinstance(found, list):
        raise SymderivError("shape", f"saw an array, {body}; a plot shows a number for each {variable}.")
    return found


class _Paper:
    """Where a point of the plane lies on the paper."""

    def __init__(self, points: list[Pair]) -> None:
        heights = [height for _, height in points]
        self.left, self.right = points[0][0], points[-1][0]
        self.bottom, self.top = min(0.0, *heights), max(0.0, *heights)
        self.upright = min(max(0.0, self.left), self.right)

    def place(self, point: Pair) -> Pair:
        """The place on paper: across from the left, down from the top."""
        across = (point[0] - self.left) / (self.right - self.left)
        up = (point[1] - self.bottom) / ((self.top - self.bottom) or 1.0)
        return ROOM + across * (WIDTH - 2 * ROOM), HEIGHT - ROOM - up * (HEIGHT - 2 * ROOM)

    def line(self, start: Pair, end: Pair) -> tuple[Pair, Pair]:
        """A straight line."""
        return self.place(start), self.place(end)

    def tangent(self, point: Pair, slope: float) -> tuple[Pair, Pair]:
        """The part of a line through a point that lies between the sides, the bottom and the top."""
        ends = [self.left, self.right]
        if slope:
            across = sorted(point[0] + (height - point[1]) / slope for height in (self.bottom, self.top))
            ends = [max(ends[0], across[0]), min(ends[1], across[1])]
        start, end = [(place, point[1] + slope * (place - point[0])) for place in ends]
        return self.line(start, end)
