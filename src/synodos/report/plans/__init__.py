"""Where do plans meet, and what rests on what?"""
