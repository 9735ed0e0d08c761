"""Judgement as pure functions: what to ask, whom, at which price, what next. No Django, no clock, no randomness."""
