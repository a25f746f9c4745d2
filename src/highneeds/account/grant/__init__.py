"""What the grant is: as DfE publishes and updates it, and the stability grant."""
