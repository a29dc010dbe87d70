"""Showing: how does an answer look on a page, and as a file?"""
