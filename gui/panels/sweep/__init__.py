"""The same experiment with one alpha after another, or one seed after another."""
