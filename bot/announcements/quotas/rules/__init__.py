"""What is owed, in which periods, and how it is typed: pure rules, with the day as an argument."""
