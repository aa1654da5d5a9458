"""Measurements (`make bench`): ratios in the same run on the same server, never timed tests."""
