"""The desk's pages, one file each. They hold no rule of the field: what they show, the rooms below give them."""
