"""One file per format: the bytes of an original in, the reports in it out. All of it runs in a process of its own."""
