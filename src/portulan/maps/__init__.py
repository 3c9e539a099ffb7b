"""What we draw: the map of the customer process, its layout, versions and starters."""
