"""From the draft to the decision: the form, the states, HR's review, and what each step costs."""
