"""The letters of many cases in one folder: on all processors, started again at will, with lists beside them."""
