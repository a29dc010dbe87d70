"""Sharing: who brings what in kind, and what does each gain beside money?"""
