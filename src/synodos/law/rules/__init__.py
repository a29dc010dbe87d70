"""What stands in the rules of the norms, and is it sound?"""
