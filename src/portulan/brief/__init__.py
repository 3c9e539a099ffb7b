"""What we ask of a CRM: the requirements of the maps, the grid that compares vendors, the rollout."""
