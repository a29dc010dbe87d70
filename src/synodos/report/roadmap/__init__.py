"""Which way does the roadmap go, and how good is what it says?"""
