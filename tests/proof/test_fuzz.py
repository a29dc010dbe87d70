"""Damaged files: whatever bytes are changed, reading ends in a portfolio or in faults, never in a crash."""

import random
import shutil

import pytest

from synodos.exchange import inspect, read_history, write

pytestmark = pytest.mark.proof
DAMAGED = 400


def damaged(content, chance):
    """The content with a few bytes changed, left out, doubled or moved."""
    content = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        what = chance.choice(("flip", "cut", "double", "zero", "text"))
        if what == "flip":
            content[at] ^= 1 << chance.randrange(8)
        elif what == "cut":
            del content[at : at + chance.randint(1, 40)]
        elif what == "double":
            content[at:at] = content[at : at + chance.randint(1, 400)]
        elif what == "zero":
            content[at] = 0
        else:
            content[at:at] = chance.choice(
                (b"&a ", b"*a", b"!!python/object:os.system ", b"[[[[", b"}", b"\xff\xfe", b": :")
            )
    return bytes(content)


@pytest.mark.parametrize("form", ["folder", "json", "xlsx"])
def test_damaged_files_end_in_a_portfolio_or_in_faults(root, tmp_path, form, record_property):
    chance = random.Random(form)  # noqa: S311 - made-up damage, repeatable
    plans = read_history(root / "portfolios/hubble")
    whole = tmp_path / "whole" if form == "folder" else tmp_path / f"whole.{form}"
    write(plans, whole)
    sound = 0
    for number in range(DAMAGED):
        broken = tmp_path / f"broken-{number}{whole.suffix}"
        if form == "folder":
            shutil.copytree(whole, broken)
            target = chance.choice(sorted(broken.iterdir()))
        else:
            target = shutil.copy(whole, broken) and broken
        target.write_bytes(damaged(target.read_bytes(), chance))
        history, faults = inspect(broken)
        assert history is not None or faults
        sound += history is not None
        shutil.rmtree(broken) if form == "folder" else broken.unlink()
    record_property("damaged files", DAMAGED)
    record_property("still sound", sound)
