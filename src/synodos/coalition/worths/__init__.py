"""Worths: what can every group of agencies achieve on its own?"""
