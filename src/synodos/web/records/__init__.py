"""What was stated, by whom, and who may see it?"""
