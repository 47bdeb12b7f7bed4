"""A convolution as formulas: the size of its output, and each entry as a sum over a window, whatever the set-up."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.neat import neat
from symderiv.errors import SymderivError
from symderiv.term.build import FROM_ZERO, ZEROS_OUTSIDE, apply, bigsum, delta, entry, function, index, num, property_of
from symderiv.term.kinds import Term

_FLOOR = function("floor", known=True)
#: The letters of a board: positions of the output, of the kernel, of the input.
P, Q, A, B, ROW, COLUMN = map(index, "pqabij")


@dataclass(frozen=True, slots=True)
class Sliding:
    """How a kernel slides over an image: cross-correlation unless it is `flipped`; `first` is the number of the first row.

    >>> Sliding(stride=2, padding=1).size(5, 3)
    sum(fraction(sum(5, minus(3), product(2, 1)), 2), 1)
    """

    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    transposed: bool = False
    flipped: bool = False
    first: int = 1

    def __post_init__(self) -> None:
        for what, least in (("stride", 1), ("padding", 0), ("dilation", 1), ("groups", 1)):
            found = getattr(self, what)
            if not isinstance(found, int) or found < least:
                raise SymderivError("value", f"{what} is {found!r}; expected a whole number from {least} on")

    @property
    def conventions(self) -> tuple[Term, ...]:
        """What must be said about positions."""
        zeros = [property_of(ZEROS_OUTSIDE)] if self.padding or self.transposed else []
        return (*([] if self.first else [property_of(FROM_ZERO)]), *zeros)

    def size(self, image: int, kernel: int) -> Term:
        """Rows (or columns) of the output, by those of image and kernel, the numbers not yet put together."""
        if self.transposed:
            return self._grown(image, kernel)
        if self.dilation == 1:
            free = [num(image), -num(kernel)] + ([2 * num(self.padding)] if self.padding else [])
        else:
            padding = [2 * num(self.padding)] if self.padding else []
            free = [num(image), *padding, -(num(self.dilation) * (num(kernel) - 1)), -num(1)]
        steps = free[0] + free[1]
        for more in free[2:]:
            steps = steps + more
        room = image + 2 * self.padding - self.dilation * (kernel - 1) - 1
        if room < 0:
            raise SymderivError(
                "shape",
                f"a kernel of {kernel} rows or columns (with dilation {self.dilation}: "
                f"{self.dilation * (kernel - 1) + 1}) is larger than an image of {image} with padding {self.padding}; "
                "take a smaller kernel or more padding",
            )
        whole = steps / self.stride
        return (whole if room % self.stride == 0 else apply(_FLOOR, whole)) + 1

    def count(self, image: int, kernel: int) -> int:
        """The same as a number."""
        wide = self.dilation * (kernel - 1) + 1
        if self.transposed:
            return (image - 1) * self.stride - 2 * self.padding + wide
        return (image + 2 * self.padding - wide) // self.stride + 1

    def _grown(self, image: int, kernel: int) -> Term:
        if self.count(image, kernel) < 1:
            raise SymderivError("shape", f"padding {self.padding} takes away all {image} rows or columns; take less padding")
        size = (num(image) - 1) * self.stride
        size = size - 2 * num(self.padding) if self.padding else size
        return size + num(kernel) if self.dilation == 1 else size + num(self.dilation) * (num(kernel) - 1) + 1

    def entry(self, image: Term, kernel: Term, sizes: tuple[Term, Term], over: tuple[Term, Term]) -> Term:
        """The entry (p, q) of the output: the sum of products over the window; `sizes` are those of the kernel.

        A transposed convolution sums over the image, whose sizes are `over`.
        """
        if self.transposed:
            return self._spread(image, kernel, sizes, over)
        product = entry(image, self._under(P, A), self._under(Q, B)) * self._weight(kernel, sizes, (A, B))
        return self._sum(product, (A, B), sizes)

    def _weight(self, kernel: Term, sizes: tuple[Term, Term], at: tuple[Term, Term]) -> Term:
        if not self.flipped:
            return entry(kernel, *at)
        return entry(kernel, *[neat(size + (2 * self.first - 1) - spot) for size, spot in zip(sizes, at, strict=True)])

    def _under(self, spot: Term, step: Term) -> Term:
        """The row of the image under row `step` of the kernel, for row `spot` of the output."""
        constant = self.first - self.padding
        parts = []
        for letter, scale in ((spot, self.stride), (step, self.dilation)):
            parts.append(letter if scale == 1 else num(scale) * (letter - self.first if self.first else letter))
            constant -= self.first if scale == 1 else 0
        return neat(parts[0] + parts[1] + constant if constant >= 0 else parts[0] + parts[1] - (-constant))

    def _spread(self, image: Term, kernel: Term, sizes: tuple[Term, Term], over: tuple[Term, Term]) -> Term:
        """Each entry of the image brings a copy of the kernel, which begins `stride` further for each row."""
        pixel = entry(image, ROW, COLUMN)
        if self.dilation == 1:
            starts = [letter if self.stride == 1 else num(self.stride) * (letter - self.first) for letter in (ROW, COLUMN)]
            constant = (self.first if self.stride == 1 else 0) + self.padding
            places = [neat(spot - start + constant) for spot, start in zip((P, Q), starts, strict=True)]
            return self._sum(pixel * self._weight(kernel, sizes, (places[0], places[1])), (ROW, COLUMN), over)
        meets = [delta(spot, self._under(row, step)) for spot, row, step in ((P, ROW, A), (Q, COLUMN, B))]
        inner = self._sum(self._weight(kernel, sizes, (A, B)) * meets[0] * meets[1], (A, B), sizes)
        return self._sum(pixel * inner, (ROW, COLUMN), over)

    def _sum(self, body: Term, letters: tuple[Term, Term], sizes: tuple[Term, Term]) -> Term:
        for letter, size in reversed(tuple(zip(letters, sizes, strict=True))):
            last = size if self.first else neat(size - 1)
            body = bigsum(body, letter, num(self.first), last)
        return body
