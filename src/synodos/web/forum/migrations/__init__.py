"""Migrations of `forum`."""
