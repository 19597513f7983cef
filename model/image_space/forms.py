"""How points are asked for in one word, known before anything that finds them is imported."""

FORMS = "pixels:R,C+R,C · inputs:A+B · scores:A,B · pca · tsne · mds · sammon · graph"
