"""The keys: settings, addresses, command line, supervision."""
