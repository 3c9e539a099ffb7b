"""What runs by itself: jobs, rules, actions, clocks and the worker."""
