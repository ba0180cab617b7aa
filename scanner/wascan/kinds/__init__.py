"""The kinds of AWS resources: what each is called in each dialect, and where its attributes are kept."""
