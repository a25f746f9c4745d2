"""SEN2 in, in every form councils really have: one `Return` of typed rows that know their file and line."""
