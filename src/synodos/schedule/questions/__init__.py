"""What do the dates say: who holds the path, why, what changed, and is the schedule sound?"""
