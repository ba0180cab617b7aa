"""The dialects: each turns what people write into the graph, and nothing above knows which it was."""
