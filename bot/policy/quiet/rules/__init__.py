"""What quiet hours mean for members: pure, with ``now`` as an argument."""
