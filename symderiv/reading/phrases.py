"""The fixed phrases of `given`: one line a phrase, what it says and what it adds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from symderiv.reading.draft import Draft
from symderiv.reading.heads import label
from symderiv.reading.letters import letter_name
from symderiv.reading.signs import FUNCTIONS
from symderiv.reading.tokens import tokens
from symderiv.term.build import (
    FROM_ZERO,
    ZERO,
    ZEROS_OUTSIDE,
    apply,
    entry,
    function,
    index,
    log_to,
    name,
    named,
    of,
    partial,
    property_of,
    relation,
    size,
)
from symderiv.term.kinds import Term
from symderiv.term.membership import set_of_positions
from symderiv.term.names import Name
from symderiv.term.places import substitute
from symderiv.term.shapes import axes_of

Found = re.Match[str]
Table = tuple[tuple[str, Callable[[Draft, Found], bool]], ...]

#: Phrases that are kept word for word and asked for where they matter.
CONVENTIONS = frozenset({
    "indices start at 0", "indices start at 1", "terms outside are zero", "true convolution", "cross-correlation",
    "superscripts number the layers", "superscripts are indices", "repeated indices are summed", "' denotes the transpose",
    "numerator layout", "denominator layout", "vec-numerator layout", "index layout", "row vectors",
    "gradients have the shape of the variable", "chain products are read in numerator layout", "decimals are exact",
    "products, quotients and powers of vectors are entry by entry", "softmax acts on each row",
    "softmax acts on each column", "row vectors are added to each row", r"\sum without index runs over all entries",
    r"\partial is the direct partial derivative, d the total one", r"\log is natural",
})  # fmt: skip

#: Sentences kept as conventions under a name that reading asks for.
NAMED_CONVENTIONS = {
    r"\|\cdot\| of a matrix is the Frobenius norm": "Frobenius norm",
}

#: Conventions that change what a formula is worth.
WORTH = (FROM_ZERO, ZEROS_OUTSIDE)

#: Known functions that are named in words.
FUNCTIONS_IN_WORDS = {
    "the digamma function": "digamma",
    "the principal branch of the Lambert function": "lambertw",
    "the Heaviside step function": "heaviside",
    "the error function": "erf",
    "the logistic function": "sigma",
    "the sigmoid function": "sigma",
    "the gamma function": "Gamma",
}

#: Properties in words: one or two properties of a Term.
PROPERTIES = {
    "symmetric": ("symmetric",),
    "symmetric positive definite": ("symmetric", "positive definite"),
    "positive definite": ("positive definite",),
    "invertible": ("invertible",),
    "diagonal": ("diagonal",),
    "orthogonal": ("orthogonal",),
    "one-hot": ("one-hot",),
    "a probability vector": ("probability",),
}

#: Signs that may be given a meaning: how they read, and the kind of token that they become.
SIGNS = {":": ":", "*": "*", r"\cdot": "·", r"\circ": "∘", r"\star": "⋆", r"\times": "×"}
MEANINGS = {"the Frobenius product": "Frobenius", "the entry-by-entry product": "⊙", "the matrix product": "·"}


def early(draft: Draft, text: str) -> bool:
    """Whether a sentence is a convention or tells how names are spelled; it is then noted."""
    text = text.rstrip(".")
    if text in CONVENTIONS or text in NAMED_CONVENTIONS:
        draft.conventions.add(NAMED_CONVENTIONS.get(text, text))
        if text in WORTH:
            draft.given.append(property_of(text))
        return True
    return _matched(EARLY, draft, text)


def late(draft: Draft, text: str) -> bool:
    """Whether a sentence is a phrase about declared names; it is then noted."""
    return _matched(LATE, draft, text.rstrip("."))


def sentence(text: str) -> str | None:
    """The words of a sentence that is not one formula: outside commands and scripts (`W_{in}`), beside each other or not."""
    bare = re.sub(r"[_^]\{[A-Za-z]+\}|\\(?:text|operatorname|mathrm|begin|end)\s*\{[^}]*\}|\\[A-Za-z]+|\$[^$]*\$", " ", text)
    words = re.findall(r"(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z])", bare)
    plain = [word for word in words if word.lower() in COMMON_WORDS]
    behind = re.sub(r"^(?:\\#)?\\text\s*\{[^}]*\}\s*(?==)", "", text)
    plain += [text for text in re.findall(r"\\text\s*\{([^}]*)\}", behind) if _tells(text.split())]
    return " ".join(words) or text if plain or _SIDE_BY_SIDE.search(bare) else None


def _tells(words: list[str]) -> bool:
    """Whether words between formulas belong to a sentence, not to a formula: `of a window`, but not `if` or `for all`."""
    return len(words) > 1 and any(word in COMMON_WORDS - {"for", "all", "with", "where"} for word in words)


def only_words(text: str) -> str | None:
    """The words of a remark that holds a word of four letters or more and is no equation: `stride 1, padding 0`."""
    if re.search(r"[=<>]|\\(?:in|colon|to|le|ge|ne|leq|geq|neq)(?![A-Za-z])", text):
        return None
    bare = re.sub(r"\\(?:text|operatorname|mathrm|mathcal|mathbb|begin|end)\s*\{[^}]*\}|\\[A-Za-z]+", " ", text)
    words = [word for word in re.findall(r"(?<![A-Za-z])[A-Za-z]{4,}(?![A-Za-z])", bare) if word not in FUNCTIONS]
    return " ".join(words) or None


#: Words of four letters or more beside each other, which no formula has.
_SIDE_BY_SIDE = re.compile(r"(?<![A-Za-z])[A-Za-z]{4,} +[A-Za-z]{4,}(?![A-Za-z])")
COMMON_WORDS = frozenset(
    "is are the of and with where let be for each row column no two entries entry in by at on to a an has have acts runs "
    "solves all denotes means from as function vector matrix".split()
) - {"a"}


def _matched(table: Table, draft: Draft, text: str) -> bool:
    for pattern, act in table:
        found = re.fullmatch(pattern, text)
        if found is not None:
            return act(draft, found)
    return False


def _indices(draft: Draft, found: Found) -> bool:
    for letter in re.split(r"\s*,\s*|\s+and\s+", found[1]):
        draft.index(letter)
    return True


def _zeros_outside(draft: Draft, found: Found) -> bool:
    """`G_{pq} = 0 \\text{ outside } 1 \\le p, q \\le 3`."""
    draft.conventions.add(ZEROS_OUTSIDE)
    draft.given.append(property_of(ZEROS_OUTSIDE))
    return True


def _one_name(draft: Draft, found: Found) -> bool:
    pieces = tokens(found[1])[:-1]
    if len(pieces) == 2 and pieces[1].kind == "letter" and pieces[1].text.endswith("}"):
        draft.words.add(pieces[0].text + pieces[1].text)
        return True
    written = label(pieces)
    if written is None:
        return False
    if written.letter.startswith("\\text{") and not found[1].startswith("\\text"):
        draft.words.add(written.letter[6:-1])
    draft.declare(written, ())
    return True


def _matrix_exponential(draft: Draft, found: Found) -> bool:
    draft.conventions.add("matrix exponential")
    return True


def _sign(draft: Draft, found: Found) -> bool:
    sign, meaning = SIGNS.get(found[1]), MEANINGS.get(found[2])
    if sign is None or meaning is None:
        return False
    draft.signs[sign] = meaning
    return True


def _slides(draft: Draft, found: Found) -> bool:
    """`X * K is the cross-correlation of X with K`: what the sign between them means."""
    sign = SIGNS.get(found[2])
    if sign is None:
        return False
    draft.signs[sign] = found[4].removeprefix("true ")
    return True


def _positions(draft: Draft, found: Found) -> bool:
    """`R is a set of positions (i, j)`: of the array with so many indices that is declared, or of one of unknown size."""
    letters = re.findall(r"[a-z]", found[2])
    sizes = {
        term.data.shape for term in draft.quantities.values() if term.kind == "name" and len(term.data.shape) == len(letters)
    }
    shape = sizes.pop() if len(sizes) == 1 else tuple(size(Name("n", sub=letter)) for letter in letters)
    written = label(tokens(found[1])[:-1])
    if written is None or not letters:
        return False
    draft.quantities[written.key] = set_of_positions(written.name, *shape)
    return True


def _counts_steps(draft: Draft, found: Found) -> bool:
    """`t counts the steps`: `w_t` and `w_{t+1}` are the array w at two steps."""
    for array in [term for term in draft.quantities.values() if term.kind == "name" and term.data.domain == "real"]:
        for step in (found[1], f"{found[1]}+1", f"{found[1]}-1"):
            written = replace(array.data.name, sub=step)
            if not array.data.name.sub:
                draft.quantities.setdefault(written.latex, name(written, *array.data.shape))
    return True


def _log_base(draft: Draft, found: Found) -> bool:
    draft.functions["log"] = log_to(draft.read(found[1]))
    return True


def _natural(draft: Draft, found: Found) -> bool:
    draft.quantities[found[1]] = name(letter_name(found[1]), domain="natural")
    return True


def _kept(draft: Draft, found: Found) -> bool:
    draft.conventions.add(found[0])
    return True


def _rows(draft: Draft, found: Found) -> bool:
    r"""`x_i is row i of X`, `x^{(i)} is column i of X`, `y^{(i)} is entry i of y`."""
    member, _, what, array = found[1], found[2], found[3], found[5]
    written = label(tokens(member)[:-1])
    if written is None:
        return False
    if written.above and written.below:
        return what == "entry"
    whole = draft.read(array)
    if what == "column":
        whole = of("transpose", whole)
    draft.stacks[written.letter + ("^()" if written.above else "")] = whole
    return True


def _property(draft: Draft, found: Found) -> bool:
    words = PROPERTIES.get(found[2])
    if words is None:
        return False
    for thing in re.split(r"\s*,\s*|\s+and\s+", found[1]):
        subject = draft.read(thing)
        draft.given.extend(property_of(word, subject) for word in words)
    return True


def _each(draft: Draft, found: Found) -> bool:
    array = draft.read(found[2])
    if found[1] == "column":
        array = of("transpose", array)
    draft.given.append(property_of(PROPERTIES[found[3]][0], entry(array, index("i"))))
    return True


def _independent(draft: Draft, found: Found) -> bool:
    draft.given.append(property_of("independent entries", draft.read(found[1])))
    return True


def _no_zero(draft: Draft, found: Found) -> bool:
    array = draft.read(found[1])
    axes = len(axes_of(array))
    draft.given.append(relation("≠", entry(array, *[index(letter) for letter in "ij"[:axes]]) if axes else array, ZERO))
    return True


def _function_in_words(draft: Draft, found: Found) -> bool:
    means = FUNCTIONS_IN_WORDS.get(found[2])
    if means is None:
        return False
    draft.functions[found[1]] = function(letter_name(found[1]), means=means)
    draft.quantities.pop(found[1], None)
    return True


def _bessel(draft: Draft, found: Found) -> bool:
    draft.functions[found[1]] = function(letter_name(found[1]), means="besselj")
    return True


def _determinant(draft: Draft, found: Found) -> bool:
    draft.conventions.add("determinant")
    return True


def _depends(draft: Draft, found: Found) -> bool:
    """`L is a function of z`: an arbitrary one, in the value of z."""
    written, names = letter_name(found[1]), re.split(r"\s*,\s*|\s+and\s+", found[2])
    arguments = [draft.read(item) for item in names]
    inputs = tuple(axes_of(argument) for argument in arguments)
    known, declared = draft.quantities.get(found[1]), draft.functions.get(found[1])
    output = known.data.shape if known is not None and known.kind == "name" else ()
    if isinstance(declared, Term) and declared.kind == "function":
        output = declared.data.output
    fn = function(written, inputs=inputs if any(inputs) or output else (), output=output)
    draft.functions[found[1]] = fn
    draft.quantities[found[1]] = value = named(written, apply(fn, *arguments))
    if known is not None and known.kind == "name":
        draft.given = [substitute(fact, {known: value}) for fact in draft.given]
    return True


def _bare_function(draft: Draft, found: Found) -> bool:
    if found[1] not in draft.functions:
        return _kept(draft, found)
    draft.quantities[found[1]] = draft.read(found[2])
    return True


def _unit_vectors(draft: Draft, found: Found) -> bool:
    """`e_i is the i-th unit vector`, as long as the vectors that are declared, if those have one length."""
    vectors = [term.data.shape for term in draft.quantities.values() if term.kind == "name" and len(term.data.shape) == 1]
    if found[2] != found[3] or len(set(vectors)) != 1:
        return _kept(draft, found)
    draft.stacks[found[1]] = of("identity", *vectors[0])
    return True


def _dotted(draft: Draft, found: Found) -> bool:
    body, by = draft.read(found[2]), draft.read(found[3])
    draft.quantities[f"\\dot{{{found[2]}}}"] = partial(body, by, "d")
    return True


NAME = r"(\\?[A-Za-z]+(?:_\w|_\{\w+\})?)"
#: A phrase and what it does; a pattern is compiled when it is first asked for.
EARLY: Table = (
    (r"(.+) (?:are indices|is an index)", _indices),
    (r"(.+) is one name", _one_name),
    (r"\S+ = 0 \\text\{ ?outside ?\} .+", _zeros_outside),
    (r"(\S+) is (the Frobenius product|the entry-by-entry product|the matrix product)", _sign),
    (r"(\S+) (\S+) (\S+) is the (cross-correlation|(?:true )?convolution) of \1 with \3", _slides),
    (r"\\log has base (\S+)", _log_base),
    (NAME + r" is a positive integer", _natural),
    (NAME + r" is (?:.+, )?a number", _one_name),
    (r"\\nabla is the gradient in \S+", _kept),
    (r"numbers are rounded to \d+ decimals?", _kept),
    (r"' denotes the derivative with respect to \S+", _kept),
    (r"\\frac\{d\}\{d\w+\} is taken entry by entry", _kept),
    (r"\\approx is equality to first order in \S+", _kept),
    (r"index \S+ may be left out", _kept),
    (r"d\S+(?:, d\S+)* are differentials", _kept),
    (r"\|(\\?\w+)\| is the determinant of \1", _determinant),
    (r"e\^(?:\{[^{}]+\}|\\?\w+) is the matrix exponential", _matrix_exponential),
    (r"(\\?[A-Za-z]+)_(\w) is the Bessel function of the first kind of order \2", _bessel),
    (NAME + r" is (the .+ function)", _function_in_words),
)
LATE: Table = (
    (r"(\S+(?: [A-Z])?) is a (?:finite )?(?:non-?empty )?set of positions (\([a-z, ]+\)|[a-z])", _positions),
    (r"(\w) counts the (?:steps|iterations) .+", _counts_steps),
    (r"((\S+?)[_^]\S+) is (row|column|entry) (\S+) of (\S+)", _rows),
    (r"(\\?[A-Za-z]+)_(\w) is the (\w)-th unit vector", _unit_vectors),
    (r"each (row|column) of (\S+) is (one-hot|a probability vector)", _each),
    (r"the entries of (.+) are independent", _independent),
    (r"no entry of (.+) is zero", _no_zero),
    (NAME + r"\([^)]*\) is a function of (.+)", _depends),
    (NAME + r" is a function of (.+)", _depends),
    (NAME + r" without argument is (.+)", _bare_function),
    (r"\\dot\{?(\\?(\w+))\}? is the derivative of \1 by (\S+)", _dotted),
    (r".+ is held fixed(?: in .+)?", _kept),
    (r"(.+) (?:is|are) (.+)", _property),
)
