"""Where updates come from: drives that are put in, a shared folder, a mirror; and passing one on."""
