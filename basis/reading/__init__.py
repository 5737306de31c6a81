"""The text of documents, for finding them: what their readers see, in its order, without any form."""
