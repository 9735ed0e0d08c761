"""Thinking about the prompt, as people see it: what each model would be sent and was sent, and whose wording that is."""
