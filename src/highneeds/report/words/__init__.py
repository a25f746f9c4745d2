"""Words, once: what notes, figures and findings are called when somebody reads them."""
