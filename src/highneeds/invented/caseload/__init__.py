"""An invented council in the real SEN2 form, from published margins. Everything it writes says that it is synthetic."""
