"""Who did what, to whom, when, in which group, and how it was before and after. Written once, never changed."""
