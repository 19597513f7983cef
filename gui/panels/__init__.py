"""One folder a panel; no panel knows another."""
