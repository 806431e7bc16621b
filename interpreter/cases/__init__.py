"""Cases: what somebody filled in, read into typed facts."""
