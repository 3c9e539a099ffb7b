"""What we ask of a CRM: requirements, grids, the sheet of a guest."""
