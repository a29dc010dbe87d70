"""What does an edition of the roadmap look like?"""
