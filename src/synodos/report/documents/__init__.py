"""What does a reader take to the meeting?"""
