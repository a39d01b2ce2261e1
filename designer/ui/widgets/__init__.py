"""One editor for each kind of parameter, and the form that lines them up."""
