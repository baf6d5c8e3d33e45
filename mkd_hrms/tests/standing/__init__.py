"""Whether each employee may work away today, and the early warnings that tell him before he may not."""
