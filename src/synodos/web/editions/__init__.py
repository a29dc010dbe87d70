"""Which editions of the roadmap are published here?"""
