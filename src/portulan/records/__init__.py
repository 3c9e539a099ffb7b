"""What we run: records in real tables, their queries, pipelines and gates."""
