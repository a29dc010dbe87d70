"""What do the plans tell?"""
