"""Who wants to take part, who of the members agrees, and what follows?"""
