"""What we will build: objects, fields, pipelines, roles, compiled from maps and planned as changes."""
