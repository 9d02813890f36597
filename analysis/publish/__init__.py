"""What leaves the house: figures, notebooks, README; and what brings them up to date and checks them."""
