"""What makes and tries what is handed out: wheel, source archive and bundle."""
