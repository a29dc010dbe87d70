"""Scenarios side by side: an aspect a file."""
