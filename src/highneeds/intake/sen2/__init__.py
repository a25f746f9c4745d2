"""SEN2 in, in every form councils have: `read.read_sen2` gives one `rows.Return` of rows that know their line."""
