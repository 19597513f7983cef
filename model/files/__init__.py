"""Everything that touches a disk or the network."""
