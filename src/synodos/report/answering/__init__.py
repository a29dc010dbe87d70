"""What is an answer made of?"""
