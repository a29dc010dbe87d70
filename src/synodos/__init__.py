"""Synodos: where space agencies' exploration plans meet, and who depends on whom."""

__version__ = "0.1.0"
