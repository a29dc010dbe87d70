"""The table for programs: `/api/v1/`, the same answers as the pages and the command line give."""
