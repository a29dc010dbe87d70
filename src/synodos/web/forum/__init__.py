"""The forum: its papers and meetings, where agencies stand, and what people say to each other of a paper."""
