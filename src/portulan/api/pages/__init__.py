"""The front desk of what is said and kept up to date: discussions, reviews, proposals, workshops, words."""
