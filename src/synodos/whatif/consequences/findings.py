"""Findings of law that a change brings or takes."""

from __future__ import annotations

from collections.abc import Sequence

from synodos.language import Change, Portfolio, Step
from synodos.law import Finding, assess, catalogue
from synodos.whatif.applying.norms import catalogue_after
from synodos.whatif.consequences.effects import FindingEffect

Key = tuple[str, str, str]


def finding_effects(before: Portfolio, after: Portfolio, change: Change | Sequence[Step]) -> tuple[FindingEffect, ...]:
    """Return the findings that appear, disappear or change, told apart by norm, activity and bearer."""
    old = _by_key(assess(before).findings)
    norms = catalogue_after(change, known_on=before.known_on)
    new = old if after is before and norms is catalogue() else _by_key(assess(after, catalogue=norms).findings)
    found = [_effect(key, old.get(key), new.get(key)) for key in {**old, **new} if _said(old, key) != _said(new, key)]
    return tuple(sorted(found, key=lambda one: (one.activity, one.norm, one.bearer)))


def _by_key(findings: Sequence[Finding]) -> dict[Key, Finding]:
    """Return findings by what they are about."""
    return {(one.norm, one.activity, one.bearer): one for one in findings}


def _said(findings: dict[Key, Finding], key: Key) -> tuple[str, tuple[str, ...]] | None:
    """Return what of a finding can differ: its status, and what is open in it."""
    found = findings.get(key)
    return None if found is None else (found.status, _open(found))


def _open(finding: Finding | None) -> tuple[str, ...]:
    """Return the questions that are open in a finding, each once."""
    return tuple(dict.fromkeys(one.id for one in finding.questions)) if finding else ()


def _effect(key: Key, old: Finding | None, new: Finding | None) -> FindingEffect:
    """Return how a finding differs."""
    status = old.status if old else None, new.status if new else None
    return FindingEffect(*key, *status, _open(old), _open(new))
