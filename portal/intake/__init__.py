"""Foreign files, taken in safely: a child process with limits looks at each, the web process never parses one."""
