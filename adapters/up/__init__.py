"""`sporlog up` and `sporlog run`: the parts of a running Sporlog, put together. With main.py the only composition root."""
