"""How many database statements commands and buttons take, in a group in which there is something to act on."""
