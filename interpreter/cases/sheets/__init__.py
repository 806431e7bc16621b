"""Cases from the files that an office has: workbooks and delimited text, one or several sheets joined to cases."""
