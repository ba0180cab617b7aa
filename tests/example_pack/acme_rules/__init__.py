"""Acme's own rules for wascan: a complete example of a pack."""
