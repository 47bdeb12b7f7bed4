"""A convolution of matrices of numbers: the size of its output, windows worked out, and every map."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.deriving.convolutions import P, Q, Sliding
from symderiv.deriving.derivation import Derivation, replacing
from symderiv.deriving.draft import Draft
from symderiv.deriving.windows import array_worked, definition_shown, entry_worked
from symderiv.deriving.working import worked
from symderiv.errors import SymderivError
from symderiv.questions.part import Chain, Part
from symderiv.reading.environment import Environment
from symderiv.term.build import FROM_ZERO, add, named, num, of, stack
from symderiv.term.kinds import Term
from symderiv.term.names import Name
from symderiv.term.shapes import Clash, shape

#: The channels of an image or of one filter, by the names that `given` defines.
Channels = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Convolution:
    r"""The `output` of sliding `filters` over an `image`, named as `given` defines its channels and theirs.

    image     the channels of the input: `"M"`, or a tuple of names
    filters   one entry a filter: its channels, as many as a group of the image has; several give a list of maps
    bias      one number a filter, or none
    windows   the places of the first map that are worked out
    count     in words what the entries of the output are, if their number is asked for

    >>> from symderiv.reading.declare import environment
    >>> matrix = r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"
    >>> known = environment([f"M = {matrix}", r"K = \begin{pmatrix} 1 & 1 \end{pmatrix}"])
    >>> Convolution("O", "M", ("K",)).parts(known)[-1].derivation.result
    literal((2, 1), 3, 7)
    """

    output: str
    image: Channels
    filters: tuple[Channels, ...]
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    transposed: bool = False
    flipped: bool = False
    bias: tuple[int, ...] = ()
    windows: tuple[tuple[int, int], ...] = ()
    count: str = ""

    def parts(self, known: Environment) -> tuple[Part, ...]:
        """The size, what an entry stands for, the windows, then the maps."""
        laid = self.laid_out(known)
        first = laid.maps[0]
        chains = [*laid.sizes(self.output, self.count), Chain(definition_shown(first, laid.given))]
        chains += [Chain(entry_worked(first, place, laid.given)) for place in self.windows]
        maps = [array_worked(one, laid.given) for one in dict.fromkeys(laid.maps)]
        chains += [Chain(one) for one in maps]
        if len(laid.maps) > 1:
            chains.append(Chain(_listed(self.output, laid.maps, {one.start: one.result for one in maps}, laid.given)))
        return tuple(chains)

    def laid_out(self, known: Environment) -> LaidOut:
        """The maps as terms; channels and sizes that do not fit are refused."""
        first = 0 if FROM_ZERO in known.conventions else 1
        way = Sliding(self.stride, self.padding, self.dilation, self.groups, self.transposed, self.flipped, first)
        image = _channels(self.image, known)
        filters = tuple(_channels(one, known) for one in self.filters)
        self._fit(image, filters)
        return LaidOut(way, image, filters, tuple(self._maps(way, image, filters)), (*known.given, *way.conventions))

    def _fit(self, image: tuple[Term, ...], filters: tuple[tuple[Term, ...], ...]) -> None:
        channels, groups = len(image), self.groups
        if channels % groups or len(filters) % groups or not filters:
            raise SymderivError(
                "shape",
                f"{groups} groups do not divide {channels} channels and {len(filters)} filters; expected multiples",
            )
        for number, one in enumerate(filters, 1):
            if len(one) != channels // groups:
                raise SymderivError(
                    "shape",
                    f"filter {number} of {self.output} has {len(one)} channels, the image has {channels} in {groups} "
                    f"group{'s' * (groups > 1)}; expected {channels // groups} channels",
                )
        if self.bias and len(self.bias) != len(filters):
            raise SymderivError("shape", f"saw {len(self.bias)} biases for {len(filters)} filters; expected one a filter")

    def _maps(self, way: Sliding, image: tuple[Term, ...], filters: tuple[tuple[Term, ...], ...]) -> list[Term]:
        """The maps as named parts, one a filter; filters alike have maps of their own all the same."""
        width, rows = len(image) // self.groups, _sizes(image[0])
        found = []
        for number, kernels in enumerate(filters):
            group = number // (len(filters) // self.groups)
            seen = image[group * width : (group + 1) * width]
            sums = [way.entry(one, kernel, _sizes(kernel), rows) for one, kernel in zip(seen, kernels, strict=True)]
            bias = [num(self.bias[number])] if self.bias and self.bias[number] >= 0 else []
            bias += [-num(-self.bias[number])] if self.bias and self.bias[number] < 0 else []
            sizes = [num(way.count(_count(size), _count(k))) for size, k in zip(rows, _sizes(kernels[0]), strict=True)]
            letter = Name(self.output, sub=str(number + 1) if len(filters) > 1 else "")
            found.append(named(letter, stack(add(*sums, *bias), P, sizes[0], Q, sizes[1])))
        return found


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A convolution in terms: how the kernel slides, the channels, the maps, and what is given."""

    way: Sliding
    image: tuple[Term, ...]
    filters: tuple[tuple[Term, ...], ...]
    maps: tuple[Term, ...]
    given: tuple[Term, ...]

    def sizes(self, output: str, count: str) -> list[Chain]:
        """Rows and columns of a map, and the number of all entries if that is asked for in words."""
        pairs = list(zip(_sizes(self.image[0]), _sizes(self.filters[0][0]), strict=True))
        rows, columns = (self.way.size(_count(size), _count(kernel)) for size, kernel in pairs)
        if rows is columns:
            found = [Chain(worked(rows), f"height and width of {output}")]
        else:
            found = [Chain(worked(rows), f"height of {output}"), Chain(worked(columns), f"width of {output}")]
        if count:
            each = rows ** num(2) if rows is columns else rows * columns
            found.append(Chain(worked(each if len(self.maps) == 1 else num(len(self.maps)) * each), count))
        return found


def _channels(names: Channels, known: Environment) -> tuple[Term, ...]:
    found = []
    for text in (names,) if isinstance(names, str) else names:
        term = known.quantities.get(text)
        if term is None or term.kind != "named" or term.args[0].kind != "literal":
            raise SymderivError(
                "value", f"{text} is no matrix of numbers; define it in `given`, {text} = \\begin{{pmatrix}} …"
            )
        found.append(term)
    sizes = {_sizes(term) for term in found}
    if len(sizes) > 1:
        told = ", ".join(" × ".join(map(str, pair)) for pair in sorted(sizes, key=str))
        raise SymderivError("shape", f"the channels {', '.join(names)} have the sizes {told}; expected channels of one size")
    return tuple(found)


def _sizes(array: Term) -> tuple[Term, Term]:
    sizes = shape(array)
    assert not isinstance(sizes, Clash)
    if array.kind == "named" and array.args[0].kind == "literal":
        rows, columns = array.args[0].data
        return num(rows), num(columns)
    return sizes[0], sizes[1]


def _count(size: Term) -> int:
    return int(size.data[0])


def _listed(output: str, maps: tuple[Term, ...], known: dict[Term, Term], given: tuple[Term, ...]) -> Derivation:
    """`O = [O_1, O_2]`, with the maps that were found put in."""
    whole = named(output, of("tuple", *maps))
    draft = Draft(whole, given)
    draft.show(replacing("one map a filter", whole, whole.args[0], "the output is the list of maps"))
    found = of("tuple", *[known[one] for one in maps])
    draft.show(replacing("found above", draft.term, found, "the maps that were found"))
    return draft.done()
