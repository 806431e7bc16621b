"""Judged by the public conformance suite of DMN: what its cases say, and what we give."""
