"""What we ask of a CRM: the requirements document of the maps, and its versions."""
