"""Where nodes go: our own layered layout, lanes for skip edges, and Graphviz on request."""
