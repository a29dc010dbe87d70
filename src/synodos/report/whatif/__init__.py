"""What if a partner leaves?"""
