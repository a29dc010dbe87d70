"""Answers on the forum: who leads it, what is open, where does each agency stand, and what was agreed?"""
