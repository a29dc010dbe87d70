"""Applying: how do plans read after a change?"""
