"""How arithmetic and functions are set: sums, fractions, powers, roots, and a function with or without brackets."""

from __future__ import annotations

from symderiv.pages.formula import (
    BigOperator,
    Fence,
    Formula,
    Fraction,
    Identifier,
    Number,
    Operator,
    Root,
    Run,
    Scripts,
    Table,
    Text,
)
from symderiv.pages.letters import GREEK, PRIMES, name_formula
from symderiv.pages.setting import (
    BRACKET,
    COMMA,
    MINUS,
    NEGATIVE,
    PLUS,
    PRODUCT,
    SLASH,
    SUM,
    WORD,
    Setter,
    Setting,
    brackets,
    is_open,
    shut,
)
from symderiv.term.kinds import Term
from symderiv.term.membership import extreme_over, membership

#: Functions whose argument stands without brackets when it is simple.
WORDS = frozenset(
    "sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth sech csch arsinh arcosh artanh "
    "arcoth arsech arcsch log ln".split()
)
#: Known functions that are written as a letter.
LETTER_FUNCTIONS = {"sigma": "σ", "Gamma": "Γ", "digamma": "ψ", "lambertw": "W", "heaviside": "H"}

#: What may follow a function's word without brackets.
SIMPLE = frozenset("number constant name index named letter entry root norm det fraction bigsum".split())

#: One node for each sign of a relation.
RELATIONS = {sign: Operator(sign, "relation") for sign in "= ≠ < > ≤ ≥ ≈ := =: ∈ ≡ ← ∝ ∼ ∉".split()}


def number(_: Setting, term: Term) -> Formula:
    """A numeral as it was written."""
    value, written = term.data
    return Number(written or str(value))


def constant(_: Setting, term: Term) -> Formula:
    """A number with a name."""
    return Identifier(GREEK.get(term.data, term.data))


def name(_: Setting, term: Term) -> Formula:
    """A quantity's name."""
    return name_formula(term.data.name)


def bare_name(_: Setting, term: Term) -> Formula:
    """An index letter or a named part."""
    return name_formula(term.data)


def add(setting: Setting, term: Term) -> Formula:
    """Terms with signs between them; a term that is a minus brings its own."""
    first, *others = term.args
    parts = [setting(first) if first.kind == "minus" else setting.at_least(PRODUCT, first)]
    for other in others:
        if other.kind == "minus":
            parts += (MINUS, setting.at_least(PRODUCT, other.args[0]))
        else:
            parts += (PLUS, setting.at_least(PRODUCT, other))
    return Run(tuple(parts))


def minus(setting: Setting, term: Term) -> Formula:
    """A sign before a term."""
    return Run((NEGATIVE, setting.at_least(PRODUCT, term.args[0])))


def fraction(setting: Setting, term: Term) -> Formula:
    """With a bar; in an exponent or a label with a slash."""
    top, bottom = term.args
    if setting is setting.display:
        return Fraction(setting(top), setting(bottom))
    above = setting.at_least(PRODUCT, top)
    return Run((shut(above) if is_open(above) else above, SLASH, setting.operand(bottom)))


def power(setting: Setting, term: Term) -> Formula:
    r"""`x^2`; a function that is written as a word takes a natural power at its name: `\sin^2 x`."""
    base, exponent = term.args
    above = setting.small(exponent)
    if base.kind == "apply" and exponent.kind == "number" and is_word(base.args[0]) and exponent.data[0] > 1:
        applied = setting(base)
        assert isinstance(applied, Run)
        fn, glue, argument = applied.parts
        below = fn.sub if isinstance(fn, Scripts) else None
        return Run((Scripts(fn.base if isinstance(fn, Scripts) else fn, below, above), glue, argument))
    return setting.scripted(base, None, above)


def root(setting: Setting, term: Term) -> Formula:
    """A root sign; a square root shows no degree."""
    radicand, degree = term.args
    plain = degree.kind == "number" and degree.data[0] == 2
    return Root(setting(radicand), None if plain else setting.small(degree))


def is_word(fn: Term) -> bool:
    """Whether a function is written as a word that needs no brackets."""
    return fn.kind == "function" and fn.data.known and fn.data.name.base in WORDS


def function(setting: Setting, term: Term) -> Formula:
    """The name of a function, as a word if it is known to everybody; a logarithm shows a base that it was given."""
    if not term.data.known or term.data.means:
        name = term.data.name
        is_word = bool(term.data.means) and name.latex == f"\\text{{{name.base}}}" and name.base.isalpha()
        letter = Identifier(name.base, upright=True) if is_word else name_formula(name)
        return Scripts(letter, setting.small(term.args[0])) if term.args else letter
    base = term.data.name.base
    if base in LETTER_FUNCTIONS:
        return Identifier(LETTER_FUNCTIONS[base])
    word = Identifier(base, upright=True)
    return Scripts(word, setting.small(term.args[0])) if term.args else word


def prime(setting: Setting, term: Term) -> Formula:
    """`f'`, `f''`; the derivative in a later argument is `∂_2 f`."""
    count, fn = 0, term
    while fn.kind == "prime" and fn.data == 1:
        count, fn = count + 1, fn.args[0]
    if fn.kind == "prime":
        derived = in_slot(setting, fn)
        return Scripts(brackets(derived), None, PRIMES[count]) if count else derived
    return setting.scripted(fn, None, PRIMES[min(count, 9)])


def in_slot(setting: Setting, fn: Term) -> Formula:
    """`∂_1 f`: the derivative of a function of several arguments in one of them."""
    return Run((Scripts(Operator("∂", "prefix"), Number(str(fn.data))), WORD, setting(fn.args[0])))


#: Known functions whose sign goes around the argument.
ENCLOSING = {"abs": ("|", "|"), "floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}


def apply(setting: Setting, term: Term) -> Formula:
    """A function and its arguments: a word with a simple argument takes no brackets, bars are a bracket of their own."""
    fn, *arguments = term.args
    if not arguments:
        return setting(fn)
    if len(arguments) == 1:
        only = arguments[0]
        if (chosen := extreme_over(term)) is not None:
            body, condition = chosen
            sign = BigOperator(fn.data.name.base, setting.small(condition))
            return Run((sign, setting.at_least(PRODUCT, body)))
        if is_word(fn) and is_simple(setting, only):
            return Run((setting(fn), WORD, setting(only)))
        bars = ENCLOSING.get(fn.data.name.base) if fn.kind == "function" and fn.data.known else None
        if fn.kind == "function" and fn.data.known and fn.data.name.base == "factorial":
            inner = setting(only)
            return Run(
                (inner if only.kind in ("number", "name") else brackets(inner), BRACKET, Operator("!", "coefficient"))
            )
        if bars is not None:
            return Fence(bars[0], setting(only), bars[1])
    several = fn.kind == "prime" and fn.args[0].kind == "function" and len(arguments) > 1
    return Run((in_slot(setting, fn) if several else setting(fn), BRACKET, brackets(listed(setting, arguments))))


def is_simple(setting: Setting, term: Term) -> bool:
    r"""Whether a function's word may stand without brackets: `\log p_k`, `\log \frac{a}{b}`, not `\sin 2x`."""
    if term.kind not in SIMPLE:
        return term.kind == "apply" and type(setting(term)) is Fence
    formula = setting(term)
    return not (type(formula) is Scripts and type(formula.base) is Fence and term.kind == "entry") and (
        setting is setting.display or term.kind != "fraction"
    )


def listed(setting: Setting, terms: list[Term] | tuple[Term, ...]) -> Formula:
    """Terms with commas between them."""
    parts = [setting(terms[0])]
    for term in terms[1:]:
        parts += (COMMA, setting(term))
    return Run(tuple(parts)) if len(parts) > 1 else parts[0]


def relation(setting: Setting, term: Term) -> Formula:
    """Sides with a sign between each two; that a position belongs to a set as that is written."""
    if (found := membership(term)) is not None:
        position = listed(setting, found[1])
        whole = position if len(found[1]) == 1 else Fence("(", position, ")")
        return Run((whole, RELATIONS["∈"], setting(found[0])))
    parts = [setting.at_least(SUM, term.args[0])]
    for sign, side in zip(term.data, term.args[1:], strict=True):
        parts += (RELATIONS[sign], setting.at_least(SUM, side))
    return Run(tuple(parts))


def property_of(setting: Setting, term: Term) -> Formula:
    """A property in words, behind what has it; one of nothing in particular is a sentence."""
    if not term.args:
        return Text(term.data)
    return Run((listed(setting, term.args), Text(f" is {term.data}" if len(term.args) == 1 else f" are {term.data}")))


#: The sign of an indicator.
INDICATOR = Identifier("𝟙")


def cases(setting: Setting, term: Term) -> Formula:
    """Values with their conditions; a last value without one holds otherwise; an indicator where it was written as one."""
    if term.data == "indicator":
        return Run((INDICATOR, BRACKET, Fence("[", setting(term.args[1]), "]")))
    rows: list[tuple[Formula, ...]] = []
    for at in range(0, len(term.args) - 1, 2):
        rows.append((setting(term.args[at]), Run((Text("if "), setting(term.args[at + 1])))))
    if len(term.args) % 2:
        rows.append((setting(term.args[-1]), Text("otherwise")))
    return Table(tuple(rows), "{", "")


def at(setting: Setting, term: Term) -> Formula:
    """An evaluation bar with what is put in."""
    body, *pairs = term.args
    small = setting.small
    parts: list[Formula] = []
    for place in range(0, len(pairs), 2):
        parts += (COMMA, small(pairs[place]), RELATIONS["="], small(pairs[place + 1]))
    return Scripts(Fence("", setting.at_least(PRODUCT, body), "|"), Run(tuple(parts[1:])))


SCALARS: dict[str, Setter] = {
    "number": number,
    "constant": constant,
    "name": name,
    "letter": name,
    "index": bare_name,
    "named": bare_name,
    "sum": add,
    "minus": minus,
    "fraction": fraction,
    "power": power,
    "root": root,
    "function": function,
    "prime": prime,
    "relation": relation,
    "property": property_of,
    "cases": cases,
    "at": at,
    "tuple": lambda setting, term: Fence("{" if term.data else "(", listed(setting, term.args), "}" if term.data else ")"),
}
