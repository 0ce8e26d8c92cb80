"""Records: what of an incident is a document, why it may be kept from access, and what a person is proposed to decide."""
