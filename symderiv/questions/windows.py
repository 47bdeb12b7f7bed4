"""Windows over a map: the numbers of a layer as terms, and at how many places a window stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from symderiv.deriving.neat import value_of
from symderiv.deriving.working import worked
from symderiv.errors import SymderivError
from symderiv.questions.layers import Both, Conv, Padding, Pool, TransposedConv, Window
from symderiv.reading.environment import Environment
from symderiv.reading.expressions import read_expression
from symderiv.term.build import ONE, TWO, ZERO, add, apply, fraction, function, minus, mul, num
from symderiv.term.kinds import Term

#: The largest number that a layer may have.
MOST = 10**9
FLOOR, CEIL = function("floor", known=True), function("ceil", known=True)


def whole(term: Term) -> int | None:
    """The whole number that a term is, or None for a formula with letters."""
    value = value_of(term)
    return value if isinstance(value, int) else None


def misfit(layer: str, words: str) -> SymderivError:
    """What is said where a layer does not fit."""
    return SymderivError("shape", f"layer “{layer}”: {words}")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reads the numbers of one layer: a whole number, or a letter in LaTeX."""

    known: Environment
    layer: str

    def one(self, value: object, what: str, least: int = 1) -> Term:
        """A number of the layer, which must not be less than this."""
        if isinstance(value, str):
            return self._letters(value, what)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MOST:
            expected = f"a whole number from {least} to {MOST}, or a letter as 'K'"
            raise SymderivError("value", f"layer “{self.layer}”: `{what}` is {value!r}; expected {expected}")
        return num(value)

    def _letters(self, value: str, what: str) -> Term:
        """A formula in letters that were declared: others are more likely a slip, as `Same` for `same`."""
        seen = f"layer “{self.layer}”: `{what}` is {value!r}"
        try:
            term = read_expression(value, self.known)
        except SymderivError as stop:
            raise SymderivError(stop.code, f"{seen}: {stop}") from stop
        missing = ", ".join(leaf.data.name.latex for leaf in self.known.undeclared(term))
        if missing:
            raise SymderivError("unknown-name", f"{seen}; expected a number or letters that `given` declares, not {missing}")
        return term

    def both(self, value: Both, what: str, least: int = 1) -> tuple[Term, Term]:
        """A number across and one down."""
        if not isinstance(value, tuple):
            return self.one(value, what, least), self.one(value, what, least)
        if len(value) != 2:
            raise SymderivError(
                "value", f"layer “{self.layer}”: `{what}` has {len(value)} numbers; expected one, or two: across and down"
            )
        return self.one(value[0], what, least), self.one(value[1], what, least)


@dataclass(frozen=True, slots=True)
class Axis:
    """A window in one direction; without `padding` as many zeros stand around as keep the size at stride 1."""

    kernel: Term
    stride: Term = ONE
    padding: Term | None = ZERO
    dilation: Term = ONE
    output_padding: Term = ZERO

    @property
    def span(self) -> Term:
        """How many values the window reaches over, the gaps of dilation with it."""
        if self.dilation is ONE:
            return self.kernel
        return add(self.kernel, mul(add(self.kernel, minus(ONE)), add(self.dilation, minus(ONE))))

    @property
    def half(self) -> Term:
        """What lies on each side of the middle of an odd window."""
        return fraction(add(self.span, minus(ONE)), TWO)

    def spread(self, size: Term) -> Term:
        """How many values a transposed convolution gives."""
        terms = [mul(add(size, minus(ONE)), self.stride)]
        terms += [] if self.padding is None or self.padding is ZERO else [minus(mul(TWO, self.padding))]
        return add(*terms, self.span, *([] if self.output_padding is ZERO else [self.output_padding]))

    def room(self, size: Term) -> Term:
        """How far the window can be moved over so many values: `W − K + 2P`."""
        padding = [] if self.padding is None or self.padding is ZERO else [mul(TWO, self.padding)]
        return add(size, minus(self.span), *padding)

    def positions(self, size: Term) -> Term:
        """At how many places the window stands: `⌊(W − K + 2P)/S⌋ + 1`."""
        if self.padding is None:
            return apply(CEIL, fraction(size, self.stride))
        moves = self.room(size)
        if self.stride is ONE:
            return moves + ONE
        return add(apply(FLOOR, fraction(moves, self.stride)), ONE)


def axes(layer: Window, known: Environment) -> tuple[Axis, Axis]:
    """The windows of a convolution or a pooling layer, across and down."""
    read = Numbers(known, layer.name)
    kernels = read.both(layer.kernel, "kernel")
    strides = kernels if layer.stride is None else read.both(layer.stride, "stride")
    dilations = read.both(layer.dilation, "dilation") if isinstance(layer, Conv) else (ONE, ONE)
    across, down = zip(kernels, strides, _padding(layer.padding, read), dilations, strict=True)
    first, second = _centred(Axis(*across)), _centred(Axis(*down))
    if isinstance(layer, Pool):
        for axis in (first, second):
            _covered(axis, layer.name)
    return first, second


def transposed_axes(layer: TransposedConv, known: Environment) -> tuple[Axis, Axis]:
    """The windows that a transposed convolution spreads its values over."""
    read = Numbers(known, layer.name)
    fields: list[tuple[Both, str, int]] = [
        (layer.kernel, "kernel", 1), (layer.stride, "stride", 1), (layer.padding, "padding", 0),
        (layer.dilation, "dilation", 1), (layer.output_padding, "output_padding", 0),
    ]  # fmt: skip
    across, down = zip(*(read.both(value, what, least) for value, what, least in fields), strict=True)
    for axis in (Axis(*across), Axis(*down)):
        added, most = whole(axis.output_padding), [whole(axis.stride), whole(axis.dilation)]
        if added is not None and None not in most and added >= max(size for size in most if size is not None):
            raise misfit(layer.name, f"`output_padding` is {added}; expected less than the stride or the dilation")
    return Axis(*across), Axis(*down)


def _padding(padding: Padding, read: Numbers) -> tuple[Term | None, Term | None]:
    if padding == "same":
        return None, None
    return (ZERO, ZERO) if padding == "valid" else read.both(padding, "padding", 0)


def _centred(axis: Axis) -> Axis:
    """With stride 1 and an odd window, “same” padding is the number `(K − 1)/2` on each side."""
    span = _span(axis)
    if axis.padding is not None or axis.stride is not ONE or span is None or span % 2 == 0:
        return axis
    return replace(axis, padding=worked(axis.half).result)


def _span(axis: Axis) -> int | None:
    kernel, dilation = whole(axis.kernel), whole(axis.dilation)
    return None if kernel is None or dilation is None else kernel + (kernel - 1) * (dilation - 1)


def _covered(axis: Axis, name: str) -> None:
    """No window of a pooling layer may lie in the padding alone."""
    kernel, padding = whole(axis.kernel), None if axis.padding is None else whole(axis.padding)
    if kernel is not None and padding is not None and padding >= kernel:
        raise misfit(name, f"a window of {kernel} lies in the padding of {padding} alone; make the padding smaller")


def fits(axis: Axis, size: Term, name: str, way: str) -> None:
    """The window must not be larger than the padded map."""
    span, have = _span(axis), whole(size)
    padding = 0 if axis.padding is None else whole(axis.padding)
    if axis.padding is None or span is None or have is None or padding is None or span <= have + 2 * padding:
        return
    around = f" with padding {padding}" if padding else ""
    raise misfit(
        name,
        f"its window covers {span} values {way}, its input has {have}{around}; "
        "make the kernel smaller or the padding larger, or leave the layer out",
    )
