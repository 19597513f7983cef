"""How good the network is on images it has not learnt from."""
