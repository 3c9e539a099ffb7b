"""What we ask of a CRM: the requirements of the maps, and the grid that compares vendors on them."""
