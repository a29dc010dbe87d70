"""Which dates does a calendar program get, and for how long?"""
