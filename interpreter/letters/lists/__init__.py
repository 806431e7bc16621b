"""What an office lists of its decisions: who is published, who is paid what, who is known, and how many."""
