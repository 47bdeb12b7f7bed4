"""Places and substitution: put what was there and nothing changes; nothing is ever captured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symderiv.term.build import bigsum, entry, index, mul, name, named, num, size, stack
from symderiv.term.kinds import BINDERS, Term, bound_places, make
from symderiv.term.places import canonical, fresh_index, opened, part, put, same, substitute

from .values import LETTERS, X, Y, meanings, scalars, value


def places(term: Term) -> list[tuple[int, ...]]:
    found = [()]
    for step, arg in enumerate(term.args):
        found += [(step, *rest) for rest in places(arg)]
    return found


@given(scalars, st.data())
def test_putting_a_part_where_it_stands_changes_nothing(term, data):
    place = data.draw(st.sampled_from(places(term)))
    assert put(term, place, part(term, place)) is term


@given(scalars, scalars, st.data())
def test_what_was_put_stands_there_and_the_rest_stays(term, new, data):
    place = data.draw(st.sampled_from(places(term)))
    changed = put(term, place, new)
    assert part(changed, place) is new
    for other in places(term):
        apart = other[: len(place)] != place and place[: len(other)] != other
        assert not apart or part(changed, other) is part(term, other)


@given(scalars, scalars, meanings)
def test_substitution_has_the_value_of_the_replacement(term, new, of):
    # Σ_i … x … with x replaced by something that holds a free i: the bound letter must move away.
    assert value(substitute(term, {X: new}), of) == value(term, {**of, X: value(new, of)})


@given(scalars, st.sampled_from(LETTERS), st.sampled_from(LETTERS), meanings)
def test_an_index_letter_is_replaced_where_it_is_free(term, old, new, of):
    assert value(substitute(term, {old: new}), of) == value(term, {**of, old: of[new]})


@given(scalars, scalars, scalars, meanings)
def test_several_names_are_replaced_at_once(term, one, two, of):
    swapped = substitute(term, {X: one, Y: two})
    assert value(swapped, of) == value(term, {**of, X: value(one, of), Y: value(two, of)})


@given(scalars)
def test_replacing_a_name_by_itself_changes_nothing(term):
    assert same(substitute(term, {letter: letter for letter in (X, *LETTERS)}), term)


def renamed(term: Term, letters: list[Term]) -> Term:
    """The same term with each bound letter replaced by the next of `letters` that is not in its way."""
    args = tuple(renamed(arg, letters) for arg in term.args)
    if term.kind in BINDERS:
        letter = args[1]
        others = [new for new in letters if new is not letter and new not in args[0].free]
        if others:
            bound = bound_places(term.kind, args)
            rest = [others[0] if place in bound else arg for place, arg in enumerate(args) if place]
            args = (substitute(args[0], {letter: others[0]}), *rest)
    return make(term.kind, term.data, args)


@given(scalars, st.permutations([index("p"), index("q"), index("r"), *LETTERS]))
def test_equal_up_to_the_names_of_bound_letters(term, letters):
    other = renamed(term, letters)
    assert same(term, other)
    assert canonical(term) is canonical(other)


@given(scalars, meanings)
def test_the_canonical_form_has_the_same_value(term, of):
    assert value(canonical(term), of) == value(term, of)
    assert canonical(canonical(term)).free == term.free


n = size("n")
x, y = name("x", n), name("y", n)
i, j, k = index("i"), index("j"), index("k")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (bigsum(entry(x, i), i), bigsum(entry(y, i), i)),
        (bigsum(entry(x, i) * entry(x, k), i), bigsum(entry(x, i) * entry(x, i), i)),
        (bigsum(entry(x, i) * entry(x, k), i), bigsum(entry(x, k) * entry(x, i), i)),
        (bigsum(bigsum(entry(x, i) * entry(y, j), i), j), bigsum(bigsum(entry(x, j) * entry(y, i), i), j)),
        (bigsum(entry(x, i), i, num(1), n), bigsum(entry(x, i), i)),
        (entry(x, i), entry(x, j)),
        # under a name: z_i is not bound by a sum over k
        (bigsum(named("z", entry(x, i)), i), bigsum(named("z", entry(x, i)), k)),
        (bigsum(entry(x, i), i, num(1), i), bigsum(entry(x, i), i, num(1), j)),
    ],
)
def test_different_sums_are_not_the_same(one, other):
    assert not same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (bigsum(entry(x, i), i), bigsum(entry(x, j), j)),
        (bigsum(bigsum(entry(x, i) * entry(y, j), i), j), bigsum(bigsum(entry(x, j) * entry(y, i), j), i)),
        (bigsum(mul(entry(x, i), bigsum(entry(y, i), i)), i), bigsum(mul(entry(x, j), bigsum(entry(y, k), k)), j)),
        (stack(entry(x, i) * entry(y, j), i, n, j, n), stack(entry(x, k) * entry(y, i), k, n, i, n)),
        (bigsum(named("z", entry(x, i)), i), bigsum(named("z", entry(x, k)), k)),
        (bigsum(entry(x, i), i, num(1), i), bigsum(entry(x, k), k, num(1), i)),
    ],
)
def test_renamed_sums_are_the_same(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("term", "new", "result"),
    [
        (bigsum(entry(x, i), i), {i: k}, bigsum(entry(x, i), i)),
        (bigsum(entry(x, i) * entry(x, k), i), {k: i}, bigsum(entry(x, k) * entry(x, i), k)),
        (bigsum(entry(x, i), i, num(1), i), {i: k}, bigsum(entry(x, i), i, num(1), k)),
        (bigsum(entry(x, i), i, num(1), n), {n: num(3)}, bigsum(entry(x, i), i, num(1), num(3))),
        (named("z", entry(x, i)), {i: k}, entry(x, k)),
        (named("z", entry(x, i)), {k: i}, named("z", entry(x, i))),
    ],
)
def test_substitution_by_hand(term, new, result):
    assert same(substitute(term, new), result)


def test_a_named_part_can_be_replaced_as_a_whole():
    z = named("z", entry(x, i))
    assert substitute(z * 2, {z: y}) is y * 2


def test_fresh_letters_are_not_taken():
    assert fresh_index(i, {i, j, k}) is index("l")
    assert fresh_index(i, {name(letter) for letter in "jkl"}) is index("m")
    taken = {index(letter) for letter in "ijklmpqrs"}
    assert fresh_index(i, taken).data.primes == 1


def test_opened_shows_the_definitions():
    z = named("z", entry(x, i) * 2)
    w = named("w", z + 1)
    assert opened(w * w) is mul(entry(x, i) * 2 + 1, entry(x, i) * 2 + 1)


@given(scalars, meanings)
def test_names_do_not_change_the_value(term, of):
    z = named("z", term)
    assert value(opened(z * z + X), of) == value(term, of) ** 2 + of[X]
