"""Fair shares of what all achieve together, and whether groups would stay, for any worths of groups."""
