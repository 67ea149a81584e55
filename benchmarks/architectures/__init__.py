"""What the LSTM's gates buy: four networks of the same size, trained alike and measured alike."""
