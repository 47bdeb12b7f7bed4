"""How derivatives and integrals are set: a fraction of names, an operator, a gradient, a differential."""

from __future__ import annotations

from symderiv.pages import scalars
from symderiv.pages.entries import subscript
from symderiv.pages.formula import BigOperator, Formula, Fraction, Identifier, Number, Operator, Run, Scripts
from symderiv.pages.letters import PRIMES
from symderiv.pages.setting import BRACKET, PRODUCT, THIN, WORD, Setter, Setting, brackets
from symderiv.term.kinds import Term, subterms

PARTIAL = Operator("∂", "prefix")
ROUND: dict[str, Formula] = {"∂": PARTIAL, "d": Identifier("d")}
NABLA = Operator("∇", "prefix")
#: Nothing between `d` and its letter, room in the source between `∂` and its own, and between two variables.
AFTER = {"∂": Operator("", "word"), "d": Operator("", "coefficient")}
BETWEEN = Operator("", "beside")
#: An operator and what it is applied to.
OPERATES = Operator("\u2061", "coefficient")

#: What stands in the numerator of a derivative; everything else follows the operator in brackets.
NAMES = frozenset({"name", "named", "letter", "entry"})
OVER: dict[str, frozenset[str]] = {"∂": NAMES | {"apply", "power"}, "d": NAMES}


def partial(setting: Setting, term: Term) -> Formula:
    """A derivative that is not carried out, in the style that was asked for."""
    body, variable = term.args
    if term.data in ("∇", "∇()"):
        return _gradients(setting, term)
    if term.data == "'":
        return setting.scripted(body, None, PRIMES[1])
    variables = [variable]
    while body.kind == "partial" and body.data == term.data and _innermost(body, term.data).kind in OVER[term.data[0]]:
        body, variable = body.args
        variables.append(variable)
    return _fraction(setting, term.data, body, variables)


def _innermost(term: Term, style: str) -> Term:
    while term.kind == "partial" and term.data == style:
        term = term.args[0]
    return term


def _gradients(setting: Setting, term: Term) -> Formula:
    """`∇_w L`, `∇²_w L`; `∇f(x)` where the argument says what it is taken by."""
    variable, order = term.args[1], 0
    body = term
    while body.kind == "partial" and body.data == term.data and body.args[1] is variable:
        order, body = order + 1, body.args[0]
    below = setting.small(variable) if term.data == "∇" else None
    above = Number(str(order)) if order > 1 else None
    sign = Scripts(NABLA, below, above) if below or above else NABLA
    if below is None and body.kind == "apply":
        return Run((sign, WORD, setting(body)))
    return nabla(sign, setting, body)


def nabla(sign: Formula, setting: Setting, body: Term) -> Formula:
    """`∇_w L`, and brackets around what is no name."""
    if body.kind in NAMES or body.kind == "function":
        return Run((sign, WORD, setting(body)))
    return Run((sign, WORD, brackets(setting(body))))


def _fraction(setting: Setting, style: str, body: Term, variables: list[Term]) -> Formula:
    """`dy/dx` with a name above the bar; anything else follows the operator in brackets."""
    key = style, *variables
    operator = setting.operators.get(key) or setting.operators.setdefault(key, _operator(setting, style, variables))
    if body.kind in OVER[style[0]]:
        glue = AFTER[style[0] if len(variables) == 1 else "∂"]
        return Fraction(Run((operator.top, glue, setting(body))), operator.bottom)
    return Run((operator, OPERATES, brackets(setting(body))))


def _operator(setting: Setting, style: str, variables: list[Term]) -> Fraction:
    """`d/dx`, `∂²/∂x∂y`, `∂³/∂x²∂y`."""
    sign, count = ROUND[style[0]], len(variables)
    round_below, after = ROUND[style[-1]], AFTER[style[-1]]
    above: Formula = sign if count == 1 else Scripts(sign, None, Number(str(count)))
    below: list[Formula] = []
    place = 0
    while place < count:
        end = place
        while end < count and variables[end] is variables[place]:
            end += 1
        below += (BETWEEN, round_below, after, _times(setting, variables[place], end - place))
        place = end
    return Fraction(above, Run(tuple(below[1:])))


def _times(setting: Setting, variable: Term, count: int) -> Formula:
    return setting(variable) if count == 1 else setting.scripted(variable, None, Number(str(count)))


def differential(setting: Setting, term: Term) -> Formula:
    """`dx`, `d(Ax + b)`."""
    body = term.args[0]
    inside = setting(body) if body.kind in NAMES else brackets(setting(body))
    return Run((ROUND["d"], AFTER["d"], inside))


def integral(setting: Setting, term: Term) -> Formula:
    """`∫_a^b u dt`; an integrand that is a sum, or holds a differential of its own, has brackets."""
    body, letter, low, high = term.args
    sign = BigOperator("∫", setting.small(low), setting.small(high))
    moving = body.moves and any(node.kind == "differential" for node in subterms(body))
    inside = brackets(setting(body)) if moving else setting.at_least(PRODUCT, body)
    return Run((sign, inside, THIN, Run((ROUND["d"], AFTER["d"], setting(letter)))))


def limit(setting: Setting, term: Term) -> Formula:
    """`lim_{ε→0} u`; a body that is a sum has brackets."""
    body, letter, target = term.args
    under = Run((setting.small(letter), Operator(term.data, "relation"), setting.small(target)))
    return Run((BigOperator("lim", under), setting.at_least(PRODUCT, body)))


def expectation(setting: Setting, term: Term) -> Formula:
    """`E(u)`, `Var(u)`."""
    return Run((Identifier(term.data, upright=True), BRACKET, brackets(setting(term.args[0]))))


def apply(setting: Setting, term: Term) -> Formula:
    """The value of a derivative `f'` of many variables is a gradient; every other function has its arguments behind it."""
    found = _gradient(setting, term) if term.args[0].kind == "prime" else None
    return found or scalars.apply(setting, term)


def _gradient(setting: Setting, term: Term) -> Formula | None:
    """`∇_w f` at a name, `∇f(…)` elsewhere; a Jacobian and one of several arguments is `∂f/∂w`; else None."""
    fn, *arguments = term.args
    inner = fn.args[0]
    named = all(argument.kind in NAMES for argument in arguments)
    if len(arguments) > 1:
        return _over(setting(inner), setting(arguments[fn.data - 1])) if named and inner.kind != "prime" else None
    if inner.kind != "function" or not inner.data.inputs or not inner.data.inputs[0]:
        return None
    if inner.data.output:
        return _over(setting(inner), setting(arguments[0])) if named else None
    if named:
        return Run((Scripts(NABLA, setting.small(arguments[0])), WORD, setting(inner)))
    return Run((NABLA, WORD, Run((setting(inner), BRACKET, brackets(setting(arguments[0]))))))


def entry_of_gradient(setting: Setting, array: Term, positions: list[Term]) -> Formula | None:
    """`∂f/∂w_i` for an entry of a gradient at a name, `∂f_i/∂w_j` for one of a Jacobian; else None."""
    if array.kind != "apply" or array.args[0].kind != "prime" or len(array.args) != 2:
        return None
    fn, variable = array.args[0].args[0], array.args[1]
    if fn.kind != "function" or variable.kind not in NAMES or not fn.data.inputs:
        return None
    outputs = len(fn.data.output)
    if len(positions) != outputs + len(fn.data.inputs[0]):
        return None
    above = setting.scripted(fn, subscript(setting, positions[:outputs]), None) if outputs else setting(fn)
    inner = positions[outputs:]
    return _over(above, setting.scripted(variable, subscript(setting, inner), None) if inner else setting(variable))


def _over(above: Formula, below: Formula) -> Formula:
    return Fraction(Run((PARTIAL, AFTER["∂"], above)), Run((PARTIAL, AFTER["∂"], below)))


DERIVATIVES: dict[str, Setter] = {
    "partial": partial,
    "differential": differential,
    "integral": integral,
    "limit": limit,
    "expectation": expectation,
    "apply": apply,
}
