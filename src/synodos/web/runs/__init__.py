"""What takes long, and how far is it?"""
