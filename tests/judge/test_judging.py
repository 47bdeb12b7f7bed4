"""Verdicts: derivations line by line, every verdict, chains, conditions, the open world, orientation."""

from __future__ import annotations

import pytest

from symderiv.judge.judging import Marker
from symderiv.judge.lines import judge
from symderiv.reading import environment
from symderiv.reading.environment import Environment

from .marked import ARRAYS, MEAN, SOFTMAX, judged, shown

LINEAR = (r"W \in \mathbb{R}^{m \times n}", r"x \in \mathbb{R}^n", r"b \in \mathbb{R}^m")
LEAST = (r"X \in \mathbb{R}^{m \times n}", r"w \in \mathbb{R}^n", r"y \in \mathbb{R}^m")
QUADRATIC = (r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}", "A is symmetric", r"b \in \mathbb{R}^n")
LAYERS = ("superscripts number the layers", r"l \in \{1, 2\}")

#: A derivation a row: what is given, then `verdict | line`.
DERIVATIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "a right derivation": (
        (),
        r"""stated | y = x^2 \sin x
            ok     | \frac{dy}{dx} = 2x \sin x + x^2 \cos x
            ok     | = x (2 \sin x + x \cos x)""",
    ),
    "every verdict": (
        (),
        r"""stated  | y = x^3
            ok      | \frac{dy}{dx} = 3x^2
            wrong   | \frac{dy}{dx} = 2x^2
            follows | = 2 x \cdot x
            unknown | \frac{dy}{dx} = q
            unread  | \frac{dy}{dx} = +* 2
            skipped | \cancel{\frac{dy}{dx} = 7}""",
    ),
    "a second formula for what is differentiated below": (
        (),
        r"""stated  | y = x^2
            wrong   | y = x^3
            ok      | \frac{dy}{dx} = 2x
            follows | \frac{dy}{dx} = 3x^2""",
    ),
    "a solution for each entry": (
        (r"\gamma_{ik} > 0",),
        r"""stated  | Q = \sum_{i=1}^N \sum_{k=1}^K \gamma_{ik} \left(\log \pi_k - \frac{(x_i - \mu_k)^2}{2}\right)
            ok      | \frac{\partial Q}{\partial \mu_k} = \sum_{i=1}^N \gamma_{ik} (x_i - \mu_k) = 0
            ok      | \mu_k = \frac{\sum_{i=1}^N \gamma_{ik} x_i}{\sum_{i=1}^N \gamma_{ik}}
            unknown | \mu_k = \frac{1}{N} \sum_{i=1}^N \gamma_{ik} x_i""",
    ),
    "members of a recurrence": (
        ("m_0 = 0",),
        r"""stated  | m_t = \beta m_{t-1} + (1 - \beta) g_t
            ok      | m_1 = (1 - \beta) g_1
            wrong   | m_2 = \beta m_1 + g_2
            ok      | m_2 = (1 - \beta) (\beta g_1 + g_2)""",
    ),
    "both letters of a condition below a sum": (
        (r"x \in \mathbb{R}^n",),
        r"""stated | f = \sum_{i < j} x_i x_j
            ok     | f = \frac12 \sum_{i \ne j} x_i x_j
            ok     | = \sum_{1 \le i < j \le n} x_i x_j
            ok     | = \sum_{i=1}^n \sum_{i<j} x_i x_j
            ok     | \frac{\partial f}{\partial x_k} = \sum_{j \ne k} x_j
            stated | \frac{\partial f}{\partial x_i}
            ok     | = \sum_{i \ne j} x_j
            ok     | = \sum_{j < i} x_j + \sum_{j > i} x_j
            ok     | \frac{\partial f}{\partial x_i} = \frac12 \partial_{x_i} \sum_{j \ne i} x_i x_j = \sum_{j \ne i} x_j
            wrong  | \frac{\partial f}{\partial x_k} = 2 \sum_{j \ne k} x_j""",
    ),
    "one letter of a condition below a sum": (
        (r"x \in \mathbb{R}^n",),
        r"""stated | f_j = \sum_{i \ne j} x_i x_j
            ok     | \frac{\partial f_j}{\partial x_j} = \sum_{i \ne j} x_i
            ok     | x_i \prod_{k \ne i} x_k = \prod_k x_k
            wrong  | \frac{\partial f_j}{\partial x_j} = 2 \sum_{i \ne j} x_i""",
    ),
    "letters below a sum with common limits": (
        (r"A \in \mathbb{R}^{n \times n}", r"x \in \mathbb{R}^n"),
        r"""stated | q = \sum_{i,j=1}^n A_{ij} x_i x_j
            ok     | q = x^\top A x
            ok     | q = \sum_i A_{ii} x_i^2 + \sum_{i \ne j} A_{ij} x_i x_j
            ok     | \frac{\partial q}{\partial x_k} = 2 A_{kk} x_k + \sum_{j \ne k} (A_{kj} + A_{jk}) x_j
            wrong  | q = \sum_i A_{ii} x_i^2 + \sum_{i < j} A_{ij} x_i x_j""",
    ),
    "a function defined by cases": (
        (),
        r"""stated | f(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}
            ok     | f'(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}
            wrong  | f'(x) = \begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}""",
    ),
    "a name with a raised two, and its root": (
        (r"x \in \mathbb{R}^n",),
        r"""stated | \mu = \frac1n \sum_i x_i
            stated | \sigma^2 = \frac1n \sum_i (x_i - \mu)^2
            ok     | \frac{\partial \sigma^2}{\partial x_i} = \frac2n (x_i - \mu)
            ok     | \frac{\partial \sigma}{\partial x_i} = \frac{1}{n \sigma} (x_i - \mu)
            ok     | \frac{d \sigma^2}{d \sigma} = 2 \sigma
            ok     | \frac{\partial \sigma^2}{\partial \mu} = 0
            stated | \hat x_i = \frac{x_i - \mu}{\sqrt{\sigma^2 + \epsilon}}
            ok     | \frac{\partial \hat x_i}{\partial \sigma^2} = -\frac{x_i - \mu}{2 (\sigma^2 + \epsilon)^{3/2}}
            wrong  | \frac{\partial \sigma}{\partial x_i} = \frac{2}{n \sigma} (x_i - \mu)""",
    ),
    "a family of names with a raised two": (
        (r"x \in \mathbb{R}^{n \times d}",),
        r"""stated | \mu_j = \frac1n \sum_i x_{ij}, \quad \sigma_j^2 = \frac1n \sum_i (x_{ij} - \mu_j)^2
            ok     | \frac{\partial \sigma_j^2}{\partial x_{ij}} = \frac2n (x_{ij} - \mu_j)
            ok     | \frac{\partial \sigma_j}{\partial x_{ij}} = \frac{1}{n \sigma_j} (x_{ij} - \mu_j)
            wrong  | \frac{\partial \sigma_j^2}{\partial x_{ij}} = \frac1n (x_{ij} - \mu_j)""",
    ),
    "an implicit derivative": (
        (),
        r"""stated | r^2 = x^2 + y^2
            ok     | 2 r \frac{\partial r}{\partial x} = 2x
            ok     | \frac{\partial r}{\partial x} = \frac{x}{r}
            wrong  | \frac{\partial r}{\partial x} = \frac{2x}{r}""",
    ),
    "a square that is told after its letter": (
        (r"x \in \mathbb{R}^n",),
        r"""stated | z_i = \frac{x_i - \mu}{\sigma}
            stated | \sigma^2 = \frac1n \sum_i (x_i - \mu)^2""",
    ),
    "raised numbers of layers": (
        (),
        r"""stated | z^2 = w a^1, \quad a^2 = \sigma(z^2)
            ok     | \frac{\partial a^2}{\partial a^1} = a^2 (1 - a^2) w
            wrong  | \frac{\partial a^2}{\partial a^1} = a^2 w""",
    ),
    "a variance beside the logistic function": (
        (r"x \in \mathbb{R}^n",),
        r"""stated | \sigma^2 = \frac1n \sum_i x_i^2, \quad y = \sigma(w)
            ok     | \frac{dy}{dw} = \sigma(w) (1 - \sigma(w))
            ok     | \frac{\partial \sigma^2}{\partial x_i} = \frac2n x_i""",
    ),
    "names of several capitals": (
        (),
        r"""stated | L = CE + \lambda KL, \quad CE = -\log p, \quad KL = p \log p
            ok     | \frac{\partial CE}{\partial p} = -\frac1p
            ok     | \frac{dL}{dp} = -\frac1p + \lambda (\log p + 1)
            wrong  | CE = \log p""",
    ),
    "a chain over lines": (
        (),
        r"""stated  | f = (x+1)^2
            ok      | = x^2 + 2x + 1
            wrong   | = x^2 + x + 1
            follows | = x(x+1) + 1
            ok      | = x^2 + 2x + 1""",
    ),
    "a chain goes on behind a line with its own left side": (
        (),
        r"""ok     | \frac{d}{dx} x^3 = 3x^2
            ok     | \frac{d}{dx} \sin x = \cos x
            ok     | = \sin(x + \pi/2)
            wrong  | = 3x^2""",
    ),
    "members of one line agree with their neighbours": (
        (),
        r"""wrong | y = x^2 = x \cdot x = x^3
            ok    | (a+b)^2 = a^2 + 2ab + b^2 = a(a + 2b) + b^2
            wrong | (a+b)^2 = a^2 + b^2 = a^2 + 2ab + b^2""",
    ),
    "a chain without a head": ((), "unknown | = 2x"),
    "a chain behind a line that could not be read": (
        (),
        r"""stated  | y = x^2
            unread  | y = x^2 +* 3
            unknown | = x \cdot x
            ok      | \frac{dy}{dx} = 2x""",
    ),
    "a line with several statements has the verdict of the worst": (
        (),
        r"""ok      | y = x^2, \quad \frac{dy}{dx} = 2x
            wrong   | u = x^2, \quad \frac{du}{dx} = 3x
            unknown | v = x^2; \frac{dv}{dx} = q
            wrong   | \frac{du}{dx} = 2x \text{ and } \frac{dv}{dx} = x""",
    ),
    "what a line defines is known behind its arrow": (
        (),
        r"""ok    | y = x^2 \Rightarrow y' = 2x
            wrong | u = x^2 \Rightarrow u' = 3x""",
    ),
    "an upstream gradient before its quantity": (
        (),
        r"""stated | \frac{\partial E}{\partial a} = -t/a
            stated | a = \sigma(z)
            ok     | \frac{\partial E}{\partial z} = -t(1 - a)""",
    ),
    "what was cancelled inside a line counts": ((), r"ok | \cancel{2}x + 3x - \cancel{2}x = 3x"),
    "a bare expression claims nothing": ((), "stated | x^2 + 1"),
    "definitions": (
        (),
        r"""stated | y := x^2
            stated | v \triangleq 3x
            stated | \text{let } u = 2x
            wrong  | u = 3x
            ok     | u = x + x""",
    ),
    "a second form of a definition": ((), "stated | f = x^2 - 1\nok | f = (x-1)(x+1)\nwrong | f = (x-1)^2"),
    "carried through the chain rule": (
        (),
        r"""stated  | u = x^2
            stated  | y = u^3
            wrong   | \frac{du}{dx} = x
            ok      | \frac{dy}{du} = 3u^2
            follows | \frac{dy}{dx} = 3u^2 x
            ok      | \frac{dy}{dx} = 6u^2 x
            wrong   | \frac{dy}{dx} = 5u^2 x""",
    ),
    "carried through a layer": (
        LINEAR,
        r"""stated  | z = W x
            stated  | L = \frac12 \|z - b\|^2
            wrong   | \frac{\partial L}{\partial z} = 2(z-b)
            follows | \frac{\partial L}{\partial W} = 2(z-b) x^\top
            follows | \frac{\partial L}{\partial x} = 2 W^\top (z-b)
            ok      | \frac{\partial L}{\partial x} = W^\top (z-b)
            wrong   | \frac{\partial L}{\partial x} = 3 W^\top (z-b)""",
    ),
    "carried through numbers": (
        (),
        r"""stated  | a = 1.5 \cdot 2.5
            wrong   | a = 3.85
            follows | 2a = 7.70
            ok      | 2a = 7.5""",
    ),
    "later names reach back": (
        (),
        r"""stated | f = (\sin x)^4
            stated | u = \sin x
            ok     | \frac{df}{du} = 4u^3
            wrong  | \frac{df}{du} = 4u""",
    ),
    "later names reach back in arrays": (
        LEAST,
        r"""stated | f = (y - Xw)^\top (y - Xw)
            stated | u = y - Xw
            ok     | \frac{\partial f}{\partial u} = 2u
            ok     | \frac{\partial f}{\partial w} = -2 X^\top u
            wrong  | \frac{\partial f}{\partial w} = 2 X^\top u""",
    ),
    "a partial may be direct or total, a d is total": (
        (),
        r"""stated | u = x^2
            stated | y = u x
            ok     | \frac{\partial y}{\partial x} = u
            wrong  | \frac{dy}{dx} = u
            ok     | \frac{\partial y}{\partial x} = 3x^2
            ok     | \frac{dy}{dx} = 3x^2
            wrong  | \frac{\partial y}{\partial x} = 2x^2
            ok     | \frac{\partial y}{\partial u} = x""",
    ),
    "vectors compare up to orientation": (
        ARRAYS,
        r"""stated | f = a^\top x
            ok     | \frac{\partial f}{\partial x} = a
            ok     | \frac{\partial f}{\partial x} = a^\top
            ok     | \nabla_x f = a^\top""",
    ),
    "matrices never do": (
        LINEAR,
        r"""stated | z = W x
            stated | L = b^\top z
            ok     | \frac{\partial z}{\partial x} = W
            wrong  | \frac{\partial z}{\partial x} = W^\top
            ok     | \frac{\partial L}{\partial W} = b x^\top
            wrong  | \frac{\partial L}{\partial W} = x b^\top""",
    ),
    "the other layout where it is said": (
        (*LINEAR, "denominator layout"),
        r"""stated | z = W x
            ok     | \frac{\partial z}{\partial x} = W^\top
            wrong  | \frac{\partial z}{\partial x} = W""",
    ),
    "a gradient turns as its product needs": (
        LINEAR,
        r"""stated | z = W x
            stated | L = \frac12 \|z - b\|^2
            ok     | \frac{\partial L}{\partial x} = \frac{\partial L}{\partial z} W
            ok     | \frac{\partial L}{\partial x} = W^\top \frac{\partial L}{\partial z}
            wrong  | \frac{\partial L}{\partial x} = W \frac{\partial L}{\partial z}""",
    ),
    "conditions on indices": (
        SOFTMAX,
        r"""ok    | i \ne j:\quad \frac{\partial s_i}{\partial z_j} = -s_i s_j
            ok    | i = j:\quad \frac{\partial s_i}{\partial z_j} = s_i(1 - s_i)
            wrong | i = j:\quad \frac{\partial s_i}{\partial z_j} = -s_i s_j
            wrong | \frac{\partial s_i}{\partial z_j} = s_i""",
    ),
    "values that hold on a line and on those that continue it": (
        (),
        r"""stated | f = s x^2 + p
            ok     | s=1,\ p=0:\quad f = x^2
            ok     | = x \cdot x
            wrong  | f = x^2
            ok     | s=2,\ p=1:\quad f = 2x^2 + 1
            wrong  | s=1,\ p=0:\quad f = 2x^2""",
    ),
    "a sign that holds on a line": (
        (r"x \in \mathbb{R}",),
        r"""ok    | x > 0: \sqrt{x^2} = x
            wrong | \sqrt{x^2} = x
            ok    | x < 0: \sqrt{x^2} = -x""",
    ),
    "what follows where a gradient vanishes": (
        QUADRATIC,
        r"""stated | f(x) = \frac12 x^\top A x - b^\top x
            ok     | \nabla f = 0 \iff 2Ax = 2b
            ok     | \nabla f = 0 \iff Ax - b = 0
            wrong  | \nabla f = 0 \iff 2Ax = b""",
    ),
    "templates": (
        (r"t \in \{1, 2\}",),
        r"""stated | h_t = \tanh(w h_{t-1} + x_t)
            ok     | \frac{\partial h_2}{\partial h_1} = w (1 - h_2^2)
            wrong  | \frac{\partial h_2}{\partial h_1} = 1 - h_2^2
            ok     | \frac{\partial h_2}{\partial x_1} = w (1 - h_2^2)(1 - h_1^2)""",
    ),
    "templates of layers": (
        LAYERS,
        r"""stated | z^l = w^l a^{l-1} + b^l
            ok     | \frac{\partial z^2}{\partial a^1} = w^2
            ok     | \frac{\partial z^1}{\partial w^1} = a^0
            ok     | \frac{\partial z^2}{\partial w^1} = w^2 \frac{\partial a^1}{\partial w^1}""",
    ),
    "rounded numbers": (
        (),
        r"""ok    | \frac{2}{3} = 0.667
            wrong | \frac{2}{3} = 0.666
            ok    | \sqrt{2} \approx 1.41
            wrong | \sqrt{2} \approx 1.42
            ok    | \frac{1}{3} = 0.3""",
    ),
    "rounding twice": (
        (),
        r"""stated | y = \sigma(1.5)
            ok     | y = 0.8176
            ok     | 1 - y = 0.1824
            ok     | y(1-y) = 0.1491
            wrong  | y(1-y) = 0.1591""",
    ),
    "a logarithm takes the base that its numbers tell": (
        (),
        r"""stated | p = \log 5
            ok     | p = 0.699
            ok     | \log 2 = 0.301
            wrong  | \log 2 = 0.693""",
    ),
    "or is natural": ((), r"ok | \log 5 = 1.609"),
    "a base that is said": ((r"\log has base 10",), "wrong | \\log 5 = 1.609\nok | \\log 5 = 0.699"),
    "natural where it is said": ((r"\log is natural",), r"wrong | \log 5 = 0.699"),
    "ln is always natural": ((), r"wrong | \ln 5 = 0.699"),
    "and keeps it when it is natural": ((), "ok | \\log 5 = 1.609\nwrong | \\log 5 = 0.699"),
    "whole numbers tell a base too": ((), "ok | \\log 100 = 2\nok | \\log 1000 = 3"),
    "binary logarithms": ((), r"ok | \log 5 = 2.32"),
    "a function without a formula": (
        (r"g \colon \mathbb{R} \to \mathbb{R}",),
        r"""stated | y = g(x)^2
            ok     | \frac{dy}{dx} = 2 g(x) g'(x)
            wrong  | \frac{dy}{dx} = 2 g(x)""",
    ),
    "a loss without a formula": (
        (),
        r"""stated | z = w x + b
            ok     | \frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} x
            wrong  | \frac{\partial L}{\partial w} = \frac{\partial L}{\partial z} w
            ok     | \frac{\partial L}{\partial b} = \frac{\partial L}{\partial z}""",
    ),
    "an upstream gradient that is given": (
        (*LINEAR, "y = W x", r"g \in \mathbb{R}^m", r"\frac{\partial L}{\partial y} = g"),
        r"""ok | \frac{\partial L}{\partial x} = W^\top g
            ok | \frac{\partial L}{\partial W} = g x^\top""",
    ),
    "a derivative of what has no formula is told": ((), "stated | \\frac{\\partial L}{\\partial w} = 3"),
    "a letter that nobody knows": ((), "stated | y = x^2\nunknown | y = q"),
    "free variables stand for any number": (
        (),
        "wrong | \\frac{d}{dx} x^2 = -2x\nok | a + b = b + a\nwrong | a - b = b - a",
    ),
    "an approximation without a bound is open": ((), r"unknown | \sin x \approx x"),
    "an update is no equation": (
        (),
        r"""stated  | L = \frac12 (wx - y)^2
            stated  | w \leftarrow w - \eta g
            ok      | w \leftarrow w - \eta \frac{\partial L}{\partial w} = w - \eta (wx - y) x
            wrong   | w \leftarrow w - \eta \frac{\partial L}{\partial w} = w + \eta (wx - y) x
            ok      | \frac{\partial L}{\partial w} = (wx - y) x""",
    ),
    "an update takes back a value, and what was computed from it": (
        (),
        r"""stated  | w = 0.5, \quad x = 2, \quad z = w x
            ok      | z = 1
            ok      | w \gets w + 0.4 = 0.9
            unknown | w x = 1.8
            stated  | z = 1.8
            wrong   | x + 1 = 4""",
    ),
    "an exponent behind a call may belong to the argument": (("x > 0",), r"ok | \log(x)^{-1} = -\log x"),
    "or to the value": (("x > 0",), r"ok | \log(x)^{-1} = \frac{1}{\log x}"),
    "but to nothing else": (("x > 0",), r"wrong | \log(x)^{-1} = \log x"),
    "differentials": ((), "stated | y = x^2\nok | dy = 2x\\,dx\nwrong | dy = 3x\\,dx"),
    "a mean": (
        MEAN,
        r"""ok    | \frac{\partial L}{\partial w} = -\frac2n \sum_{i=1}^n (y_i - w x_i) x_i
            wrong | \frac{\partial L}{\partial w} = -2 \sum_{i=1}^n (y_i - w x_i) x_i
            wrong | \frac{\partial L}{\partial w} = -\frac2n (y_i - w x_i) x_i""",
    ),
    "numbers in place": (
        (),
        r"""stated  | x_1 = 2, x_2 = 3
            stated  | y = x_1 x_2
            ok      | y = 6
            wrong   | y = 5
            follows | y + 1 = 6
            ok      | y + 1 = 7""",
    ),
}


@pytest.mark.parametrize("label", DERIVATIONS)
def test_verdicts(label: str) -> None:
    given, lines = DERIVATIONS[label]
    report, expected = judged(lines, given)
    assert [line.verdict for line in report.lines] == expected, shown(report)


@pytest.mark.parametrize("label", DERIVATIONS)
def test_a_report_sums_its_lines_up(label: str) -> None:
    given, lines = DERIVATIONS[label]
    report, expected = judged(lines, given)
    assert report.first_wrong == (expected.index("wrong") if "wrong" in expected else None), shown(report)
    assert report.ok == (set(expected) <= {"ok", "stated", "skipped"}), shown(report)


UNTOLD = r"\sum_i y_i = 1"
LOSS = (*SOFTMAX, r"y \in \mathbb{R}^n", r"L = -\sum_i y_i \log s_i")

CONDITIONS = {
    "a logarithm needs a positive letter": ((), r"\ln x^2 = 2 \ln x", ("x > 0",)),
    "so does that of a product": ((), r"\ln(ab) = \ln a + \ln b", ("a > 0", "b > 0")),
    "a denominator that cancels": ((), r"\frac{x^2}{x} = x", (r"x \ne 0",)),
    "a condition that is given": (("x > 0",), r"\sqrt{x^2} = x", ()),
    "a property that is given": (
        (r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}", "A is symmetric"),
        r"\frac{\partial}{\partial x} x^\top A x = 2Ax",
        (),
    ),
    "a sum that is given": ((*LOSS, UNTOLD), r"\frac{\partial L}{\partial z_j} = s_j - y_j", ()),
    "a sum that nobody told": (
        LOSS[:-2],
        r"-\frac{\partial}{\partial z_j} \sum_i y_i \log s_i = s_j - y_j",
        (r"\sum_l y_l = 1",),
    ),
    "a usual one of a letter that nobody declared": ((), r"\sqrt{x^2} = x", ("x > 0",)),
    "none": ((), "x + x = 2x", ()),
}


@pytest.mark.parametrize("label", CONDITIONS)
def test_conditions_are_found_and_named(label: str) -> None:
    given, line, conditions = CONDITIONS[label]
    report, _ = judged(f"ok | {line}", given)
    assert (report.lines[0].verdict, set(report.lines[0].conditions)) == ("ok", set(conditions)), shown(report)


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (LOSS, r"\frac{\partial L}{\partial z_j} = s_j - y_j"),
        ((r"x \in \mathbb{R}",), r"\sqrt{x^2} = x"),
        ((r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{n \times n}"), r"\frac{\partial}{\partial x} x^\top A x = 2Ax"),
    ],
)
def test_a_declared_letter_has_no_other_properties(given: tuple[str, ...], line: str) -> None:
    report, expected = judged(f"wrong | {line}", given)
    assert [found.verdict for found in report.lines] == expected, shown(report)


OPEN = {
    "a letter": ((), r"\frac{d}{dx} x^2 = 2x q", ("q",)),
    "a quantity without a formula": ((), r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} w", ("w", "y")),
}


@pytest.mark.parametrize("label", OPEN)
def test_what_would_decide_a_line_is_named(label: str) -> None:
    given, line, missing = OPEN[label]
    report, _ = judged(f"unknown | {line}", given)
    (found,) = report.lines
    assert found.verdict == "unknown", shown(report)
    assert set(found.missing) <= set(missing) and found.missing, f"{found.missing}: {shown(report)}"
    assert all(name in found.say for name in found.missing)


def test_a_verdict_depends_on_the_lines_above_only() -> None:
    lines = [r"y = x^2", r"\frac{dy}{dx} = 2x", "= x + x", r"\frac{dy}{dx} = 3x", "= x + 2x"]
    whole = [line.verdict for line in judge(lines, Environment())]
    assert whole == ["stated", "ok", "ok", "wrong", "follows"]
    for count in range(1, len(lines)):
        assert [line.verdict for line in judge(lines[:count], Environment())] == whole[:count]


def test_a_new_derivation_has_no_head() -> None:
    marker = Marker(Environment())
    marker.line("y = x^2")
    assert marker.line("= x x").verdict == "ok"
    marker.separate()
    assert marker.line("= x x").verdict == "unknown"
    assert marker.line("y = x x").verdict == "ok", "what is known stays known"


def test_a_line_that_is_struck_out_defines_nothing() -> None:
    marker = Marker(environment([]))
    assert marker.skip("y = x^3").verdict == "skipped"
    assert marker.line("y = x^2").verdict == "stated"
    assert marker.line(r"\frac{dy}{dx} = 2x").verdict == "ok"


def test_the_place_of_what_could_not_be_read() -> None:
    line = judge(["y = x +* 3"], Environment())[0]
    assert (line.verdict, line.statements[0].span) == ("unread", (7, 8))


def test_a_wrong_line_points_at_the_member_that_is_wrong() -> None:
    source = r"y = x^2, \quad \frac{dy}{dx} = 2x = x"
    (line,) = judge([source], Environment())
    worst = line.worst
    assert worst is not None and source[slice(*worst.place)] == "x"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("2 < 3", "ok"),
        ("3 < 2", "wrong"),
        (r"\pi \le \pi", "ok"),
        (r"\sqrt{2} \sqrt{2} \le 2", "ok"),
        (r"\sqrt{2} \sqrt{2} < 2", "wrong"),
        (r"\cos(170!!) < \sqrt{9^{9^{9^9}}}", "unknown"),
    ],
)
def test_a_relation_between_numbers(line: str, verdict: str) -> None:
    (found,) = judge([line], Environment())
    assert found.verdict == verdict


SOFTMAX_ENTRIES = (r"z \in \mathbb{R}^K", r"p_j = e^{z_j} / \sum_k e^{z_k}")


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial p_i}{\partial z_j} = -p_i p_j \quad (i \ne j)", "ok"),
        (r"\frac{\partial p_i}{\partial z_j} = p_i (1 - p_i), \quad i = j", "ok"),
        (r"\frac{\partial p_i}{\partial z_j} = p_i p_j \quad (i \ne j)", "wrong"),
        (r"\frac{\partial z_i}{\partial z_j} = 1 \text{ if } i \ne j", "wrong"),
        (r"\frac{d}{dx} |x| = 1 \quad (x > 0)", "ok"),
        (r"\frac{d}{dx} |x| = -1 \quad (x > 0)", "wrong"),
    ],
)
def test_a_condition_behind_a_claim_restricts_it(line: str, verdict: str) -> None:
    (found,) = judge([line], environment(SOFTMAX_ENTRIES))
    assert found.verdict == verdict


SCRIPTS = [
    ("a name in words keeps its definition", [r"\mathrm{KL} = \|x\|^2", r"\nabla_x \mathrm{KL} = 3x"], ["stated", "wrong"]),
    (
        "a square of a new letter is a name",
        ["s^2 = x^\\top x", r"\frac{\partial s^2}{\partial x_j} = x_j", r"\frac{\partial s^2}{\partial x_j} = 2 x_j"],
        ["stated", "wrong", "ok"],
    ),
    ("an equation for a letter", ["a^2 = 4"], ["stated"]),
    (
        "what is assumed of a letter is given from there on",
        [
            r"L = -\sum_k y_k \log s_k, \quad s = \operatorname{softmax}(x)",
            r"y \in \mathbb{R}^n",
            r"\nabla_x L = s - y",
            r"\sum_k y_k = 1",
            r"\nabla_x L = s - y",
            r"\sum_k y_k = 1",
        ],
        ["stated", "stated", "wrong", "stated", "ok", "ok"],
    ),
    (
        "sums with limits, squared norms and inner products are assumed too",
        [r"f = \|x\|", r"\sum_{k=1}^n x_k = 1", r"\|x\|^2 = 1", r"x^\top x = 1", r"X X^\top = I"],
        ["stated"] * 5,
    ),
    ("what is defined is not assumed", [r"u = x / \|x\|", r"\|u\| = 1", r"\|u\| = 2"], ["stated", "ok", "wrong"]),
    ("a norm and orthogonality are assumed", [r"f = \|x\|", r"\|x\| = 1", r"X^\top X = I"], ["stated", "stated", "stated"]),
    ("a bare gradient is by the only array", [r"f = \|x\|^2", r"\nabla f = 2x", r"\nabla f = x"], ["stated", "ok", "wrong"]),
    (
        "a bare gradient of what has parts is by nobody knows what",
        [r"r = 2x", r"f = \|r\|^2", r"\nabla f = 2r", r"\nabla f = 3r"],
        ["stated", "stated", "unknown", "unknown"],
    ),
    ("sizes multiply in any order", [r"\operatorname{vec}(A X B) = (B^\top \otimes A) \operatorname{vec}(X)"], ["ok"]),
    (
        "factors of Kronecker in their order",
        [r"\operatorname{vec}(A X B) = (A \otimes B^\top) \operatorname{vec}(X)"],
        ["wrong"],
    ),
    (
        "an entry of what has none",
        [r"\operatorname{tr}(\log 9) = [\|\ell\|^2]_{1}"],
        ["unknown"],
    ),
    (
        "the member of a family",
        [r"E = \sum_{k=1}^K \|x - c_k\|^2", r"\frac{\partial E}{\partial c_k} = 2(c_k - x)", r"= 3(c_k - x)"],
        ["stated", "ok", "wrong"],
    ),
]


@pytest.mark.parametrize("line", ["z = W b", "z = W^{-1} b", r"L = \log \det W", r"L = \operatorname{tr}(W)", "L = x^T W x"])
def test_what_is_defined_has_to_fit(line: str) -> None:
    (found,) = judge([line], environment(LINEAR))
    assert found.verdict == "wrong"
    assert found.worst is not None and found.worst.cause is not None
    assert found.worst.cause.kind == "shape-mismatch"


@pytest.mark.parametrize(("what", "lines", "verdicts"), SCRIPTS)
def test_scripts(what: str, lines: list[str], verdicts: list[str]) -> None:
    known = environment([
        r"x \in \mathbb{R}^n", r"A \in \mathbb{R}^{m \times n}", r"X \in \mathbb{R}^{n \times p}",
        r"B \in \mathbb{R}^{p \times q}", r"c_k \in \mathbb{R}^n, k = 1, \dots, K",
    ])  # fmt: skip
    assert [line.verdict for line in judge(lines, known)] == verdicts, what


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (["y = W x + b", r"\frac{\partial y}{\partial x} = W^\top"], ("W",)),
        ([r"(AB)^\top = A^\top B^\top"], ("A", "B")),
        ([r"f = \operatorname{tr}(K)", r"\frac{\partial f}{\partial K} = 1"], ("K",)),
    ],
)
def test_an_undeclared_letter_that_is_transposed_is_no_number(lines: list[str], missing: tuple[str, ...]) -> None:
    last = judge(lines, Environment())[-1]
    assert (last.verdict, last.statements[0].missing) == ("unknown", missing)


@pytest.mark.parametrize("what", [r"\Phi(O)", r"f(O)", r"\ell(O)"])
def test_the_value_of_an_undeclared_function_of_an_array_may_be_a_number(what: str) -> None:
    known = environment([r"Q, K, V \in \mathbb{R}^{n \times d}"])
    lines = [
        r"A = \frac{QK^T}{\sqrt d}",
        r"O = A V",
        f"L = {what}",
        r"\frac{\partial L}{\partial V} = A^T \frac{\partial L}{\partial O}",
        r"\frac{\partial L}{\partial A} = \frac{\partial L}{\partial O} V^T",
    ]
    assert [line.verdict for line in judge(lines, known)][3:] == ["unknown", "unknown"]
