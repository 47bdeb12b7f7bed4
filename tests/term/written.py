"""Terms as one line of text, for tests that show the mathematics when they fail."""

from __future__ import annotations

from symderiv.term.kinds import Term

_LOOSE = ("sum", "product", "minus", "fraction")


def written(term: Term) -> str:
    """`3 x^2 + sin(x)/(x + 1)`; kinds without a sign of their own are written as functions."""
    kind, args = term.kind, term.args
    shown = _LEAVES.get(kind)
    if shown:
        return shown(term)
    if kind == "sum":
        return " + ".join(_tight(arg, "hadamard") for arg in args).replace("+ -", "- ")
    if kind == "minus":
        return "-" + _tight(args[0], "sum", "minus")
    if kind == "product":
        return " ".join(_tight(arg, "sum", "minus", "fraction", "hadamard") for arg in args)
    if kind == "fraction":
        return f"{_tight(args[0], 'sum', 'fraction')}/{_tight(args[1], *_LOOSE)}"
    if kind == "power":
        return f"{_tight(args[0], *_LOOSE, 'power')}^{_tight(args[1], *_LOOSE, 'power')}"
    if kind == "root":
        return f"sqrt({written(args[0])})" if args[1].data == (2, None) else f"root({written(args[0])}, {written(args[1])})"
    if kind == "apply":
        return f"{written(args[0])}({', '.join(map(written, args[1:]))})"
    if kind == "prime":
        return written(args[0]) + "'" * term.data if term.data < 2 else f"{written(args[0])}'{term.data}"
    if kind == "entry":
        return f"{written(args[0])}[{', '.join(map(written, args[1:]))}]"
    if kind == "transpose":
        return _tight(args[0], *_LOOSE, "hadamard") + "ᵀ"
    if kind == "hadamard":
        return " ⊙ ".join(_tight(arg, *_LOOSE) for arg in args)
    if kind == "relation":
        sides = [written(arg) for arg in args]
        return sides[0] + "".join(f" {sign} {side}" for sign, side in zip(term.data, sides[1:], strict=True))
    data = f"{term.data}: " if isinstance(term.data, str) else ""
    return f"{kind}({data}{', '.join(map(written, args))})"


def _tight(term: Term, *loose: str) -> str:
    text = written(term)
    return f"({text})" if term.kind in loose else text


def _name(name: object) -> str:
    text = getattr(name, "base", "") + (f"_{name.sub}" if getattr(name, "sub", "") else "")  # type: ignore[attr-defined]
    return text + "'" * getattr(name, "primes", 0)


_LEAVES = {
    "number": lambda t: t.data[1] or str(t.data[0]),
    "constant": lambda t: t.data,
    "name": lambda t: _name(t.data.name),
    "function": lambda t: _name(t.data.name),
    "index": lambda t: _name(t.data),
}
