"""Who: the actor, users, teams, roles and rights."""
