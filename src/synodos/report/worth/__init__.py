"""What is cooperating worth, and to whom?"""
