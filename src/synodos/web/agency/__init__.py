"""What does my agency say?"""
