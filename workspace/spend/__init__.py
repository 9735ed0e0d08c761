"""What providers are paid: by provider, model, person and day, against what was sold, and the budgets that pause them."""
