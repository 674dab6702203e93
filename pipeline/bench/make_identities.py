"""Writes pairs of formulas whose equality SymPy decides: rewritten (equal) and perturbed (different).

Usage: python make_identities.py ROWS SEED > identities-sympy-1.14.jsonl
Needs: sympy 1.14. A perturbed pair is kept only if it differs clearly at random points.
"""
import json
import random
import sys

import sympy as sp

x, y, a, b = sp.symbols("x y a b")
SYMBOLS = [x, y, a, b]


def number(rng):
    kind = rng.random()
    if kind < 0.6:
        return sp.Integer(rng.choice([-7, -5, -3, -2, -1, 1, 2, 3, 4, 5, 6, 9, 12]))
    if kind < 0.85:
        return sp.Rational(rng.randint(1, 9), rng.randint(2, 9))
    return rng.choice([sp.sqrt(2), sp.sqrt(3), sp.pi, sp.E, sp.sqrt(5) / 2])


def leaf(rng, variables):
    return number(rng) if not variables or rng.random() < 0.45 else rng.choice(variables)


def tree(rng, depth, variables):
    if depth == 0:
        return leaf(rng, variables)
    kind = rng.randrange(10)
    left = tree(rng, depth - 1, variables)
    if kind < 3:
        return left + tree(rng, depth - 1, variables)
    if kind < 6:
        return left * tree(rng, depth - 1, variables)
    if kind == 6:
        right = tree(rng, depth - 1, variables)
        return left / right if right != 0 else left
    if kind == 7:
        return left ** rng.choice([2, 3])
    if kind == 8:
        return rng.choice([sp.sin, sp.cos, sp.exp, sp.tan])(left)
    return sp.sqrt(left**2 + rng.randint(1, 9))


REWRITES = [sp.expand, sp.factor, sp.together, sp.expand_trig, sp.cancel, sp.trigsimp, sp.powsimp,
            lambda e: sp.apart(e) if len(e.free_symbols) == 1 else sp.expand(e),
            lambda e: sp.radsimp(e), lambda e: e.rewrite(sp.sin)]


def perturb(rng, expr):
    atoms = [n for n in sp.preorder_traversal(expr) if n.is_Number or n.is_Symbol]
    if not atoms:
        return expr + 1
    atom = rng.choice(atoms)
    other = rng.choice([s for s in SYMBOLS if s != atom]) if atom.is_Symbol else atom + rng.choice([1, -1, 2])
    if rng.random() < 0.3:
        return -expr
    return expr.xreplace({atom: other})


def differs(rng, left, right):
    symbols = sorted((left - right).free_symbols, key=str)
    for _ in range(6):
        point = {s: sp.Rational(rng.randint(-40, 40), 7) for s in symbols}
        try:
            value = sp.N((left - right).subs(point), 30)
            scale = abs(sp.N(left.subs(point), 30)) + 1
            if value.is_number and value.is_finite and abs(value) / scale > sp.Float("1e-12"):
                return True
        except (TypeError, ValueError, ZeroDivisionError):
            continue
    return False


def row(rng):
    variables = rng.sample(SYMBOLS, rng.randint(0, 3))
    expr = tree(rng, rng.randint(1, 3), variables)
    if expr.has(sp.zoo, sp.nan, sp.oo) or sp.count_ops(expr) > 25:
        return None
    equal = rng.random() < 0.5
    try:
        other = rng.choice(REWRITES)(expr) if equal else perturb(rng, expr)
    except Exception:  # a rewrite that does not apply
        return None
    if other == expr or other.has(sp.zoo, sp.nan, sp.oo) or (not equal and not differs(rng, expr, other)):
        return None
    forms = [lambda e: sp.latex(e), lambda e: sp.latex(e, fold_short_frac=True),
             lambda e: sp.latex(e, mul_symbol="dot"),
             lambda e: sp.latex(e) if e.has(sp.E) else str(e),
             lambda e: sp.latex(e, root_notation=False), lambda e: sp.latex(e, ln_notation=True)]
    return {"gold": rng.choice(forms)(expr), "pred": rng.choice(forms)(other), "expected": equal}


def main():
    rng = random.Random(int(sys.argv[2]))
    rows = 0
    while rows < int(sys.argv[1]):
        made = row(rng)
        if made:
            made = {"id": "sympy-%04d" % rows, **made}
            print(json.dumps(made))
            rows += 1


main()
