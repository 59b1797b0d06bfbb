"""What is looked at: choices on a collection, the panels that ask them, and views kept in a file. Without display."""
