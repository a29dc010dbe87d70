"""Risk: how sure are the dates, and who and what moves them?"""

from synodos.schedule.risk.asking import risk

__all__ = ["risk"]
