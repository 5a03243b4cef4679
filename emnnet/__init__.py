"""emnnet: ad-hoc queries, the national network and its organogram."""
