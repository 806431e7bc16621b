"""From a decision to letters people can read, print and sign."""
