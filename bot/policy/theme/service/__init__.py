"""Setting a theme, hearing the talk, and the line of prepared posts."""
