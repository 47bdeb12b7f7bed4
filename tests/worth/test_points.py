"""Points stay inside what is declared, are small fractions, and depend on the content alone."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import islice

import pytest

from symderiv.term.build import bigsum, entry, name, num, of, property_of, relation
from symderiv.worth.balls import precision
from symderiv.worth.compare import compare
from symderiv.worth.domain import literal_value
from symderiv.worth.points import Points, digest
from symderiv.worth.setting import settled

from .letters import A, B, T, a, i, m, n, p, sin, v, x, y

one = num(1)
nought = num(0)


def drawn(given, *letters, count=4):
    with precision(128):
        points = list(islice(Points(tuple(given), "seed", [n, m]), count))
        for point in points:
            for letter in letters:
                point.setting(128).of(letter)
    return points


@pytest.mark.parametrize(
    ("given", "letter", "inside"),
    [
        (relation(">", x, nought), x, lambda t: t > 0),
        (relation("<", x, nought), x, lambda t: t < 0),
        (relation(("<", "<"), nought, p, one), p, lambda t: 0 < t < 1),
        (relation(("≤", "≤"), num(2), x, num(3)), x, lambda t: 2 <= t <= 3),
        (relation("=", a, num("2.5")), a, lambda t: t == Fraction(5, 2)),
        (relation(">", sin(x), nought), x, lambda t: math.sin(t) > 0),
        (relation("≠", x, one), x, lambda t: t != 1),
    ],
    ids=repr,
)
def test_relations(given, letter, inside):
    points = drawn([given], letter)
    assert len(points) == 4
    for point in points:
        assert inside(point.letters[letter])


def test_a_relation_between_letters():
    for point in drawn([relation(">", x, y)], x, y):
        assert point.letters[x] > point.letters[y]


def test_entries_follow_a_relation_of_the_array():
    for given in (relation(">", v, nought), relation(">", entry(v, i), nought)):
        for point in drawn([given], v):
            assert all(t > 0 for t in point.letters[v])


def rows(point, letter):
    return [list(row) for row in point.letters[letter]]


def turned(matrix):
    return [list(column) for column in zip(*matrix, strict=True)]


def is_identity(matrix):
    return all(cell == (r == c) for r, row in enumerate(matrix) for c, cell in enumerate(row))


def product(left, right):
    return [[sum(s * t for s, t in zip(row, column, strict=True)) for column in zip(*right, strict=True)] for row in left]


@pytest.mark.parametrize(
    ("word", "holds"),
    [
        ("symmetric", lambda s: s == turned(s)),
        ("diagonal", lambda s: all(s[r][c] == 0 for r in range(len(s)) for c in range(len(s)) if r != c)),
        ("orthogonal", lambda s: is_identity(product(s, turned(s)))),
        ("symmetric positive definite", lambda s: s[0][0] > 0 and s[0][0] * s[1][1] > s[0][1] * s[1][0]),
    ],
)
def test_properties_of_matrices(word, holds):
    for point in drawn([property_of(word, B)], B):
        assert holds(rows(point, B))


def test_orthogonal_matrices_of_both_signs():
    signs = set()
    for point in drawn([property_of("orthogonal", B)], B, count=12):
        with precision(128):
            signs.add(int(float(settled(dict(point.letters)).of(of("det", B)))))
    assert signs <= {-1, 0, 1}
    assert len(signs) == 2


@pytest.mark.parametrize(
    ("given", "check"),
    [
        (property_of("one-hot", v), lambda t: sorted(t) == [0] * (len(t) - 1) + [1]),
        (property_of("probability", v), lambda t: sum(t) == 1 and min(t) > 0),
        (relation("=", bigsum(entry(v, i), i), one), lambda t: sum(t) == 1),
        (relation("=", T(of("ones", n)) * v, one), lambda t: sum(t) == 1),
    ],
    ids=repr,
)
def test_properties_of_vectors(given, check):
    for point in drawn([given], v):
        assert check(point.letters[v])


def test_sizes_differ_from_each_other_and_from_one():
    sizes = [dict(point.size_values()) for point in drawn([], A)]
    assert all(s[m] != s[n] and min(s.values()) > 1 for s in sizes)
    assert len({(s[m], s[n]) for s in sizes}) > 1


def test_no_point_where_the_domain_is_empty():
    assert drawn([relation(">", x, num(3)), relation("<", x, num(2))], x) == []


def test_same_content_same_points():
    first, second = drawn([], x, y), drawn([], y, x)
    assert [point.letters[x] for point in first] == [point.letters[x] for point in second]
    assert digest(x + y) != digest(y + x)


def test_values_are_small_fractions():
    for point in drawn([], x, y, v):
        for number in (point.letters[x], point.letters[y], *point.letters[v]):
            assert abs(number) < 4
            assert number.denominator < 20


@pytest.mark.parametrize(
    ("term", "expected"), [(-num(3), -3), (num(1) / 2, Fraction(1, 2)), (x, None), (num("0.5"), Fraction(1, 2))]
)
def test_literal_values(term, expected):
    assert literal_value(term) == expected


def test_counts():
    k = name("k", domain="natural")
    assert all(point.letters[k] >= 2 for point in drawn([], k))


def test_a_letter_with_named_values_has_only_those() -> None:
    labels = name("y", n)
    fact = relation("∈", entry(labels, i), of("tuple", -one, one))
    squares = bigsum(entry(labels, i) ** num(2), i)
    assert compare(squares, bigsum(one, i, one, n), (fact,)).kind == "agrees"
    assert compare(squares, bigsum(entry(labels, i), i), (fact,)).kind == "refuted"
