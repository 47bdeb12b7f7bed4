r"""The same case in other spellings: every letter renamed, commuting terms swapped, the transpose written in another way.

A spelling changes the texts of a case only (`expression_latex`, `wrt`, `given`, and the LaTeX names in `symbols`), so that
`expected_numpy` stays the truth. Everything is deterministic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Case = dict[str, Any]

_SMALL, _GREAT = "abcfghijklmnopqrstuvwxyz", "ABCFGHJKLMNOPQRSUVWXYZ"
_GREEK = {
    "alpha": "kappa", "beta": "rho", "gamma": "tau", "lambda": "nu", "mu": "xi", "theta": "vartheta", "eta": "zeta",
    "sigma": "varphi", "phi": "psi", "ell": "omega", "Sigma": "Omega",
}  # fmt: skip
#: Letters that keep their place: d and e are not letters alone, I and T have a meaning, D and E go with them.
LETTERS = {
    **{letter: _SMALL[(place + 5) % len(_SMALL)] for place, letter in enumerate(_SMALL)},
    **{letter: _GREAT[(place + 4) % len(_GREAT)] for place, letter in enumerate(_GREAT)},
    **{f"\\{old}": f"\\{new}" for old, new in _GREEK.items()},
}

_WHOLE = r"\\(?:operatorname|mathbb|mathrm|mathbf|text)\s*\{[^}]*\}"
_TOKEN = re.compile(rf"({_WHOLE}|\\\|_F|\\[A-Za-z]+)|([A-Za-z])")
#: In words, letters stand alone or have a script; the article is a word.
_IN_WORDS = re.compile(rf"({_WHOLE}|\\[A-Za-z]+|is a (?=[a-z])|[A-Za-z]{{2,}}(?![_^])(?![^{{]*\}}))|([A-Za-z])")
_PHRASE = re.compile(r"(?<![\\A-Za-z{])[a-z]{2,}(?![A-Za-z}])")


def _letters(text: str) -> str:
    pattern = _IN_WORDS if _PHRASE.search(re.sub(_WHOLE, "", text)) else _TOKEN

    def new(match: re.Match[str]) -> str:
        return LETTERS.get(match[0], match[0])

    return pattern.sub(new, text)


def renamed(case: Case) -> Case:
    """Every letter, index letter and size letter under another one."""
    return {
        **case,
        "expression_latex": _letters(case["expression_latex"]),
        "wrt": _letters(case["wrt"]),
        "given": [_letters(fact) for fact in case["given"]],
        "symbols": {name: _letters(latex) for name, latex in case["symbols"].items()},
    }


_OPEN, _CLOSE = "({[", ")}]"
_GLUED = re.compile(r"[_^]\s*$|\\(?:operatorname|mathbb|mathrm|mathbf|text|hat|bar|tilde)\s*$|\\left\s*$")


def _pieces(text: str) -> list[tuple[str, str]]:
    """The terms of a sum with their signs, split outside brackets."""
    found: list[tuple[str, str]] = []
    depth, sign, so_far = 0, "+", ""
    for place, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        before = so_far.strip()
        if (
            depth == 0
            and char in "+-"
            and (before or not found)
            and not before.endswith(("^", "_", "=", ",", "\\cdot", "\\times"))
        ):
            if before:
                found.append((sign, before))
            sign, so_far = char, ""
        else:
            so_far += char
        assert depth >= 0, (text, place)
    found.append((sign, so_far.strip()))
    return found


def _inside(text: str) -> str:
    """What stands in brackets, swapped; scripts below and words stay."""
    result, place = "", 0
    while place < len(text):
        char = text[place]
        if char not in _OPEN:
            result, place = result + char, place + 1
            continue
        end, depth = place + 1, 1
        while depth:
            depth += (text[end] in _OPEN) - (text[end] in _CLOSE)
            end += 1
        inner = text[place + 1 : end - 1]
        kept = (char == "{" and (_GLUED.search(result) is not None and not result.rstrip().endswith("^"))) or inner == ""
        plain = inner if kept else _swapped(inner)
        result, place = result + char + plain + text[end - 1], end
    return result


_COEFFICIENT = re.compile(r"^(\\t?frac\{[^{}]*\}\{[^{}]*\}|\\lambda|\\alpha|\\gamma|\d+)\s+(?=\S)(?!\\odot)")
_WORD = re.compile(r"\\(?:log|ln|sin|cos|exp|det|max|min|tanh|sum|operatorname|sigma|phi|frac)\b|e\^")


def _factors(term: str) -> str:
    """The scalar in front moved behind, where nothing behind could swallow it; two factors of ⊙ swapped."""
    match = _COEFFICIENT.match(term)
    if match and not _WORD.search(term[match.end() :]):
        term = f"{term[match.end() :]} {match[1]}"
    pair = re.fullmatch(r"(\\?[A-Za-z]+) \\odot (\\?[A-Za-z]+)", term)
    return f"{pair[2]} \\odot {pair[1]}" if pair else term


def _swapped(text: str) -> str:
    """A formula with its sums reversed, at every depth."""
    if "," in text or "=" in text or (r"\|" in text and text.count(r"\|") % 2):
        return text
    norms = text.split(r"\|")
    if len(norms) > 2:
        inner = [_swapped(part) if place % 2 else part for place, part in enumerate(norms)]
        kept = {f"⟦{place}⟧": rf"\|{part}\|" for place, part in enumerate(inner) if place % 2}
        outer = "".join(f"⟦{place}⟧" if place % 2 else part for place, part in enumerate(inner))
        outer = _swapped(outer)
        for mark, norm in kept.items():
            outer = outer.replace(mark, norm)
        return outer
    right = re.sub(r"\\right\s*$", "", text)
    tail = text[len(right) :]
    terms = [(sign, _factors(_inside(term))) for sign, term in _pieces(right)]
    if len(terms) == 1 and terms[0][0] == "+":
        return f"{terms[0][1]} {tail}" if tail else terms[0][1]
    joined = " ".join(f"{sign} {term}" for sign, term in reversed(terms))
    return f"{joined.removeprefix('+ ')} {tail}".rstrip() if tail else joined.removeprefix("+ ")


def _statements(text: str) -> list[str]:
    """The main formula and the definitions behind commas."""
    found, depth, start = [], 0, 0
    for place, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        if char == "," and depth == 0 and "=" in text[place:] and text[place - 1] != "\\":
            found.append(text[start:place])
            start = place + 1
    return [*found, text[start:]]


def _of_statement(text: str) -> str:
    left, sign, right = text.rpartition("=")
    lead = re.match(r"\s*(?:\\quad|\\ )?\s*", right if not sign else "")
    begin = lead[0] if lead else ""
    body = right[len(begin) :]
    return f"{left}{sign}{begin}{' ' if sign else ''}{_swapped(body.strip())}"


def swapped(case: Case) -> Case:
    """Sums reversed and scalar factors moved, in the expression and in definitions."""
    given = [
        _of_statement(fact) if "=" in fact and not _PHRASE.search(re.sub(_WHOLE, "", fact)) else fact
        for fact in case["given"]
    ]
    expression = ",".join(_of_statement(part) for part in _statements(case["expression_latex"]))
    return {**case, "expression_latex": expression, "given": given}


_TRANSPOSE = re.compile(r"\^\s*(?:\\top(?![A-Za-z])|\{\\top\})")


def _transposes(case: Case, sign: str, said: list[str]) -> Case:
    texts = [case["expression_latex"], *case["given"]]
    if not any(_TRANSPOSE.search(text) for text in texts):
        return case
    expression, *given = (_TRANSPOSE.sub(lambda _: sign, text) for text in texts)
    return {**case, "expression_latex": expression, "given": [*given, *said]}


def with_t(case: Case) -> Case:
    """`A^T` for `A^\\top`, where no T is declared."""
    declared = any(re.match(r"T\b", fact) for fact in case["given"])
    return case if declared else _transposes(case, "^T", [])


def with_prime(case: Case) -> Case:
    """`A'` for `A^\\top`, where no name has a prime."""
    primes = any("'" in text for text in (case["expression_latex"], *case["given"]))
    return case if primes else _transposes(case, "'", ["' denotes the transpose"])


VARIANTS: dict[str, Callable[[Case], Case]] = {
    "renamed": renamed,
    "commuting terms swapped": swapped,
    "transpose as T": with_t,
    "transpose as '": with_prime,
}
