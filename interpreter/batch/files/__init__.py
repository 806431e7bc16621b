"""The files a batch comes from and goes to, read and written by the embedded database."""
