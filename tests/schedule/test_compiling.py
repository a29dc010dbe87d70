"""Machine code that is kept between processes goes with the source of everything in it."""

import os
import subprocess
import sys
from pathlib import Path

import synodos

RUN = """
import numpy as np
import caller, step
from synodos.schedule.paths.compiling import compiled
found = np.zeros(1)
compiled(caller.kernel, step.step)(found)
print(found[0])
"""


def answer(folder):
    path = os.pathsep.join((str(folder), str(Path(synodos.__file__).parents[1])))  # the package that is under test
    environment = os.environ | {"PYTHONPATH": path, "NUMBA_CACHE_DIR": str(folder / "kept")}
    run = subprocess.run([sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=True)
    return float(run.stdout)


def test_a_change_in_a_function_that_a_kernel_calls_is_noticed(tmp_path):
    (tmp_path / "caller.py").write_text("from step import step\n\n\ndef kernel(found):\n    found[0] = step()\n")
    (tmp_path / "step.py").write_text("def step():\n    return 1.0\n")
    assert answer(tmp_path) == 1
    assert list((tmp_path / "kept").rglob("caller.kernel-*.nbi"))
    (tmp_path / "step.py").write_text("def step():\n    return 22.0\n")
    assert answer(tmp_path) == 22
