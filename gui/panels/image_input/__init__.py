"""The input as an image: drawn, loaded, labelled."""
