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


#: What stands between two formulas: nothing is moved across it.
_PARTED = re.compile(r"[,=<>]|\\(?:leq?|geq?|neq?)(?![a-z])")


def _swapped(text: str) -> str:
    """A formula with its sums reversed, at every depth."""
    if _PARTED.search(text) or (r"\|" in text and text.count(r"\|") % 2):
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


#: The words of phrases in `given`; any other run of letters there is made of names.
_VOCABULARY = frozenset(
    "is are an the and of on in by at to for or with may be each no not any all two both row rows column columns "
    "entry entries index indices start left out outside terms zero equal are one hot name names symmetric positive "
    "definite invertible diagonal orthogonal probability vector vectors independent transpose derivative respect "
    "denotes function functions held fixed natural base numerator denominator layout vec read gradient gradients have "
    "shape variable chain products quotients powers product entrywise taken softmax acts matrix norm frobenius "
    "determinant sum sums singular values value values largest eigenvalue simple argument without solves superscripts "
    "number numbers layers repeated summed true convolution direct partial total differential differentials "
    "exponential decimals exact rounded order first runs over pairs directional along dot dot-product added subject "
    "kronecker delta known as said".split()
)
_PIECE = re.compile(rf"({_WHOLE}|\\(?:begin|end)\{{[^}}]*\}}|\\\|_F|\\[A-Za-z]+)|([A-Za-z]+)")
_ARTICLE = re.compile(r"\b(?:is|are|has|by|in|of) $")


def _of_formula_or_phrase(text: str, in_words: bool) -> str:
    """The letters of a line or of a fact renamed, run by run; words of phrases and commands stay."""

    def new(match: re.Match[str]) -> str:
        run = match[0]
        if match[1]:
            return LETTERS.get(run, run)
        if in_words and (run.lower() in _VOCABULARY or (run == "a" and _ARTICLE.search(text[: match.start()]))):
            return run
        return "".join(LETTERS.get(letter, letter) for letter in run)

    return _PIECE.sub(new, text)


def _everywhere(case: Case, of_line: Callable[[str], str], of_fact: Callable[[str], str]) -> Case:
    """A derivation with its lines, the correct line and its facts rewritten; the block of lines follows the lines."""
    lines = [of_line(line) for line in case["lines"]]
    correct = case.get("correct_line")
    return {
        **case,
        "lines": lines,
        "given": [of_fact(fact) for fact in case["given"]],
        "correct_line": None if correct is None else of_line(correct),
        "latex_block": "\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}",
    }


def derivation_renamed(case: Case) -> Case:
    """Every letter of a derivation under another one, in the lines as in `given`."""

    def of_fact(fact: str) -> str:
        words = set(re.findall(r"[a-z]{2,}", re.sub(rf"{_WHOLE}|\\[A-Za-z]+", "", fact)))
        return _of_formula_or_phrase(fact, bool(words & _VOCABULARY))

    return _everywhere(case, lambda line: _of_formula_or_phrase(line, False), of_fact)


#: Where one member or statement ends and the next begins, outside brackets.
_BETWEEN = re.compile(
    r"(\\(?:q?quad|iff|Rightarrow|therefore|Longrightarrow|approx|equiv|triangleq|le|ge|ne|neq|colon|in|text\{[^}]*\})(?![A-Za-z])"
    r"|:=|=:|=|,\\?|:|;|&)"
)
#: What must not be moved about: derivatives (their products are ordered), words, cases, integrals, labels above.
_KEPT = re.compile(
    r"\\partial|\\nabla|\\t?frac\s*\{(?:\s*d|[^{}]*\^)|d[A-Z]|\\begin|\\text|\\sum|\\overset|\\mid|\\cancel|\\cdot"
    r"|\^\{?[a-zL][+-]|\bd[a-z]\b"
)


def _members(line: str) -> list[str]:
    """The members of a line and what stands between them, alternating; nothing inside brackets is split."""
    found, start, place = [], 0, 0
    while place < len(line):
        depth = _depth(line[start:place])
        match = _BETWEEN.match(line, place) if depth == 0 else None
        if match:
            found += [line[start:place], match[0]]
            start = place = match.end()
        else:
            place += 1
    return [*found, line[start:]]


def _depth(text: str) -> int:
    return sum((char in _OPEN) - (char in _CLOSE) for char in text) + text.count(r"\langle") - text.count(r"\rangle")


def _line_swapped(line: str) -> str:
    if r"\begin" in line:
        return line
    pieces = _members(line)
    for spot in range(0, len(pieces), 2):
        member = pieces[spot]
        core = member.strip()
        if core and not _KEPT.search(core) and re.search(r"[+\-]|\d ", core):
            pieces[spot] = member.replace(core, _swapped(core))
    return "".join(pieces)


def derivation_swapped(case: Case) -> Case:
    """Sums reversed and scalar factors moved, in the lines and in definitions; derivatives and sums over an index stay."""

    def of_fact(fact: str) -> str:
        formula = "=" in fact and not _PHRASE.search(re.sub(_WHOLE, "", fact))
        return _line_swapped(fact) if formula else fact

    return _everywhere(case, _line_swapped, of_fact)


_ANY_TRANSPOSE = re.compile(r"\^\s*(?:\\top(?![A-Za-z])|\{\\top\}|T(?![A-Za-z])|\{T\})")


def _derivation_transposes(case: Case, sign: str, said: list[str]) -> Case:
    texts = [*case["lines"], *case["given"]]
    named = any(re.match(r"T\b", fact) for fact in case["given"]) or any(re.match(r"\s*T\s*=", line) for line in texts)
    primed = sign == "'" and any("'" in text for text in texts)
    if named or primed or any(r"\}T" in text or ")T" in text for text in texts):
        return case
    if not any(_ANY_TRANSPOSE.search(text) for text in texts):
        return case
    made = _everywhere(case, *[lambda text: _ANY_TRANSPOSE.sub(lambda _: sign, text)] * 2)
    return {**made, "given": [*made["given"], *said]}


#: The spellings of a derivation; one that changes nothing in a case gives the case itself.
DERIVATIONS: dict[str, Callable[[Case], Case]] = {
    "renamed": derivation_renamed,
    "commuting terms swapped": derivation_swapped,
    r"transpose as \top": lambda case: _derivation_transposes(case, r"^\top", []),
    "transpose as T": lambda case: _derivation_transposes(case, "^T", []),
    "transpose as '": lambda case: _derivation_transposes(case, "'", ["' denotes the transpose"]),
}
