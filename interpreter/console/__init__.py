"""The terminal that commands are given on: their common options, how a job is run and shown, bars of progress."""
