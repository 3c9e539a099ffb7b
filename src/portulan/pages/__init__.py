"""What we write: blocks, live documents, templates, reviews, threads."""
