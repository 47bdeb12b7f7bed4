"""The doctor: a sound installation is said to be sound, and a fault is found."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import symderiv as sd
from symderiv import doctor, library
from symderiv.errors import SymderivError

ROOT = Path(__file__).parent.parent


def test_this_installation_is_sound():
    found = doctor.report()
    assert found["ok"], found
    assert found["symderiv"] == sd.__version__
    assert found["library"]["problems"] == len(sd.problems())
    assert doctor.lines(found)[-1] == "sound"


def test_every_dependency_of_the_package_is_looked_at():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert [re.match(r"[\w-]+", item)[0] for item in declared] == list(doctor.DEPENDENCIES)


def test_a_missing_dependency_is_found(monkeypatch):
    monkeypatch.setattr(doctor, "DEPENDENCIES", ("no-such-package",))
    found = doctor.report()
    assert not found["ok"]
    assert "  no-such-package is missing: pip install no-such-package" in doctor.lines(found)


def test_an_empty_library_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(library, "folder", lambda: tmp_path)
    found = doctor.report()
    assert not found["ok"]
    assert found["library"]["fault"] == "no problems were found"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"TESTED": r"\log(1 + e^{2x})"}, "the value at x = 0.5 is "),
        ({"TESTED": r"\unknown(x)"}, "unknown"),
    ],
)
def test_a_derivation_that_goes_wrong_is_found(monkeypatch, broken, said):
    for name, value in broken.items():
        monkeypatch.setattr(doctor, name, value)
    tested = doctor.report()["self_test"]
    assert not tested["ok"]
    assert said in tested["found"]


def test_a_refused_step_is_told_and_not_raised(monkeypatch):
    def refuse(*_):
        raise SymderivError("refuted-step", "this step is wrong")

    monkeypatch.setattr(doctor, "derive", refuse)
    assert doctor.report()["self_test"]["found"] == "this step is wrong"


def test_the_verb_prints_one_object():
    done = subprocess.run(
        [sys.executable, "-m", "symderiv", "doctor", "--json"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert json.loads(done.stdout)["schema"] == "symderiv/doctor/1"
