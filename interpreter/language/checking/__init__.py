"""Tree to typed tree: every name, type, unit and argument is settled here, before anything runs."""
