"""Planning: who would build what, and which missions would fly when, if a group planned together?"""
