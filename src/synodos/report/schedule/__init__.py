"""When can it fly?"""
