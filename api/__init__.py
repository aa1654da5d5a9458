"""The HTTP edge: identity, one route per decision, one per read model, and the command line."""
