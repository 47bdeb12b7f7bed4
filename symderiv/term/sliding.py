"""A kernel that slides over a matrix: cross-correlation and true convolution, as matrices given by their entries."""

from __future__ import annotations

import re

from symderiv.term.build import ONE, Shape, add, bigsum, entry, index, minus, named, num, stack
from symderiv.term.kinds import Term

#: Names short enough to stand in the name of what is made of them, `X * dY`.
_SHORT = re.compile(r"(?:[A-Za-z]|\\text\{([A-Za-z]+)\})")


def slid(
    image: Term, kernel: Term, sizes: tuple[Shape, Shape], first: int = 1, flipped: bool = False, spans: Shape = ()
) -> Term:
    """The kernel slid over the image where it lies inside, both of these sizes; with `flipped` the true convolution.

    `spans` are the sizes of the result, where they are known in a shorter form.

    >>> from symderiv.term.build import name, size
    >>> n, k = size("n"), size("k")
    >>> X, K = name("X", n), name("K", k)
    >>> slid(X, K, ((n,), (k,))).args[0].args[0]
    bigsum(product(entry(X, sum(i, a, minus(1))), entry(K, a)), a, 1, k)
    """
    letters, steps = [index(letter) for letter in "ij"[: len(sizes[0])]], [index(letter) for letter in "ab"[: len(sizes[0])]]
    under = [add(i, a) if not first else add(i, a, minus(num(first))) for i, a in zip(letters, steps, strict=True)]
    reversed_steps = [_turned(size, a, first) for size, a in zip(sizes[1], steps, strict=True)]
    body = entry(image, *under) * entry(kernel, *(reversed_steps if flipped else steps))
    for step, size in reversed(tuple(zip(steps, sizes[1], strict=True))):
        body = bigsum(body, step, num(first), size if first else add(size, minus(ONE)))
    spans = spans or tuple(difference(n, k) for n, k in zip(*sizes, strict=True))
    whole = stack(body, *[item for pair in zip(letters, spans, strict=True) for item in pair])
    written = _written(image, kernel)
    return named(written, whole) if written else whole


def _turned(size: Term, step: Term, first: int) -> Term:
    return add(size, ONE, minus(step)) if first else add(size, minus(ONE), minus(step))


def difference(longer: Term, shorter: Term) -> Term:
    """How many places a kernel has, `n - k + 1`; of `n` and `n - k + 1` it is `k`."""
    if longer.kind == shorter.kind == "number":
        return num(int(longer.data[0] - shorter.data[0]) + 1)
    terms = shorter.args if shorter.kind == "sum" else (shorter,)
    if len(terms) == 3 and terms[0] is longer and terms[1].kind == "minus" and terms[2] is ONE:
        return terms[1].args[0]
    return add(longer, minus(shorter), ONE)


def _written(image: Term, kernel: Term) -> str:
    """`X * dY`, where both are short names."""
    texts = []
    for array in (image, kernel):
        name = array.data.name if array.kind == "name" else array.data if array.kind == "named" else None
        found = None if name is None else _SHORT.fullmatch(name.latex)
        if found is None:
            return ""
        texts.append(found[1] or found[0])
    return " * ".join(texts)
