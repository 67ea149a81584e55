"""This project beside other predictive keyboards and models: same texts, same simulated typist, same three slots."""
