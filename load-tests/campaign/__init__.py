"""Plays campaigns against a real gateway and a simulated carrier, and writes down all that the judge needs."""
