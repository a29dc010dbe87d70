"""Under what law and agreements?"""
