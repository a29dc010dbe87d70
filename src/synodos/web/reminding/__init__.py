"""Who is to be reminded of what, and was that person reminded already?"""
