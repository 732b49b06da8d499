"""Templates: announcements that are written once and sent again and again, kept per group.

What is promised:

- A template keeps the words with their formatting, files, buttons with links, whether it is confidential, and what the parts do
  with it (an acknowledgement, say). A draft made of it is a draft like any other: it is reviewed where drafts are.
- Names count per group, whatever the case of their letters. A template is never overwritten unseen: the name is taken until
  somebody deletes or renames what has it.
- Everybody who may write announcements may use and save templates; renaming and deleting is for whoever saved one, and for
  those who may publish.
"""
