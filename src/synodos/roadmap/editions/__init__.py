"""Which roadmap was published, and what changed since?"""
