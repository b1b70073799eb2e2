"""What result files hold, counted; read in the limited child process."""
