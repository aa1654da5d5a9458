"""The logs read again, writing no facts: stories, synthesis, as-of, rebuild, compare."""
