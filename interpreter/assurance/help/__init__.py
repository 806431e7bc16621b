"""What a problem means, why there is such a rule, and how to write it right: a page a code, its examples run."""
