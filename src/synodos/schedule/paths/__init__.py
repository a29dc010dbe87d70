"""When can and must everything happen?"""
