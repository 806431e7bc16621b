"""A letter as a Word document that can be edited and flows anew: real styles, nothing placed by hand."""
